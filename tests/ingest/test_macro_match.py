"""A reply that was written with a macro is known by its words."""

import pytest

from casemill.domain.ticket import Macro
from casemill.ingest.macro_match import LEAST, Matcher

RETURNS = Macro(
    id="47",
    title="47: returns",
    text="Hi {{ticket.requester.first_name}}, you can return any item within 30 days. The label is in your account.",
    revision="2026-03-01",
)
LATE = Macro(id="48", title="Late parcel", text="<p>Sorry for the delay. Your parcel arrives within two days.</p>")
SHORT = Macro(id="49", title="Thanks", text="Thank you!")
MATCHER = Matcher([RETURNS, LATE, SHORT])
USED = "Hi Anna Maria, you can return any item within 30 days. The label is in your account."


def test_a_reply_that_is_the_macro_filled_in_is_sure() -> None:
    found = MATCHER.best(USED)
    assert found is not None
    assert (found.id, found.revision, found.score) == ("47", "2026-03-01", 1.0)


@pytest.mark.parametrize(
    "reply",
    [
        f"Thanks for waiting so long. {USED} Anything else I can do? Dan from the shop",
        "<p>Hi Anna,</p><p>you can return ANY item within 30 days.<br>The label is in your account.</p>",
        USED.replace("any item", "every item"),
    ],
)
def test_words_around_markup_and_a_small_edit_do_not_hide_it(reply: str) -> None:
    found = MATCHER.best(reply)
    assert found is not None
    assert found.id == "47"
    assert LEAST <= (found.score or 0) <= 1


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "Thank you!",
        "Hi Anna, you can return it.",
        "You asked: can you return an item in the account within some 30 days? Any label is the shop's, in no case",
        USED.replace(
            "within 30 days", "whenever you like, since plus members have no limit, and it is our fault anyway"
        ),
    ],
)
def test_another_text_is_no_macro(reply: str) -> None:
    assert MATCHER.best(reply) is None


def test_the_last_reply_that_has_one_tells_the_macro() -> None:
    late = "Sorry for the delay. Your parcel arrives within two days."
    found = MATCHER.last_used([USED, late, "You are welcome."])
    assert found is not None
    assert found.id == "48"
    assert MATCHER.last_used(["No."]) is None


def test_of_two_macros_the_longer_one_that_fits_wins() -> None:
    longer = Macro(id="50", text=f"{RETURNS.text} Please keep the receipt of the post office.")
    found = Matcher([RETURNS, longer]).best(f"{USED} Please keep the receipt of the post office.")
    assert found is not None
    assert found.id == "50"
