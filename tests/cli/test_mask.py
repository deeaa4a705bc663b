"""`casemill mask`: the filter, its styles and checks, and the score beside it."""

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casemill.cli.main import casemill

CASEMILL = str(Path(sys.executable).with_name("casemill"))


def run(*arguments: str, text: str = "") -> Result:
    return CliRunner().invoke(casemill, ["mask", *arguments], input=text)


def test_options_may_stand_behind_the_file(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text("Anna has order 548921\n")
    done = run(str(tmp_path / "chat.txt"), "--known", "Anna")
    assert (done.exit_code, done.stdout) == (0, "[NAME_1] has order [ORDER_1]\n")


def test_surrogates_stand_in_the_text_and_the_seed_decides_them() -> None:
    texts = [
        run("--known", "Anna Karimova", "--style", "surrogate", "--seed", seed, text="Anna Karimova, order 548921\n")
        for seed in "aab"
    ]
    assert all(done.exit_code == 0 for done in texts)
    first, again, other = (done.stdout for done in texts)
    assert first == again != other
    assert "Anna" not in first
    assert "Karimova" not in first
    assert "[" not in first


def test_a_seed_without_surrogates_is_a_mistake() -> None:
    done = subprocess.run([CASEMILL, "mask", "--seed", "a"], input="x", capture_output=True, text=True)
    assert done.returncode == 2
    assert "--style surrogate" in done.stderr


def test_lost_facts_are_named_with_their_line_and_the_exit_code_is_4() -> None:
    done = run("--check", "--always", "DEAL:2026-11-03", text="hello\nuntil 2026-11-03 it is $5\n")
    assert done.exit_code == 4
    assert done.stdout == "hello\nuntil [DEAL_1] it is $5\n"
    assert done.stderr == "line 2: date '2026-11-03' went with [DEAL_1]\n"


def test_a_check_that_finds_nothing_says_nothing() -> None:
    done = run("--check", text="order 548921 of 2026-11-03\n")
    assert (done.exit_code, done.stderr) == (0, "")


def test_many_lost_facts_are_counted_not_listed() -> None:
    done = run("--check", "--always", "DEAL:2026-11-03", text="until 2026-11-03\n" * 30)
    assert done.stderr.splitlines()[-1] == "… and 10 more"
    assert len(done.stderr.splitlines()) == 21


def test_layers_are_told_on_request_only() -> None:
    assert run(text="order 548921\n").stderr == ""
    assert run("--layers", text="order 548921\n").stderr.startswith("layers: structured")


def test_records_carry_surrogates_and_lost_facts() -> None:
    record = {
        "text": "Anna, order 548921 until 2026-11-03",
        "known": ["Anna Karimova"],
        "meta": {"name": "Anna Karimova", "order": 548921},
    }
    done = run("--jsonl", "--style", "surrogate", "--check", "--always", "DEAL:2026-11-03", text=json.dumps(record))
    written = json.loads(done.stdout)
    person, order, _ = (span["surrogate"] for span in written["spans"])
    assert done.exit_code == 4
    assert written["text"].startswith(f"{person}, order {order} until ")
    assert written["meta"]["name"].startswith(f"{person} ")
    assert written["meta"]["order"] == int(order)
    assert [fact["kind"] for fact in written["lost"]] == ["date"]
    assert "line 1: date" in done.stderr


def test_a_line_that_is_no_record_is_named() -> None:
    done = run("--jsonl", "--check", text='{"text": "hello"}\n\n7\n{"id": 5, "known": "Anna"}\n{"text": "bye"}\n')
    assert done.exit_code == 4
    assert done.stderr.startswith("line 3 is no record: a record is a JSON object; withheld\nline 4 has a `known`")
    hello, third, fourth, bye = map(json.loads, done.stdout.splitlines())
    assert (hello["text"], bye["text"]) == ("hello", "bye")
    assert third == {"line": 3, "error": "is no record: a record is a JSON object"}
    assert (fourth["id"], fourth["line"]) == (5, 4)


def test_the_score_is_a_table_of_at_most_100_columns(tmp_path: Path) -> None:
    line = {
        "text": "mail anna@shop.test on 2026-11-03",
        "spans": [{"start": 5, "end": 19, "type": "EMAIL_ADDRESS"}, {"start": 23, "end": 33, "type": "DATE_TIME"}],
    }
    with gzip.open(tmp_path / "gold.jsonl.gz", "wt") as file:
        file.write(json.dumps(line))
    done = run("score", str(tmp_path / "gold.jsonl.gz"))
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= 100
    for told in ("MUST GO", "EMAIL_ADDRESS", "MUST STAY", "DATE_TIME", "MASKED AS", "Over-masked: 0.00%"):
        assert told in done.stdout


def test_the_score_as_json(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(
        '{"text": "order 548921", "spans": [{"start": 6, "end": 12, "type": "ORDER"}]}\n{}\n'
    )
    done = run("score", str(tmp_path / "gold.jsonl"), "--json", "--lower", "--no-known")
    assert done.exit_code == 4
    assert "gold.jsonl:2" in done.stderr
    assert json.loads(done.stdout)["must_go"]["masked"] == 1


def test_a_torn_gzip_file_is_a_mistake_with_words(tmp_path: Path) -> None:
    packed = gzip.compress(b'{"text": "hello"}\n' * 1000)
    (tmp_path / "gold.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    done = subprocess.run([CASEMILL, "mask", "score", str(tmp_path / "gold.jsonl.gz")], capture_output=True, text=True)
    assert done.returncode == 2
    assert "no whole gzip file" in done.stderr


@pytest.mark.parametrize("name", ["score", "scores"])
def test_a_file_called_as_the_command_is_read_by_its_path(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("order 548921\n")
    done = subprocess.run([CASEMILL, "mask", f"./{name}"], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "order [ORDER_1]\n")


def test_help_shows_the_command_beside_it() -> None:
    assert "score  Mask every line of GOLD" in run("--help").stdout
    assert "Usage: casemill mask score [OPTIONS]" in run("score", "--help").stdout


def test_a_text_that_is_not_utf_8_is_named_and_the_exit_code_is_4(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_bytes("Меня зовут Анна\nпривет\n".encode("cp1251"))
    done = run(str(tmp_path / "chat.txt"))
    assert (done.exit_code, done.stdout_bytes) == (4, b"\n\n")
    assert "2 lines, the first of them 1, are not UTF-8; withheld" in done.stderr
    assert "--encoding windows-1251" in done.stderr


def test_a_text_in_an_encoding_that_is_named_is_read(tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_bytes("Меня зовут Анна\nпривет\n".encode("cp1251"))
    done = run("--encoding", "windows-1251", str(tmp_path / "chat.txt"))
    assert (done.exit_code, done.stdout) == (0, "Меня зовут [NAME_1]\nпривет\n")
    assert run("--encoding", "nonsense", str(tmp_path / "chat.txt")).exit_code != 0


def test_a_label_that_is_none_is_a_mistake_with_words() -> None:
    done = subprocess.run(
        [CASEMILL, "mask", "--always", "A B:Fast Fox"], input="Fast Fox", capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "write A_B:Fast Fox" in done.stderr


def test_a_type_in_a_gold_file_cannot_break_the_table(tmp_path: Path) -> None:
    span = {"start": 0, "end": 3, "type": "A\x1b[31m\nB"}
    (tmp_path / "gold.jsonl").write_text(json.dumps({"text": "abc", "spans": [span]}) + "\n")
    assert "A?[31m?B  " in run("score", str(tmp_path / "gold.jsonl")).stdout


@pytest.mark.parametrize("option", ["--known", "--keep", "--always"])
def test_an_empty_variable_of_the_shell_is_a_mistake_with_words(option: str) -> None:
    done = subprocess.run([CASEMILL, "mask", option, " "], input="Anna", capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{option} is given nothing" in done.stderr
