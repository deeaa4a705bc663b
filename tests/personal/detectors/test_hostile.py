"""A line of a megabyte is read in one go by every detector: none of their patterns goes back and forth."""

import pytest

from casemill.personal.context import lower
from casemill.personal.cues import cued
from casemill.personal.detectors import DETECTORS
from casemill.personal.find import scan
from casemill.personal.keep import facts
from casemill.personal.links import links

SIZE = 1_000_000
FEW = ("1 ", "a@", "Abay 12 ", " ", ".", "[")
PIECES = (*FEW, "(1", "1-", "1.", "1:", "A1 ", "a dot ", "http://a/", "order ", "_a1")


@pytest.mark.parametrize("piece", FEW)
def test_a_megabyte_of_the_same_is_scanned(piece: str) -> None:
    for span in scan(piece * (SIZE // len(piece))):
        assert 0 <= span.start < span.end <= SIZE


@pytest.mark.parametrize("piece", FEW)
def test_cues_facts_and_links_read_a_megabyte_of_the_same(piece: str) -> None:
    text = piece * (SIZE // len(piece))
    list(cued(text, lower(text)))
    list(links(text))
    assert facts(text) is not None


@pytest.mark.slow
@pytest.mark.parametrize("name", DETECTORS.names())
@pytest.mark.parametrize("piece", PIECES)
def test_every_detector_reads_it_even_when_nothing_says_it_is_worth_asking(name: str, piece: str) -> None:
    text = piece * (SIZE // len(piece))
    for span in DETECTORS.get(name).find(text):
        assert 0 <= span.start < span.end <= SIZE
