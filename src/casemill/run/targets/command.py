"""A bot that is a program: the case on standard input, the reply on standard output."""

import asyncio
import os
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from casemill.domain.case import Case
from casemill.domain.reply import Reply
from casemill.errors import SettingsError, TargetError
from casemill.llm.http import MOST_BYTES
from casemill.run.fold import cut
from casemill.run.input import told
from casemill.run.reply import reply_of_bytes
from casemill.run.targets import Around, Asked, Target


class Command(Target):
    """`argv` is the program and its arguments, run in the project folder without a shell, once a case.

    It reads `{case: {id}, input, turns, context}` as one JSON object and writes a JSON object of a Reply's fields, or
    plain text. An exit code other than 0 is an error of the trial. A bot whose answer is itself JSON puts it, as a
    text, under `text`.
    """

    argv: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.argv or not self.argv[0]:
            raise ValueError("argv names a program")

    @asynccontextmanager
    async def opened(self, around: Around) -> AsyncIterator[Asked]:
        import shutil

        program = self.argv[0]
        beside = around.root / program
        found = str(beside) if "/" in program and beside.is_file() else shutil.which(program)
        if found is None:
            raise SettingsError(f"the program {program} is not found", hint="give its path from the project folder")
        yield _Open((found, *self.argv[1:]), around.root, around.timeout)


class _Open(NamedTuple):
    argv: tuple[str, ...]
    root: Path
    timeout: float

    async def ask(self, case: Case) -> Reply:
        process = await asyncio.create_subprocess_exec(
            *self.argv, stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=self.root, start_new_session=True
        )
        limit = asyncio.timeout(self.timeout)
        try:
            async with limit:
                out, err = await _talk(process, msgspec.json.encode(told(case)))
        except TimeoutError:
            if not limit.expired():
                raise
            raise TargetError(f"{Path(self.argv[0]).name} gave no answer within {self.timeout:g} s") from None
        finally:
            await _end(process)
        if process.returncode:
            lines = err.decode(errors="replace").strip().splitlines()
            said = f": {cut(lines[-1], 200)}" if lines else ""
            raise TargetError(f"{Path(self.argv[0]).name} ended with {process.returncode}{said}")
        return reply_of_bytes(out)


async def _talk(process: Process, told: bytes) -> tuple[bytes, bytes]:
    """Both outputs, read while the input is written, so that no full pipe can stop either side."""
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    _, out, err = await asyncio.gather(
        _write(process.stdin, told), _read(process.stdout, "answers"), _read(process.stderr, "complains")
    )
    await process.wait()
    return out, err


async def _write(stream: asyncio.StreamWriter, told: bytes) -> None:
    with suppress(BrokenPipeError, ConnectionResetError):  # a bot may answer without reading
        stream.write(told)
        await stream.drain()
    stream.close()
    with suppress(BrokenPipeError, ConnectionResetError):
        await stream.wait_closed()


async def _read(stream: asyncio.StreamReader, does: str) -> bytes:
    read = bytearray()
    while chunk := await stream.read(65536):
        read += chunk
        if len(read) > MOST_BYTES:
            raise TargetError(f"the program {does} with more than {MOST_BYTES:,} bytes")
    return bytes(read)


async def _end(process: Process) -> None:
    """Kill the whole group: what the program started dies with it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    await process.wait()
