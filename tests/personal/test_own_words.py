"""A company's own words: what is kept stays wherever it stands as a word, what always goes goes in every ending."""

from collections.abc import Sequence

import pytest

from casemill import mask
from casemill.errors import UsageError
from casemill.personal.masking import mask_together
from casemill.personal.own_words import labelled
from casemill.suite.leaks import values_in


@pytest.mark.parametrize(
    ("text", "keep", "masked"),
    [
        ("Anna Karimova wrote", ["Anna"], "Anna [NAME_1] wrote"),
        ("Mrs Anna Smith", ["Anna"], "Mrs Anna [NAME_1]"),
        ("delivery to Abay 12", ["Abay"], "delivery to Abay [ADDRESS_1]"),
        ("Доставка на ул. Абая 12, кв. 5", ["Абая"], "Доставка на ул. Абая [ADDRESS_1]"),
        ("Анна Каримова, Анне Каримовой", ["Анна"], "Анна [NAME_1], Анне [NAME_1]"),
        ("Куплен диван Виктория, у Виктории нет ножки", ["Виктория"], "Куплен диван Виктория, у Виктории нет ножки"),
        ("Альфа, Alfa, альфой", ["Alfa"], "Альфа, Alfa, альфой"),
        ("Нұрлы жолдың бағасы", ["Нұрлы жол"], "Нұрлы жолдың бағасы"),
        ("I am Anna from Abay Store, 12 Abay Street", ["Abay Store"], "I am [NAME_1] from Abay Store, [ADDRESS_1]"),
        ("Anna K. and anna.karimova@shop.test", ["Anna"], "Anna K. and [EMAIL_1]"),
        ("order BX-20931 is late", ["BX20931"], "order BX-20931 is late"),
    ],
)
def test_a_kept_word_stays_and_the_rest_goes(text: str, keep: list[str], masked: str) -> None:
    assert mask(text, keep=keep).text == masked
    assert mask(masked, keep=keep).text == masked


@pytest.mark.parametrize("number", ["+77015550101", "8 701 555 01 01", "(701) 555-01-01"])
def test_a_kept_number_stays_in_all_its_writings(number: str) -> None:
    assert mask(f"call {number} now", keep=["+7 701 555 01 01"]).text == f"call {number} now"
    assert mask(f"call {number} now", keep=["+7 701 555 01 02"]).text == "call [PHONE_1] now"


def test_the_full_name_of_somebody_known_goes_whole_and_the_kept_word_alone_stays() -> None:
    text = "Grace Kim wrote about the Grace plan. Grace is nice. Kim"
    assert mask(text, ["Grace Kim"], keep=["Grace"]).text == (
        "[NAME_1] wrote about the Grace plan. Grace is nice. [NAME_1]"
    )


def test_what_an_assistant_is_called_keeps_nobody_else_in_part() -> None:
    assert "Karimova" not in mask("Aida Karimova wrote", keep=[]).text


@pytest.mark.parametrize("always", [["Кочевник"], ["DEAL:Кочевник"]])
def test_what_always_goes_goes_in_every_ending_under_one_number(always: Sequence[str]) -> None:
    label = "DEAL" if ":" in always[0] else "ORG"
    texts = mask_together(["кочевника нет, Кочевник", "с кочевником"], always=always).texts
    assert [text.text for text in texts] == [f"[{label}_1] нет, [{label}_1]", f"с [{label}_1]"]


def test_a_phrase_that_always_goes_goes_in_every_ending() -> None:
    text = "курьер Быстрый Лис, от Быстрого Лиса; лиса"
    masked = mask(text, always=["COURIER:Быстрый Лис"]).text
    assert masked == "курьер [COURIER_1], от [COURIER_1]; лиса"


@pytest.mark.parametrize(
    ("term", "label"), [("COURIER:Fast Fox", "COURIER"), ("Fast Fox", "ORG"), ("http://x.y", "ORG"), ("10:30", "ORG")]
)
def test_a_label_stands_before_the_colon(term: str, label: str) -> None:
    assert labelled(term)[0] == label


@pytest.mark.parametrize(("term", "hint"), [("A B:Fast Fox", "A_B:Fast Fox"), ("Лис:Fox", "LABEL:Fox")])
def test_what_cannot_be_a_label_is_a_mistake_with_words(term: str, hint: str) -> None:
    with pytest.raises(UsageError, match="is no label") as error:
        mask("Fast Fox", always=[term])
    assert hint in (error.value.hint or "")


def test_a_scan_for_leaks_knows_a_kept_number_in_its_other_writings() -> None:
    text = "call 87015550101"
    assert list(values_in(text, keep=["+7 701 555 01 01"])) == []
    assert list(values_in(text, keep=["+7 701 555 01 02"])) == ["PHONE"]
