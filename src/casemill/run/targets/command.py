"""A bot that is a program: the case on standard input, the reply on standard output."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from casemill.domain.case import Case
from casemill.domain.reply import Reply
from casemill.domain.word import digest_of
from casemill.errors import SettingsError, TargetError
from casemill.llm.http import MOST_BYTES
from casemill.run.fold import cut
from casemill.run.input import told
from casemill.run.reply import reply_of_bytes
from casemill.run.targets import Around, Asked, Target

IN, OUT, ERR = range(3)


class Command(Target):
    """`argv` is the program and its arguments, run in the project folder without a shell, once a case.

    It reads `{case: {id}, talk, input, turns, context}` as one JSON object and writes a JSON object of a Reply's
    fields, or plain text. An exit code other than 0 is an error of the trial. A bot whose answer is itself JSON puts
    it, as a text, under `text`.
    """

    argv: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.argv or not self.argv[0]:
            raise ValueError("argv names a program")

    def files(self, root: Path) -> Iterator[str]:
        for part in self.argv:
            with suppress(OSError, ValueError):
                if (path := root / part).is_file() and path.resolve().is_relative_to(root.resolve()):
                    yield digest_of(path.read_bytes())

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
        program = Path(self.argv[0]).name
        transport, talk = await asyncio.get_running_loop().subprocess_exec(
            _Talk, *self.argv, cwd=self.root, start_new_session=True
        )
        limit = asyncio.timeout(self.timeout)
        try:
            async with limit:
                talk.say(transport, msgspec.json.encode(told(case)))
                await talk.ended
        except TimeoutError:
            if not limit.expired():
                raise
            raise TargetError(f"{program} gave no answer within {self.timeout:g} s") from None
        finally:
            await _end(transport, talk)
        if code := transport.get_returncode():
            lines = talk.heard[ERR].decode(errors="replace").strip().splitlines()
            said = f": {cut(lines[-1], 200)}" if lines else ""
            raise TargetError(f"{program} ended with {code}{said}")
        return reply_of_bytes(bytes(talk.heard[OUT]))


class _Talk(asyncio.SubprocessProtocol):
    """Both outputs, read while the input is written, so that no full pipe can stop either side.

    `ended` comes when the program is gone and both outputs are closed, or fails when one is too long; `gone` needs the
    program alone, for what it left behind may hold the outputs open.
    """

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.heard = {OUT: bytearray(), ERR: bytearray()}
        self.ended: asyncio.Future[None] = loop.create_future()
        self.gone: asyncio.Future[None] = loop.create_future()
        self._open = {OUT, ERR}

    def say(self, transport: asyncio.SubprocessTransport, text: bytes) -> None:
        """Write the input and close it; a bot may answer without reading."""
        pipe = transport.get_pipe_transport(IN)
        assert isinstance(pipe, asyncio.WriteTransport)
        pipe.write(text)
        pipe.write_eof()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        heard = self.heard[fd]
        if len(heard) + len(data) <= MOST_BYTES:
            heard += data
        elif not self.ended.done():
            does = "answers" if fd == OUT else "complains"
            self.ended.set_exception(TargetError(f"the program {does} with more than {MOST_BYTES:,} bytes"))

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's name for it
        self._open.discard(fd)
        self._may_have_ended()

    def process_exited(self) -> None:
        self.gone.set_result(None)
        self._may_have_ended()

    def _may_have_ended(self) -> None:
        if self.gone.done() and not self._open and not self.ended.done():
            self.ended.set_result(None)


async def _end(transport: asyncio.SubprocessTransport, talk: _Talk) -> None:
    """Kill the whole group: what the program started dies with it."""
    with suppress(ProcessLookupError):
        os.killpg(transport.get_pid(), signal.SIGKILL)
    transport.close()
    talk.ended.cancel()
    await talk.gone
