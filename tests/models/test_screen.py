"""What screening was trained on and what is kept from it."""

import hashlib
import random
import tomllib
from importlib.resources import files
from pathlib import Path

import build
import evaluate_screen
import pytest
from screen import texts
from screen.train import PLAIN, kept

from casemill.ingest.screen import dangers_in
from casemill.ingest.screening.classifier import classified
from casemill.ingest.screening.folding import fold

HALVES = (texts.TAUGHT, texts.HELD)
LANGUAGES = ("en", "ru", "kk")


def test_the_packaged_weights_are_those_on_record() -> None:
    made = tomllib.loads(build.RECORD.read_text(encoding="utf-8"))["sha256"]
    packaged = files("casemill.ingest.screening").joinpath("screen.npz").read_bytes()
    assert hashlib.sha256(packaged).hexdigest() == made["screen.npz"]


def test_every_danger_is_told_in_three_languages_and_so_is_its_absence() -> None:
    every = {(danger, language) for danger in (*texts.DANGERS, texts.NOTHING) for language in LANGUAGES}
    for some in (texts.read(), texts.patterned(1), *(texts.read(half) for half in HALVES)):
        assert {(text.danger, text.language) for text in some} == every


def test_the_labelled_set_is_large_enough_and_a_digest_parts_it() -> None:
    for half in HALVES:
        assert {texts.half(text.text) for text in texts.read(half)} == {half}
    labelled = [text for half in HALVES for text in texts.read(half)]
    for language in LANGUAGES:
        for danger in texts.DANGERS:
            assert sum((text.danger, text.language) == (danger, language) for text in labelled) >= 300
        assert sum((text.danger, text.language) == (texts.NOTHING, language) for text in labelled) >= 250


def test_nothing_of_the_half_that_is_held_out_is_told_in_training() -> None:
    held = {fold(text.text) for text in texts.read(texts.HELD)}
    told = [*texts.read(), *texts.read(texts.TAUGHT), *texts.patterned(20)]
    assert not held & {fold(text.text) for text in told}
    assert not held & {fold(text) for text in texts.talk(24)}


def test_patterns_are_told_the_same_each_time_with_every_choice_made() -> None:
    told = texts.patterned(4)
    assert told == texts.patterned(4)
    assert len({text.text for text in told}) > 2000
    assert not any(sign in text.text for text in told for sign in "{}|@")


def test_a_choice_stands_within_another_and_a_name_for_many(tmp_path: Path) -> None:
    for danger in (*texts.DANGERS, texts.NOTHING):
        (tmp_path / f"{danger}.txt").write_text("# en\n@who = Ann|Bob\n{the {red|blue} one of @who|none}\n# ru\nодно\n")
    told = {(text.text, text.language) for text in texts.patterned(60, tmp_path)}
    ours = {(f"the {colour} one of {who}", "en") for colour in ("red", "blue") for who in ("Ann", "Bob")}
    assert told == ours | {("none", "en"), ("одно", "ru")}


def test_our_small_talk_is_told_in_three_languages_the_same_each_time_and_holds_no_danger() -> None:
    told = texts.talk(8)
    assert told == texts.talk(8)
    assert not any(sign in text for text in told for sign in "{}|@")
    flagged = [text for text, dangers in zip(told, dangers_in(told), strict=True) if dangers]
    assert len(flagged) <= len(told) // 50


def test_only_sets_on_record_are_trained_on() -> None:
    inputs = tomllib.loads((build.HERE / "inputs.toml").read_text(encoding="utf-8"))["sha256"]
    assert {f"{name}.jsonl.gz" for name in PLAIN} <= set(inputs)
    assert "banking77_train" not in PLAIN


def test_half_of_the_chats_is_kept() -> None:
    assert 400 < sum(kept(f"chat/{number}") for number in range(1000)) < 600


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_was_trained_on_it_finds(language: str) -> None:
    told = [text for text in (*texts.read(), *texts.read(texts.TAUGHT)) if text.language == language]
    found = dangers_in([text.text for text in told])
    dire = [dangers for text, dangers in zip(told, found, strict=True) if text.danger != texts.NOTHING]
    calm = [dangers for text, dangers in zip(told, found, strict=True) if text.danger == texts.NOTHING]
    assert sum(not dangers for dangers in dire) <= len(dire) // 100
    assert sum(bool(dangers) for dangers in calm) <= len(calm) // 12


@pytest.mark.parametrize(("danger", "language"), [(danger, lang) for danger in texts.DANGERS for lang in LANGUAGES])
def test_what_it_was_never_trained_on_it_mostly_finds(danger: str, language: str) -> None:
    """Bounds below what was measured: only a loss is a failure. No text of this half is shown when it fails."""
    some = [text.text for text in texts.read(texts.HELD) if (text.danger, text.language) == (danger, language)]
    assert evaluate_screen.flagged(some) >= (0.8 if (danger, language) == ("distress", "en") else 0.88) * len(some)


def test_ordinary_talk_with_an_ugly_word_is_mostly_left_alone() -> None:
    hard = [text.text for text in texts.read(texts.HELD) if text.danger == texts.NOTHING]
    assert evaluate_screen.flagged(hard) <= 0.33 * len(hard)


def test_trigger_words_cost_no_danger() -> None:
    """Phrases are looked for only where one of their words stands: the same is found when all are looked for."""
    some = [text.text for text in texts.read(texts.TAUGHT)]
    some = random.Random(1).sample(some, 250)
    assert [bool(found) for found in evaluate_screen.by_phrases(some)] == evaluate_screen.by_phrases_ungated(some)


def test_no_gate_stands_before_the_classifier() -> None:
    """Of what no phrase names much is found, so the classifier looks at every text."""
    some = [text.text for text in texts.read(texts.TAUGHT) if text.danger != texts.NOTHING]
    alone = [text for text, met in zip(some, evaluate_screen.by_phrases(some), strict=True) if not met]
    assert len(alone) > 300
    assert sum(bool(found) for found in classified([fold(text) for text in alone])) > 0.95 * len(alone)


def test_the_bounds_of_misses_hold_both_ends() -> None:
    low, high = evaluate_screen.bounds(0, 299)
    assert (low, round(high, 4)) == (0.0, 0.0123)
    assert evaluate_screen.bounds(9, 9)[1] == 1.0
    low, high = evaluate_screen.bounds(5, 150)
    assert (round(low, 3), round(high, 3)) == (0.011, 0.076)


@pytest.mark.real
@pytest.mark.slow
@pytest.mark.skipif(not (build.HERE / ".." / ".." / "shared" / "data").is_dir(), reason="the sets are not there")
def test_training_again_gives_the_packaged_weights(tmp_path: Path) -> None:
    made = build.build("screen", build.HERE / ".." / ".." / "shared" / "data")
    assert made == files("casemill.ingest.screening").joinpath("screen.npz").read_bytes()
