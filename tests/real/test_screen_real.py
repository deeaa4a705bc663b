"""Screening on real requests and tickets: few are flagged, and the rows of docs/howto/screening.md are printed (-s)."""

from collections.abc import Iterator
from pathlib import Path

import evaluate_screen
import pytest
from screen import texts

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
pytestmark = [
    pytest.mark.real,
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real data is not beside this checkout"),
]
MOST = {
    "banking77_train, all": 0.03,
    "clinc150_trainval": 0.02,
    "intents_dstc11_development": 0.06,
    "intents_dstc11_test_finance": 0.045,
    "tau_airline": 0.05,
    "tau_retail": 0.03,
    "tau_no_tools": 0.05,
    "pii_multidogo": 0.02,
    "star": 0.12,
    "zendesk_resolved": 0.03,
}


def shares(lines: Iterator[str]) -> dict[str, float]:
    """The share in each row, by its name; the rows are printed."""
    told = {}
    for line in lines:
        print(line)
        name, rest = line[:34].strip(), line[34:].split()
        if rest[0].isdigit():
            told[name] = float(rest[2] if rest[1].isdigit() else rest[1])
    return told


def test_few_ordinary_requests_and_tickets_are_flagged() -> None:
    held = texts.read(texts.HELD)
    print(f"\n{evaluate_screen.SHARES}")
    told = shares(evaluate_screen.plain_rows(DATA)) | shares(evaluate_screen.dialogue_rows(DATA, held))
    over = {name: told[name] for name, most in MOST.items() if told[name] > most}
    assert not over
    assert told["dangers as a turn of a dialogue"] < 0.3
    assert told["dangers in one text of it"] < 0.3
