"""How many JSON lines a second go into the vault: `python bench/ingest.py [rows] [times]` makes its own data.

Prints one line: rows a second from file to committed vault (best and median of `times` fresh vaults), and a second of
processor time, which other work on the machine disturbs less; bytes a row, peak memory of the process, and how long the
same file takes when nothing in it is new.
"""

import json
import random
import resource
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

from casemill.ingest.pull import Ingested, Intake, ingest_file
from casemill.settings import Settings
from casemill.store import create_keys, open_desk, open_vault

WORDS = ("order", "refund", "parcel", "invoice", "plan", "card", "return", "delivery", "late", "twice", "thanks", "why")


def sentence(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."


def write_rows(path: Path, rows: int) -> int:
    """Conversations of about 1.4 kB, one a line; returns the bytes of the file."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            said = [("customer", 30), ("assistant", 50), ("customer", 25), ("agent", 40), ("note", 20)]
            row = {
                "id": f"t{number}",
                "created_at": "2026-05-01T10:00:00Z",
                "requester": {"id": number, "name": "A. Customer", "email": f"c{number}@shop.test"},
                "messages": [{"role": role, "content": sentence(chance, words)} for role, words in said],
                "csat": "bad",
            }
            file.write(json.dumps(row) + "\n")
    return path.stat().st_size


class Took(NamedTuple):
    """Seconds by the clock, and of the processor."""

    clock: float
    processor: float


def ingest_once(root: Path, path: Path) -> tuple[Ingested, Took]:
    settings = Settings()
    intake = Intake(path=path, rejects=root / "rejects")
    with open_vault(settings.store, root=root) as vault, open_desk(settings.store, root=root) as desk:
        begun, worked = perf_counter(), process_time()
        done = ingest_file((vault, desk), intake, settings=settings.ingest, now=datetime.now(UTC))
        return done, Took(perf_counter() - begun, process_time() - worked)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    took: list[Took] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.jsonl"
        size = write_rows(path, rows)
        for number in range(times):
            root = Path(folder) / str(number)
            create_keys(root)
            first, seconds = ingest_once(root, path)
            assert first.new == rows
            took.append(seconds)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        again, seconds_again = ingest_once(root, path)
    assert again.same == rows
    clock = [one.clock for one in took]
    print(
        f"{rows / min(clock):,.0f} rows/s, median {rows / median(clock):,.0f}, "
        f"{rows / min(one.processor for one in took):,.0f} a processor second ({rows:,} rows of {size / rows:,.0f} "
        f"bytes), peak {peak:,.0f} MB; again, nothing new: {rows / seconds_again.clock:,.0f} rows/s"
    )


if __name__ == "__main__":
    main()
