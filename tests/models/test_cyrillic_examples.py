"""Synthetic Russian and Kazakh: exact marks, the same for the same seed, nothing of the mark-up left over."""

import hashlib
import os
import random
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("faker")
MODELS = Path(__file__).parents[2] / "models"
COUNT = 1500
LABELS = {"NAME", "ADDRESS", "PLACE", "ORG"}


def module(name: str) -> Any:
    if str(MODELS) not in sys.path:
        sys.path.insert(0, str(MODELS))
    return import_module(f"synthetic.{name}")


def digest(name: str) -> str:
    made = module(name).examples(random.Random("a seed"), 400)
    return hashlib.sha256(repr(list(made)).encode()).hexdigest()


@pytest.fixture(params=["russian", "kazakh"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def made(language: str) -> list[Any]:
    return list(module(language).examples(random.Random("another seed"), COUNT))


def test_marks_are_exact_in_order_and_apart(made: list[Any]) -> None:
    for text, spans in made:
        position = 0
        for start, end, label in spans:
            assert label in LABELS
            assert position <= start < end <= len(text), text
            assert text[start:end] == text[start:end].strip(), (text, text[start:end])
            position = end


def test_nothing_of_the_markup_is_left(made: list[Any]) -> None:
    for text, _ in made:
        assert not set(text) & set("\ue000\ue001\ue002\ue003\ue004{}|"), text


def test_every_kind_of_text_is_there(made: list[Any]) -> None:
    found = {label for _, spans in made for _, _, label in spans}
    assert found == LABELS
    assert any(not spans for _, spans in made)
    assert any(text.islower() and spans for text, spans in made)


def test_the_same_seed_makes_the_same_and_another_does_not(language: str) -> None:
    examples = module(language).examples
    first, second = (list(examples(random.Random("x"), 200)) for _ in range(2))
    assert first == second
    assert first != list(examples(random.Random("y"), 200))


def test_the_same_seed_makes_the_same_in_another_process(language: str) -> None:
    code = (
        f"import random, hashlib; from synthetic import {language} as made; "
        "print(hashlib.sha256(repr(list(made.examples(random.Random('a seed'), 400))).encode()).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(MODELS), "PYTHONHASHSEED": "12345"},
    )
    assert done.stdout.strip() == digest(language)


def test_a_mark_says_what_stood_between_its_signs() -> None:
    scribe = module("cyrillic_scribe")
    read = scribe.read_marks(f"от {scribe.marked('NAME', 'Анны')}, {scribe.marked('ADDRESS', 'Абая 12')}")
    assert read == ("от Анны, Абая 12", ((3, 7, "NAME"), (9, 16, "ADDRESS")))


def test_of_nested_marks_the_outer_counts() -> None:
    scribe = module("cyrillic_scribe")
    read = scribe.read_marks(scribe.marked("ADDRESS", "г. " + scribe.marked("PLACE", "Тараз") + ", 5"))
    assert read == ("г. Тараз, 5", ((0, 11, "ADDRESS"),))


def test_a_covered_house_leaves_lengths_and_marks() -> None:
    scribe = module("cyrillic_scribe")
    example = scribe.read_marks("живу: " + scribe.marked("ADDRESS", "ул. Абая, д. 5, кв. 7") + ".")
    texts = {scribe.covered(example, random.Random(seed)) for seed in range(60)}
    assert texts == {example, ("живу: ул. Абая, " + "\0" * 11 + ".", example.spans)}


@pytest.mark.parametrize(
    ("word", "case", "bent"),
    [("Асхат", "ins", "Асхатом"), ("Алия", "dat", "Алии"), ("Игорь", "gen", "Игоря"), ("Никита", "acc", "Никиту")],
)
def test_russian_names_are_bent(word: str, case: str, bent: str) -> None:
    assert module("cyrillic_declension").noun(word, case) == bent


@pytest.mark.parametrize(
    ("word", "case", "bent"),
    [
        ("Айгүл", "dat", "Айгүлге"),
        ("Асқар", "gen", "Асқардың"),
        ("Олжас", "dat", "Олжасқа"),
        ("Жанар", "ins", "Жанармен"),
    ],
)
def test_kazakh_names_are_bent(word: str, case: str, bent: str) -> None:
    assert module("cyrillic_declension").kazakh(word, case) == bent


def test_a_house_may_stand_by_its_street_in_the_genitive() -> None:
    scribe, places = module("cyrillic_scribe"), module("cyrillic_places")
    writer = scribe.Scribe(random.Random(5), {"kk_surname_bare": ("Оспанов",)})
    made = [scribe.unmarked(places.kazakh_address(writer)) for _ in range(400)]
    assert any("дың" in text and "үйінде" in text for text in made)


def test_some_texts_begin_with_a_capital_and_name_people_in_small_letters() -> None:
    scribe = module("cyrillic_scribe")
    marked = "Вчера " + scribe.marked("NAME", "Анна") + " звонила. Жду"
    made = {scribe.unmarked(scribe.noised(marked, random.Random(seed))) for seed in range(300)}
    assert {"вчера анна звонила. жду", "Вчера анна звонила. Жду", "Вчера Анна звонила. Жду"} <= made


def test_held_out_texts_are_not_trained_on() -> None:
    held, trained = module("cyrillic_heldout"), (module("cyrillic_support"), module("cyrillic_kazakh"))
    told = {text for each in trained for group in vars(each).values() if isinstance(group, tuple) for text in group}
    for name in ("RUSSIAN_NAMED", "RUSSIAN_ADDRESSES", "KAZAKH_NAMED", "KAZAKH_ADDRESSES", "RUSSIAN_NOBODY"):
        assert not set(getattr(held, name)) & told, name
    assert not set(held.KAZAKH_NOBODY) & told


def test_held_out_streets_are_not_trained_on() -> None:
    held, places = module("cyrillic_heldout"), module("cyrillic_places")
    streets = {
        word.rstrip("*=")
        for group in vars(places).values()
        if isinstance(group, tuple)
        for word in group
        if isinstance(word, str)
    }
    assert not {*held.STREETS, *held.KAZAKH_STREETS, *held.AVENUE_NAMES} & streets
