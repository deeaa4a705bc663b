"""contains, not_contains and equals: typography is forgiven, wording is not."""

import pytest

import make
from casemill.domain.case import Assertion
from casemill.domain.grade import Grade
from casemill.domain.wording import counted
from casemill.run.graders import build


def told(grader: str, said: str, **arguments: object) -> Grade:
    return build(Assertion(grader=grader, arguments=arguments)).look(make.reply(said), make.case())


@pytest.mark.parametrize(
    ("text", "phrase", "there"),
    [
        ("I've processed your refund.", "processed your refund", True),
        ("I've processed your refund.", "Processed your refund", False),
        ("I\u2019ve processed it", "I've processed", True),
        ("I've processed it", "I\u2019ve processed", True),
        ("He said “yes”", '"yes"', True),
        ("5\u00a0000\u00a0₸", "5 000 ₸", True),
        ("5\u202f000 ₸", "5\u00a0000 ₸", True),
        ("processed\nyour  refund", "processed your refund", True),
        ("re\u00adfund", "refund", True),
        ("caf\u0065\u0301", "caf\u00e9", True),
        ("5\u20117 days", "5-7 days", True),
        ("5–7 days", "5-7 days", True),
        ("5—7 days", "5-7 days", False),
        ("re\u200dfu\u200end", "refund", True),
        ("cafe\u200d\u0301", "café", True),
        ("refunded", "refund", True),
        ("", "refund", False),
        ("ҚАЙТАРУ жасалды", "жасалды", True),
        ("✅ done 👩‍💻", "👩‍💻", True),
    ],
)
def test_what_is_said_is_found(text: str, phrase: str, *, there: bool) -> None:
    assert told("contains", text, any=[phrase]).result == ("pass" if there else "fail")
    assert told("not_contains", text, any=[phrase]).result == ("fail" if there else "pass")


def test_case_is_ignored_on_request_only() -> None:
    assert told("contains", "STRASSE", any=["straße"], ignore_case=True).result == "pass"
    assert told("not_contains", "REFUND", any=["refund"], ignore_case=True).result == "fail"
    assert told("not_contains", "REFUND", any=["refund"]).result == "pass"


def test_any_wants_one_and_all_wants_every_phrase() -> None:
    assert told("contains", "a b", any=["z", "b"]).result == "pass"
    assert told("contains", "a b", all=["a", "b"]).result == "pass"
    missing = told("contains", "a b", all=["a", "z", "y"])
    assert (missing.result, missing.reason) == ("fail", 'does not say: "z", "y"')
    assert told("contains", "a b", any=["z", "y"]).reason == 'says none of: "z", "y"'


def test_what_must_not_be_said_is_quoted() -> None:
    assert told("not_contains", "It is done.", any=["x", "is done"]).reason == 'says "is done"'


@pytest.mark.parametrize(
    ("text", "arguments", "equal"),
    [
        ("yes", {"text": "yes"}, True),
        (" yes\n", {"text": "yes"}, True),
        (" yes\n", {"text": "yes", "strip": False}, False),
        ("Yes", {"text": "yes"}, False),
        ("no", {"any": ["yes", "no"]}, True),
        ("it’s", {"text": "it's"}, True),
        ("a\nb", {"text": "a b"}, False),
        ("", {"text": ""}, True),
    ],
)
def test_equals_wants_the_whole_text(text: str, arguments: dict[str, object], *, equal: bool) -> None:
    assert told("equals", text, **arguments).result == ("pass" if equal else "fail")


@pytest.mark.parametrize(
    ("text", "words"), [("", 0), ("one", 1), ("it's 5-7 days — ok!", 4), ("a\u00a0b\nc", 3), ("- * ✅", 0)]
)
def test_words_are_counted_between_white_space(text: str, words: int) -> None:
    assert told("word_count", text, min=words, max=words).result == "pass"
    assert told("word_count", text, min=words + 1).reason == f"has {counted(words, 'word')}, fewer than {words + 1}"
    assert told("word_count", text + " and more", max=words).reason == f"has {words + 2} words, more than {words}"
