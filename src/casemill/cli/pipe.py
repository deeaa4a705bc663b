"""Standard input and output as they may be: closed, full, read by somebody who leaves early."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def open_closed() -> None:
    """A stream that the caller closed (`<&-`) reads as empty and writes to nowhere."""
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - open as long as the process
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """A reader that had enough (`| head`) is no failure: what was done is done, and the exit code still says it."""
    try:
        yield
    except BrokenPipeError:
        give_up_output()


def give_up_output() -> None:
    """What could not be written is not tried again when the interpreter ends, which would change the exit code."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
