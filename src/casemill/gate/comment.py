"""One comment of the gate on a change: written the first time, edited after."""

from collections.abc import Iterator
from typing import Literal, TypeVar
from urllib.parse import urlsplit

import msgspec
import orjson

from casemill.domain.word import Word
from casemill.errors import OutsideError, UsageError
from casemill.gate.forge import Author, Comment, Forge
from casemill.gate.report.markdown import MARK

PAGE, MOST_PAGES = 100, 200
SECONDS, RETRIES = 30.0, 3
Kind = TypeVar("Kind")


class Kept(Word, omit_defaults=True):
    """What became of the comment: `written` for the first time, `edited`, or `not`, then why, and whether it should
    have been."""

    done: Literal["written", "edited", "not"]
    what: str = "the gate's comment"
    why: str | None = None
    failed: bool = False

    @property
    def told(self) -> str:
        why = f" written: {self.why}" if self.done == "not" else ""
        return f"{self.what[0].upper()}{self.what[1:]} was {self.done}{why}."


def left_out(why: str, *, failed: bool = False) -> Kept:
    """No comment, and why not."""
    return Kept(done="not", why=why, failed=failed)


def keep_comment(report: str, forge: Forge) -> Kept:
    """Puts a Markdown report of the gate on a change, in place of the one that stands there.

    Only a comment that we wrote and that begins as our reports do is edited, so that nobody's own words are written
    over. An OutsideError when the forge does not take it, a UsageError for a text that is no report of the gate.
    """
    if not report.startswith(MARK):
        hint = "write one: casemill gate RUN_FILE --report markdown=gate.md"
        raise UsageError("this is no report of the gate in Markdown", hint=hint)
    known = _known(forge)
    if known is None:
        try:
            _write(report, forge, retries=0)
        except OutsideError:
            # Where only the answer was lost, it may be there all the same.
            known = _known(forge)
            if known is None:
                _write(report, forge, retries=RETRIES)
    if known is not None:
        _ask(f"{forge.comment}/{known.id}", forge, method=forge.edit, body=report)
    return Kept(what=forge.what, done="edited" if known else "written")


def _write(report: str, forge: Forge, *, retries: int) -> None:
    _ask(forge.comments, forge, method="POST", body=report, retries=retries)


def _known(forge: Forge) -> Comment | None:
    """Our comment, wherever on the pages it stands."""
    me = _read(_ask(forge.me, forge)[0], Author, forge=forge) if forge.me else None
    return next((one for one in _listed(forge) if (one.body or "").startswith(MARK) and forge.ours(one, me)), None)


def _listed(forge: Forge) -> Iterator[Comment]:
    """Every comment. A page may hold fewer than it could though another follows: the Link header tells."""
    for page in range(1, MOST_PAGES + 1):
        body, link = _ask(f"{forge.comments}?per_page={PAGE}&page={page}{forge.order}", forge)
        yield from _read(body, tuple[Comment, ...], forge=forge)
        if 'rel="next"' not in link:
            return


def _ask(
    url: str, forge: Forge, *, method: str = "GET", body: str | None = None, retries: int = RETRIES
) -> tuple[bytes, str]:
    """The body of the forge's answer and its Link header."""
    from casemill.llm.http import Limits, Request
    from casemill.llm.once import ask_once

    sent = None if body is None else orjson.dumps({"body": body})
    limits = Limits(concurrency=1, timeout=SECONDS, retries=retries, allow=(urlsplit(forge.comments).hostname or "",))
    answer = ask_once(Request(url, sent, forge.headers, method), limits)
    return answer.body, answer.link


def _read(body: bytes, kind: type[Kind], *, forge: Forge) -> Kind:
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.DecodeError:
        raise OutsideError(f"{urlsplit(forge.comments).netloc} does not answer as a forge does") from None
