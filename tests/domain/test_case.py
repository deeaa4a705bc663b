import msgspec
import pytest

import make
from casemill.domain.case import CASE_ID, Case, Said, case_id
from casemill.domain.word import changed


def test_an_id_depends_on_source_ticket_and_failure_alone() -> None:
    first = case_id("promised_action", source="zendesk", ticket="48213", failure=1)
    assert first == case_id("promised_action", source="zendesk", ticket="48213", failure=1)
    assert CASE_ID.fullmatch(first)
    assert first.startswith("promised-action-")
    assert first[-6:] != case_id("promised_action", source="zendesk", ticket="48213", failure=2)[-6:]
    assert first[-6:] == case_id("other words", source="zendesk", ticket="48213", failure=1)[-6:]


def test_the_digest_covers_what_a_verdict_depends_on_and_nothing_else() -> None:
    case = make.case()
    assert case.digest == changed(case, why="told better", features=("returns",)).digest
    assert case.digest != changed(case, severity="P1").digest
    assert case.digest != changed(case, assert_=()).digest


@pytest.mark.parametrize("turn", [{}, {"customer": "hi", "assistant": "hello"}, {"agnet": "hi"}])
def test_a_turn_has_exactly_one_role(turn: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(turn, Said)


def test_an_unknown_key_in_a_case_is_refused() -> None:
    told = msgspec.to_builtins(make.case())
    with pytest.raises(msgspec.ValidationError, match="sevrity"):
        msgspec.convert(told | {"sevrity": "P0"}, Case)


def test_a_case_gives_its_own_json_schema() -> None:
    schema = msgspec.json.schema(Case)
    assert "assert" in schema["$defs"]["Case"]["properties"]
