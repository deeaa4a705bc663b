"""Replies that were recorded, graded again: nobody is called and nothing is spent."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, ClassVar

import msgspec

from casemill.domain.case import Case
from casemill.domain.reply import Reply
from casemill.domain.word import digest_of
from casemill.errors import FileError, TargetError
from casemill.run.record import read_run
from casemill.run.reply import reply_of
from casemill.run.targets import Around, Asked, Target

Recorded = Reply | str
NAMES = ("case", "id", "case_id")


class Replay(Target):
    """`file` is a run file, or JSON lines with a `case` (or `id`) and a Reply's fields (`output` may stand for `text`;
    a line with an `error` is an error again). Its path is taken from the project folder.

    A case's first trial gets its first recorded reply, the second its second; a case or a trial that was not recorded
    is an error. A talk that was played live is graded as it went. The recording does not tell what was asked: a case
    whose input was changed since has to be asked anew. Without a table: `--target replay:FILE`.
    """

    answers_whole_talks: ClassVar[bool] = True
    calls_nobody: ClassVar[bool] = True

    file: str

    def files(self, root: Path) -> Iterator[str]:
        yield digest_of(_read(root / self.file))

    @asynccontextmanager
    async def opened(self, around: Around) -> AsyncIterator[Asked]:
        yield _Open(self.file, _recorded(around.root / self.file))


class _Open:
    """The replies of each case that are still to be given, in the order of its trials."""

    def __init__(self, file: str, recorded: dict[str, list[Recorded]]) -> None:
        self.file = file
        self.recorded = recorded
        self.given: dict[str, int] = defaultdict(int)

    async def ask(self, case: Case) -> Reply:
        replies, number = self.recorded.get(case.id, []), self.given[case.id]
        self.given[case.id] += 1
        if number >= len(replies):
            held = f"only {len(replies)} of this case" if replies else "no reply to this case"
            raise TargetError(f"{self.file} holds {held}")
        if isinstance(reply := replies[number], str):
            raise TargetError(f"as it was recorded: {reply}")
        return reply


def _recorded(path: Path) -> dict[str, list[Recorded]]:
    """What was recorded, by case, in the order of the trials; a FileError names file and line."""
    raw = _read(path)
    first = raw.split(b"\n", 1)[0]
    if b'"suite_digest"' in first and b'"target_kind"' in first:
        run = read_run(path)
        return {
            verdict.case: [trial.reply or trial.error or "no reply" for trial in verdict.trials]
            for verdict in run.verdicts
        }
    recorded: dict[str, list[Recorded]] = defaultdict(list)
    for number, line in enumerate(raw.split(b"\n"), 1):
        if line.strip():
            case, reply = _line(line, path, number=number)
            recorded[case].append(reply)
    if not recorded:
        raise FileError(path, "holds no recorded reply")
    return dict(recorded)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FileError(path, "there is no such recording", hint="record one: casemill run --out FILE") from None
    except OSError as error:
        raise FileError(path, f"cannot be read: {error.strerror}") from None


def _line(line: bytes, path: Path, *, number: int) -> tuple[str, Recorded]:
    try:
        fields = msgspec.json.decode(line, type=dict[str, Any])
        case = next((fields.pop(name) for name in NAMES if name in fields), None)
        if not isinstance(case, str):
            raise TargetError('a line names its case: {"case": "…", "text": "…"}')
        if isinstance(error := fields.pop("error", None), str):
            return case, error
        return case, reply_of(_as_fields(fields))
    except (msgspec.DecodeError, UnicodeDecodeError, TargetError) as error:
        raise FileError(path, f"{error}", line=number) from None


def _as_fields(fields: dict[str, Any]) -> dict[str, Any]:
    """`output` as the reply's text, or, where it is an object, as all of its fields."""
    output = fields.pop("output", None)
    if isinstance(output, dict):
        return {**fields, **output}
    return fields if output is None else {"text": output, **fields}
