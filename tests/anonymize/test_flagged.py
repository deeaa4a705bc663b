"""A flag keeps to its text when model calls are laid between a ticket's turns."""

import make
from casemill.anonymize.flagged import flagged, placed
from casemill.domain.arrival import Arrival, Reading
from casemill.domain.notice import Flag
from casemill.domain.ticket import ToolCall, Turn
from casemill.domain.word import changed

FLAG = Flag(danger="distress", path="turns.1.text")


def test_a_flag_moves_with_its_text_and_stays_without_a_place_when_that_is_gone() -> None:
    said = (Turn(role="customer", text="hello"), Turn(role="customer", text="I want to die"))
    call = Turn(role="tool", call=ToolCall(name="get_order"))
    before = Reading(ticket=make.ticket(turns=said, flags=(FLAG, Flag(danger="unscreened"))))
    after = changed(before, ticket=changed(before.ticket, turns=(said[0], call, said[1])))
    assert placed(before, after).ticket.flags == (changed(FLAG, path="turns.2.text"), Flag(danger="unscreened"))
    gone = changed(before, ticket=changed(before.ticket, turns=said[:1]))
    assert placed(before, gone).ticket.flags[0] == changed(FLAG, path="")


def test_an_arrival_without_flags_leaves_the_reading_as_it_is() -> None:
    reading = Reading(ticket=make.ticket())
    arrival = Arrival(id=1, payload=make.payload(), version=1, fetched_at=make.NOW, state="screened", flags=())
    assert flagged(arrival, reading) is reading
    assert flagged(changed(arrival, flags=(FLAG,)), reading).ticket.flags == (FLAG,)
