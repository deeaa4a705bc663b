"""A word that the tagger takes for a name is believed where lists, letters or the text say so; facts and words stay."""

import pytest

from casemill import mask
from casemill.personal.evidence import is_nobody, is_place_alone, is_plain_word, is_plainly_a_name
from casemill.personal.page import Page
from casemill.personal.people import WORD


def nobody(text: str, name: str, *, doubt: float) -> bool:
    page = Page(text, searched=True)
    start = text.index(name)
    return is_nobody(page, list(WORD.finditer(text, start, start + len(name))), doubt=doubt)


@pytest.mark.parametrize(
    "text",
    [
        "My trial ended in June",
        "May I have the invoice?",
        "Thanks for reaching out! 😊 An agent will call you",
        "Mark this ticket as solved",
        "heater smells of plastic",
        "Eleven days late and my tracking says nothing",
        "Fwd: Late delivery",
        "AW: Rechnung 4471",
        "please don't charge it! Unplug it, put it outside",
        "I'm a real person and I apologise twice.",
        "THIRD TIME I WRITE",
        "Air Purifier arrived broken, the Tea Kettle leaks",
        "add arugula and 2 sprite",
        "Если не будет ответа, я иду в суд. Прошу ответить письменно.",
        "отлично, тогда беру у вас",
        "какой позор",
        "Куртка не подошла, хочу вернуть деньги",
        "шам жанбайды, ақшамды қайтарыңыз",
        "Орысша жауап берді және жасамаған қайтаруды уәде етті.",
        "Шәйнек ағып тұр",
    ],
)
def test_everyday_words_stay_however_sure_the_tagger_is(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "They asked the courier to bring it to Lyon.",
        "how many days courier to Aktobe",
        "I fly from San Diego to Chicago",
        "It takes 1–2 days in Almaty and Astana, 3–6 days elsewhere",
        "Алматы и Астане, 3–6 дней по Казахстану, 7–14 дней за границу",
        "Қарағандыға қашан жеткізесіздер?",
    ],
)
def test_towns_and_countries_stay(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Timur Seidakhmet told me", "[NAME_1] told me"),
        ("jessica told me to wait", "[NAME_1] told me to wait"),
        ("call anna karimova now", "call [NAME_1] now"),
        ("Mark Rose wrote to you", "[NAME_1] wrote to you"),
        ("Kevin Veitonen II wrote", "[NAME_1] wrote"),
        ("a Homero Portillo concert", "a [NAME_1] concert"),
        ("Позвоните Сергею Петрову", "Позвоните [NAME_1]"),
        ("Марат обещал перезвонить", "[NAME_1] обещал перезвонить"),
        ("Сәлем, Ерлан!", "Сәлем, [NAME_1]!"),
    ],
)
def test_names_go(text: str, masked: str) -> None:
    assert mask(text).text == masked


@pytest.mark.parametrize(
    ("text", "name", "doubt", "stays"),
    [
        ("The tent from quorl is here", "quorl", 0.0, True),
        ("The tent from quorl. Quorl says no", "quorl", 0.0, False),
        ("the tent from quorl is here and it leaks", "quorl", 0.0, False),
        ("the tent from quorl is here and it leaks", "quorl", 0.9, True),
        ("quorl", "quorl", 1.0, False),
        ("Quorl it now", "Quorl", 0.7, True),
        ("Quorl it now", "Quorl", 0.0, False),
        ("we asked Quorl about it", "Quorl", 0.7, False),
        ("Шатёр от зырка пришёл вчера", "зырка", 0.0, True),
    ],
)
def test_a_word_of_no_list_is_believed_by_its_capital_or_a_sure_tagger(
    text: str, name: str, doubt: float, stays: bool
) -> None:
    assert nobody(text, name, doubt=doubt) is stays


def test_a_word_of_the_dictionary_with_a_capital_inside_a_sentence_may_be_a_name() -> None:
    assert not nobody("I miss Buddy so much", "Buddy", doubt=0.0)
    assert nobody("Buddy is a word", "Buddy", doubt=0.0)


def test_lists_tell_names_words_and_places_apart() -> None:
    assert is_plainly_a_name("jessica")
    assert is_plainly_a_name("ахметова")
    assert is_plain_word("heater")
    assert is_plain_word("unhelpful")
    assert not is_plain_word("mark")
    assert is_place_alone("казахстану")
    assert not is_place_alone("айгерим")
