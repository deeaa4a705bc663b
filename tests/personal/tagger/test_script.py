"""Routing: the script that most letters of a line are of chooses the model."""

import pytest

from casemill.personal.tagger.script import runs, script_of


@pytest.mark.parametrize(
    ("line", "script"),
    [
        ("Hello Anna", "latin"),
        ("Здравствуйте", "cyrillic"),
        ("Сәлем, Айгерім", "cyrillic"),
        ("мой iPhone сломался совсем", "cyrillic"),
        ("order from Анна is late again", "latin"),
        ("你好 世界", "other"),
        ("12-34", ""),
        ("Łukasz Żak", "latin"),
    ],
    ids=["latin", "russian", "kazakh", "latin-inside", "cyrillic-inside", "chinese", "no-letters", "accents"],
)
def test_the_majority_of_letters_names_the_script(line: str, script: str) -> None:
    assert script_of(line) == script


def test_neighbouring_lines_of_one_script_are_read_together() -> None:
    text = "Привет\nМеня зовут Анна\nHello\n12\nthere\n"
    assert [(run.script, run.text) for run in runs(text)] == [
        ("cyrillic", "Привет\nМеня зовут Анна\n"),
        ("latin", "Hello\n12\nthere\n"),
    ]


def test_runs_say_where_they_begin() -> None:
    text = "一\nHello Анна\nДа и нет"
    assert all(text[run.start : run.start + len(run.text)] == run.text for run in runs(text))
    assert [run.start for run in runs(text)] == [2, 13]


def test_a_short_line_of_another_script_goes_with_the_address_around_it() -> None:
    text = "12 Main Street\nΑΓΛΑΝΤΖΙΑ\nCyprus"
    assert [run.text for run in runs(text)] == [text]


@pytest.mark.parametrize(
    "text", ["", " ", "12 34", "你好", "\0\0"], ids=["empty", "blank", "digits", "chinese", "covered"]
)
def test_a_text_without_letters_of_a_model_is_read_by_none(text: str) -> None:
    assert list(runs(text)) == []
