"""What nobody sees in a name hides nobody."""

import pytest

from casemill.personal import mask
from casemill.personal.invisible import without_invisible
from casemill.personal.masking import mask_together


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u200c", "\u200e", "\u202e", "\u2060", "\u2066", "\ufeff"])
def test_a_name_with_something_invisible_inside_is_masked_whole(sign: str) -> None:
    assert mask(f"Hi, my name is An{sign}na Kari{sign}mova.").text == "Hi, my name is [NAME_1]."
    assert mask(f"write to anna{sign}.k@exam{sign}ple.com").text == "write to [EMAIL_1]"


def test_places_are_those_of_the_text_as_given_and_the_rest_of_it_stays() -> None:
    text = "\ufeffHi\u200b, my name is An\u00adna\u200b, order\u2060 548921"
    masked = mask(text)
    assert masked.text == "\ufeffHi\u200b, my name is [NAME_1]\u200b, order\u2060 [ORDER_1]"
    assert [text[span.start : span.end] for span in masked.spans] == ["An\u00adna", "548921"]


def test_with_and_without_is_one_person() -> None:
    together = mask_together(["My name is An\u200bna Karimova", "Anna Kari\u00admova wrote"])
    assert [masked.text for masked in together.texts] == ["My name is [NAME_1]", "[NAME_1] wrote"]
    assert together.entities[0].values == ("Anna Karimova",)


def test_each_character_knows_where_it_was() -> None:
    assert without_invisible("abc") == ("abc", None)
    assert without_invisible("é") == ("é", None)
    text, places = without_invisible("a\u200b\u200bb\u00ad")
    assert (text, list(places or ())) == ("ab", [0, 3, 5])
