"""Masking on gold data: what must go goes, what must stay stays. Only shares are shown, never a value."""

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from casemill.personal import mask_together, scan

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir(), reason="the gold data is not beside this checkout"),
]
STRUCTURED = {"PHONE_NUMBER", "CREDIT_CARD", "EMAIL_ADDRESS", "IP_ADDRESS", "IBAN_CODE", "DOMAIN_NAME"}


def rows(name: str) -> Iterator[dict[str, Any]]:
    with gzip.open(DATA / name) as file:
        for line in file:
            yield json.loads(line)


def test_structured_values_are_masked_and_dates_are_not() -> None:
    """Characters masked, by type; a plain public page stays by design, so URLs count only in the whole.

    A date that the text calls a birth date goes, every other stays.
    """
    there: Counter[str] = Counter()
    masked: Counter[str] = Counter()
    touched = 0
    for row in rows("pii_presidio_v2.jsonl.gz"):
        covered = bytearray(len(row["text"]))
        spans = scan(row["text"])
        for span in spans:
            covered[span.start : span.end] = b"\1" * (span.end - span.start)
        births = {span.start for span in spans if span.label == "DOB"}
        for gold in row["spans"]:
            characters = sum(covered[gold["start"] : gold["end"]])
            stays = gold["type"] in ("DATE_TIME", "AGE", "TITLE") and gold["start"] not in births
            touched += characters > 0 and stays
            if gold["type"] in STRUCTURED:
                there[gold["type"]] += gold["end"] - gold["start"]
                masked[gold["type"]] += characters
    assert masked.total() / there.total() >= 0.94
    assert all(masked[kind] / there[kind] >= 0.98 for kind in there if kind != "DOMAIN_NAME"), masked
    assert touched == 0


def test_facts_of_chats_stay() -> None:
    facts = touched = accounts = found = 0
    for row in rows("star.jsonl.gz"):
        texts = [message["content"] or "" for message in row["messages"]]
        together = mask_together(texts)
        for gold in row["label"].get("spans", ()):
            spans = together.texts[gold["message"]].spans
            hit = any(span.start < gold["end"] and gold["start"] < span.end for span in spans)
            facts += not gold["pii"]
            touched += hit and not gold["pii"]
            accounts += gold["type"] == "ACCOUNT"
            found += hit and gold["type"] == "ACCOUNT"
    assert touched / facts < 0.002
    assert found / accounts > 0.8
