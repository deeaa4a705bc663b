"""What is closed opens again, in its own row alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemill.errors import StoreError
from casemill.store.seal import Seal, keyed

SEAL = Seal(bytes(32))
rows = st.tuples(st.text(), st.text())


@given(content=st.binary(), row=rows)
def test_a_payload_opens_in_its_own_row(content: bytes, row: tuple[str, ...]) -> None:
    assert SEAL.open_payload(SEAL.close_payload(content, row), row) == content


@given(value=st.text(), row=rows)
def test_a_value_opens_in_its_own_row(value: str, row: tuple[str, ...]) -> None:
    assert SEAL.open_value(SEAL.close_value(value, row), row) == value


@given(one=rows, other=rows)
def test_a_value_opens_in_no_other_row(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    if one != other:
        with pytest.raises(StoreError):
            SEAL.open_value(SEAL.close_value("Anna", one), other)
        assert SEAL.lookup("Anna", one) != SEAL.lookup("Anna", other)


def test_the_same_value_is_closed_differently_each_time_and_looked_up_the_same() -> None:
    assert SEAL.close_value("Anna", ("row",)) != SEAL.close_value("Anna", ("row",))
    assert SEAL.lookup("Anna", ("row",)) == SEAL.lookup("Anna", ("row",))


def test_another_key_opens_nothing_and_checks_otherwise() -> None:
    other = Seal(bytes(31) + b"\1")
    assert other.check != SEAL.check
    with pytest.raises(StoreError):
        other.open_payload(SEAL.close_payload(b"x", ("row",)), ("row",))
    with pytest.raises(StoreError):
        SEAL.open_payload(b"short", ("row",))


def test_json_is_compressed_and_noise_is_not() -> None:
    import os

    noise = os.urandom(1000)
    assert len(SEAL.close_payload(b'{"a": 1}' * 100, ("row",))) < 100
    assert len(SEAL.close_payload(noise, ("row",))) == 1000 + 1 + 12 + 16


def test_person_keys_are_those_of_hmac_and_do_not_change_with_versions() -> None:
    assert keyed(bytes(32), "zendesk", "1") == keyed(bytes(32), "zendesk", "1")
    assert keyed(bytes(32), "zendesk", "12") != keyed(bytes(32), "zendesk1", "2")
