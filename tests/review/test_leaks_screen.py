"""The whole ticket is shown, in pages that fit; nothing of it can steer the terminal."""

import make
from casemill.domain.review import Ask
from casemill.domain.ticket import Masking, Ticket, ToolCall, Turn, texts_of
from casemill.review.leaks_decide import LeakQuestion
from casemill.review.leaks_screen import numbered_words, pages, whole


def question(ticket: Ticket) -> LeakQuestion:
    ask = Ask(id=1, kind="leak", ticket=ticket.key, why="drawn for the next release", created_at=make.NOW)
    return LeakQuestion(ask=ask, ticket=ticket, done=3, left=4)


def shown(ticket: Ticket, *, width: int = 100) -> list[str]:
    return [line.text for line in whole(question(ticket), width=width)]


def test_every_text_is_shown_under_its_name() -> None:
    call = ToolCall(name="find", arguments={"name": "[NAME_1]"}, result="found")
    ticket = make.ticket(
        turns=(Turn(role="customer", text="hi there", by="[NAME_1]"), Turn(role="tool", call=call)),
        tags=("vip",),
        resolution="done",
    )
    lines = shown(ticket)
    for title in (
        "subject: refund??",
        "#0 customer  [NAME_1]",
        "#1 arguments tool find",
        "#1 result tool find",
        "tags 0: vip",
    ):
        assert title in lines
    text = "\n".join(lines)
    assert all(told in text for _, told in texts_of(ticket))


def test_the_head_says_why_it_is_asked_how_it_was_masked_and_what_is_unsure() -> None:
    masking = Masking(layers=("structured", "cues"), doubt=0.4, unsure=("[NAME_3] may be [NAME_1]",))
    head = shown(make.ticket(masking=masking))[:5]
    assert head[0].startswith("zendesk:48213 (version 1)")
    assert head[0].endswith("3 read, 4 left")
    assert "drawn for the next release  ·  masked by structured, cues" in head[1]
    assert head[2] == "unsure: [NAME_3] may be [NAME_1]"


def test_a_text_that_stood_before_is_named_and_not_shown_again() -> None:
    long = "The bot promised a refund that nobody had started, and the customer waited for two whole weeks for it. "
    lines = shown(make.ticket(turns=make.turns(("note", long)), resolution=long))
    assert "    the same as #0" in lines


def test_pages_fit_and_together_hold_every_line() -> None:
    ticket = make.ticket(turns=make.turns(*(("customer", f"line {number}") for number in range(60))))
    cut = pages(question(ticket), width=90, height=24)
    assert len(cut) > 4
    assert all(len(page) <= 24 for page in cut)
    assert cut[-1][-1].text == f"    {ticket.resolution}"
    text = "\n".join(line.text for page in cut for line in page)
    assert all(f"    line {number}\n" in text for number in range(60))
    assert any("page 1 of" in line.text and "space" in line.text for line in cut[0])


def test_no_line_is_wider_than_the_terminal_and_none_steers_it() -> None:
    hostile = make.ticket(turns=make.turns(("customer", "x" * 500 + " \x1b[2J \u202egnp")))
    for width in (40, 100):
        lines = shown(hostile, width=width)
        assert max(map(len, lines)) <= width
        assert "\x1b" not in "".join(lines)


def test_the_words_of_a_text_are_numbered() -> None:
    assert numbered_words("write to [NAME_1], Abay 12", width=80) == ("1·write  2·to  3·Abay  4·12",)
