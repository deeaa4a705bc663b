"""What screening was trained on and what was kept from it."""

import hashlib
import tomllib
from importlib.resources import files

import build
import evaluate_screen
from screen import texts
from screen.train import PLAIN

from casemill.ingest.screen import dangers_in


def test_the_packaged_weights_are_those_on_record() -> None:
    made = tomllib.loads(build.RECORD.read_text(encoding="utf-8"))["sha256"]
    packaged = files("casemill.ingest.screening").joinpath("screen.npz").read_bytes()
    assert hashlib.sha256(packaged).hexdigest() == made["screen.npz"]


def test_every_danger_is_told_in_three_languages_and_so_is_its_absence() -> None:
    for folder in (texts.HERE, evaluate_screen.HELD, evaluate_screen.SEEN):
        told = {(text.danger, text.language) for text in texts.read(folder)}
        assert told == {(danger, lang) for danger in (*texts.DANGERS, texts.NOTHING) for lang in ("en", "ru", "kk")}


def test_what_is_kept_from_training_is_enough_and_is_not_in_it() -> None:
    held = [text for folder in (evaluate_screen.HELD, evaluate_screen.SEEN) for text in texts.read(folder)]
    assert sum(text.danger != texts.NOTHING for text in held) >= 60
    assert sum(text.danger == texts.NOTHING for text in held) >= 150
    assert not {text.text for text in held} & {text.text for text in texts.read()}


def test_our_small_talk_is_told_in_three_languages_the_same_each_time_and_holds_no_danger() -> None:
    told = texts.talk(8)
    assert told == texts.talk(8)
    assert not any(sign in text for text in told for sign in "{}|")
    flagged = [text for text, dangers in zip(told, dangers_in(told), strict=True) if dangers]
    assert len(flagged) <= len(told) // 50


def test_only_sets_on_record_are_trained_on() -> None:
    inputs = tomllib.loads((build.HERE / "inputs.toml").read_text(encoding="utf-8"))["sha256"]
    assert {f"{name}.jsonl.gz" for name in PLAIN} <= set(inputs)
    assert "banking77_train" not in PLAIN


def test_what_it_was_trained_on_it_finds() -> None:
    told = texts.read()
    found = dangers_in([text.text for text in told])
    missed = [text for text, dangers in zip(told, found, strict=True) if text.danger != texts.NOTHING and not dangers]
    assert len(missed) <= len(told) // 50
