"""A target's table in casemill.toml is read strictly."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from casemill.errors import SettingsError
from casemill.run.targets import TARGETS, filled, read_target
from casemill.settings import load

TABLES: dict[str, dict[str, Any]] = {
    "openai": {"kind": "openai", "base_url": "https://api.shop.test/v1", "model": "m"},
    "anthropic": {"kind": "anthropic", "model": "m"},
    "http": {"kind": "http", "url": "https://bot.shop.test/answer"},
    "python": {"kind": "python", "function": "bot:answer"},
    "command": {"kind": "command", "argv": ["./bot"]},
    "replay": {"kind": "replay", "file": "run.jsonl"},
}


@pytest.mark.parametrize("kind", TARGETS.table)
def test_every_kind_is_read_and_knows_its_own_keys_only(kind: str) -> None:
    named = read_target({"bot": TABLES[kind]}, "bot")
    assert (named.name, named.kind) == ("bot", kind)
    with pytest.raises(SettingsError, match=r"\[targets.bot\] .*unknown field `colour`") as raised:
        read_target({"bot": TABLES[kind] | {"colour": "red"}}, "bot")
    assert f"a target of kind {kind} takes: " in (raised.value.hint or "")


def test_the_only_target_needs_no_name() -> None:
    assert read_target({"bot": TABLES["python"]}, None).name == "bot"


def test_a_missing_target_is_met_with_an_example() -> None:
    with pytest.raises(SettingsError, match="no target is named") as raised:
        read_target({}, None)
    assert "[targets.bot]\n" in (raised.value.hint or "")
    with pytest.raises(SettingsError, match="no target named 'bott'") as raised:
        read_target(TABLES, "bott")
    assert "known: openai, anthropic, http, python, command, replay" in (raised.value.hint or "")
    with pytest.raises(SettingsError, match="no target is named") as raised:
        read_target(TABLES, None)
    assert "--target" in (raised.value.hint or "")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({}, "has no kind"),
        ({"kind": "pythn"}, "there is no target named 'pythn'"),
        ({"kind": "python"}, "missing required field `function`"),
        ({"kind": "python", "function": "bot"}, "module:function"),
        ({"kind": "command", "argv": []}, "argv names a program"),
        ({"kind": "command", "argv": "bot --fast"}, "Expected `array`"),
        ({"kind": "http", "url": "x", "reply": {"txt": "$.a"}}, "Invalid enum value 'txt'"),
        ({"kind": "http", "url": "x", "reply": {"text": "$["}}, "is not a JSONPath"),
        ({"kind": "http", "url": "x", "body": {"q": "{{inptu}}"}}, "names none of case, talk, input"),
        (
            {"kind": "http", "url": "x", "headers": {"X-Api-Key": "abc"}},
            "X-Api-Key holds a secret: write it as ${",
        ),
        ({"kind": "openai", "base_url": "x", "model": "m", "api_key_env": "sk-1234"}, "never the key itself"),
        ({"kind": "openai", "base_url": "x", "model": "m", "params": {"stream": True}}, "params may not hold stream"),
        (
            {"kind": "openai", "base_url": "http://x", "model": "m", "api": "assistants"},
            "Invalid enum value 'assistants'",
        ),
        ({"kind": "anthropic", "model": "m", "params": {"system": "x"}}, "params may not hold system"),
        ({"kind": "anthropic", "model": "m", "base_url": "bot.test"}, "base_url: 'bot.test' is not"),
        ({"kind": "replay"}, "missing required field `file`"),
        ({"kind": "python", "function": "bot:"}, "module:function"),
        ({"kind": "python", "function": "bot:a", "price": {"input": -1}}, "Expected `float` >= 0"),
    ],
)
def test_what_cannot_work_is_said_before_the_first_call(table: dict[str, object], message: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read_target({"bot": table}, "bot")
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("lines", "where", "message"),
    [
        (['kind = "htp"'], 4, "there is no target named 'htp'"),
        (['url = "http://bot.test"'], 3, "has no kind"),
        (['kind = "http"', 'url = "http://bot.test"', "colour = 1"], 6, "unknown field `colour`"),
        (['kind = "http"', "url = 7"], 5, "Expected `str`"),
        (['kind = "http"', 'url = "notaurl"'], 5, "url: 'notaurl' is not an http or https address"),
        (['kind = "openai"', 'model = "m"', 'base_url = "bot.test/v1"'], 6, "base_url: 'bot.test/v1' is not"),
        (['kind = "http"', 'url = "http://bot.test"', "[targets.bot.reply]", 'text = "$["'], 6, "reply.text: '$['"),
        (['kind = "http"'], 3, "missing required field `url`"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_in_the_settings(
    tmp_path: Path, lines: list[str], where: int, message: str
) -> None:
    (tmp_path / "casemill.toml").write_text("\n".join(["[run]", "", "[targets.bot]  # the one", *lines]) + "\n")
    with pytest.raises(SettingsError) as raised:
        read_target(load(tmp_path, environ={}).settings.targets, "bot", root=tmp_path)
    assert str(raised.value).startswith(f"casemill.toml:{where}: [targets.bot] ")
    assert message in str(raised.value)


def test_a_target_may_be_like_another_with_keys_of_its_own() -> None:
    tables = {
        "bot": TABLES["openai"] | {"system": "Be kind.", "params": {"temperature": 0}},
        "small": {"like": "bot", "model": "m-small"},
        "here": {"like": "small", "base_url": "http://127.0.0.1:1/v1", "params": {}},
    }
    small, here = (read_target(tables, name) for name in ("small", "here"))
    assert (small.name, small.kind) == ("small", "openai")
    assert msgspec.to_builtins(small.target) == msgspec.to_builtins(read_target(tables, "bot").target) | {
        "model": "m-small"
    }
    told = msgspec.to_builtins(here.target)
    assert (told["model"], told["base_url"], told["params"]) == ("m-small", "http://127.0.0.1:1/v1", {})


@pytest.mark.parametrize("like", ["gone", "bot", 7])
def test_a_target_that_is_like_none_is_told(like: object) -> None:
    with pytest.raises(SettingsError, match=r"\[targets.bot\] like names no other target: "):
        read_target({"bot": {"like": like}, "other": TABLES["python"]}, "bot")


def test_a_circle_of_likes_is_told() -> None:
    with pytest.raises(SettingsError, match="like names no other target: 'a'"):
        read_target({"a": {"like": "b"}, "b": {"like": "a"}}, "a")


def test_a_recording_needs_no_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = read_target({}, "replay:old/run.jsonl")
    assert (named.name, named.kind) == ("replay:old/run.jsonl", "replay")
    assert msgspec.to_builtins(named.target)["file"] == "old/run.jsonl"
    (tmp_path / "run.jsonl").write_text("")
    monkeypatch.chdir(tmp_path)
    here = msgspec.to_builtins(read_target({}, "replay:run.jsonl").target)["file"]
    assert here == str(tmp_path / "run.jsonl")
    with pytest.raises(SettingsError, match="no target named 'replay:'"):
        read_target({}, "replay:")


def test_a_password_in_a_wrong_address_is_not_shown() -> None:
    with pytest.raises(SettingsError) as raised:
        read_target({"bot": {"kind": "http", "url": "ftp://me:hunter2@bot.test/x"}}, "bot")
    assert "hunter2" not in str(raised.value)


def test_variables_are_filled_in_and_missing_ones_named() -> None:
    assert filled("Bearer ${KEY} $x", {"KEY": "abc"}) == "Bearer abc $x"
    with pytest.raises(SettingsError, match="variable KEY is not set"):
        filled("${KEY}", {})


def test_the_fingerprint_follows_the_settings_and_the_prompts_text(tmp_path: Path) -> None:
    table = TABLES["openai"] | {"system": "@prompt.md"}
    prints = set()
    for prompt in ("Be kind.", "Be brief."):
        (tmp_path / "prompt.md").write_text(prompt)
        prints |= {read_target({"b": table | {"model": model}}, "b").target.fingerprint(tmp_path) for model in "mn"}
    assert len(prints) == 4


@pytest.mark.parametrize(
    ("table", "file"),
    [
        ({"kind": "python", "function": "bot:answer"}, "bot.py"),
        ({"kind": "python", "function": "shop.bot:answer"}, "shop/bot.py"),
        ({"kind": "command", "argv": ["./bot.sh", "--fast"]}, "bot.sh"),
        ({"kind": "command", "argv": ["python", "bot.py"]}, "bot.py"),
        ({"kind": "replay", "file": "old.jsonl"}, "old.jsonl"),
    ],
)
def test_the_fingerprint_follows_the_files_that_the_target_is(
    tmp_path: Path, table: dict[str, object], file: str
) -> None:
    target = read_target({"b": table}, "b").target
    prints = []
    for text in ("one", "two", "one"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text(text)
        prints.append(target.fingerprint(tmp_path))
    assert prints[0] == prints[2] != prints[1]


def test_a_price_makes_no_other_target(tmp_path: Path) -> None:
    cheap = read_target({"b": TABLES["openai"] | {"price": {"input": 1, "output": 2}}}, "b").target
    assert cheap.price is not None
    assert cheap.fingerprint(tmp_path) == read_target({"b": TABLES["openai"]}, "b").target.fingerprint(tmp_path)
