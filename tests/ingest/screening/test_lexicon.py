"""Phrases are met with words between, joined or hidden, and not inside other words."""

import re

import pytest
from screen import texts

from casemill.ingest.screening.folding import fold
from casemill.ingest.screening.lexicon import compiled, in_lexicon, phrases


def met(phrase: str, text: str) -> bool:
    return bool(compiled("distress", phrase).pattern.search(fold(text)))


@pytest.mark.parametrize("text", ["kill myself", "killmyself", "kill just myself", "kill, myself", "k i l l myself"])
def test_words_may_stand_between_or_nothing(text: str) -> None:
    assert met("kill ..2 myself", text)


@pytest.mark.parametrize("text", ["kill it. myself", "kill one two three myself", "skill myself", "kill myselfie"])
def test_not_across_sentences_nor_too_far_nor_inside_words(text: str) -> None:
    assert not met("kill ..2 myself", text)


def test_an_ending_and_an_optional_word() -> None:
    assert met("suicid* now?", "suicidal")
    assert met("suicid* now?", "suicide now")
    assert not met("sue", "issue")
    assert not met("can ..3 sue", "can you issue a card")


def test_every_phrase_can_be_met_by_one_of_its_anchors() -> None:
    for phrase in phrases():
        assert phrase.anchors
        assert all(anchor for anchor in phrase.anchors)
        assert phrase.category in {"distress", "threat", "legal"}


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("I want to die", "distress"),
        ("I can't take this anymore, there is no way out", "distress"),
        ("не хочу больше жить", "distress"),
        ("өмір сүргім келмейді", "distress"),
        ("I know where you live", "threat"),
        ("я вас всех убью", "threat"),
        ("бәріңді өлтіремін", "threat"),
        ("I'll sue you", "legal"),
        ("подам на вас в суд", "legal"),
        ("сотқа беремін", "legal"),
    ],
)
def test_the_plainest_words_are_met_and_so_is_every_way_to_hide_them(text: str, danger: str) -> None:
    assert danger in in_lexicon(fold(text))
    language = "en" if text.isascii() else "kk" if re.search("[өүқңі]", text) else "ru"
    for way, form in texts.hidden(text, language):
        assert danger in in_lexicon(fold(form)), way


@pytest.mark.parametrize(
    "text", ["this app is killing me", "an issue with the tissue", "умираю как хочу пиццу", "посуда", "телефоным өшті"]
)
def test_ordinary_words_are_not(text: str) -> None:
    assert not in_lexicon(fold(text))
