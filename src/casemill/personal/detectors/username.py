"""User names: `anna_karimova_1234`, what follows `username:` or `логин`, handles of messengers."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import before, found_at, has_any, spans_of
from casemill.personal.detector import Detector

_NUMBER_BEHIND = re.compile(r"_[A-Za-z]*[0-9]")
_JOINED = re.compile(
    r"[A-Za-z](?<![^\W_][A-Za-z])[A-Za-z]{1,29}+(?:_[A-Za-z]{1,30}){1,3}_?(?<=[A-Za-z_])[0-9]{2,6}(?![^\W_])"
)
_NOT_PEOPLE = re.compile(
    r"(?:^|_)(?:err|error|code|status|product|items?|sku|article|version|step|page|http|kb|size|model|plan|type|test"
    r"|image|img|file|doc|screenshot|photo|scan|order|ticket|case|card|paypal|payment|account|gift|credit|debit|id|no"
    r"|number|the|line|level|group|tier|utf|sha|base|api|log|release|build|certificate|wallet|bank|voucher|zone)"
    r"(?:_|[0-9]|$)"
)
_STEMS = ("user", "login", "log-in", "nick", "логин", "ник", "имя пользователя", "пайдаланушы аты")
_CALLED = re.compile(
    r"(?<![^\W_])(?:user\s?-?_?name|user\s?id|login|log-in|nick\s?name|логин\w{0,2}|ник\w{0,3}|имя пользователя"
    r"|пайдаланушы аты)\s*+(?:is|was|=|:|—|–|-|\")?[\s\"'`*:]*+(?P<id>[\w.+-]{2,40}[^\W_])",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<![\w@.])@(?P<id>[A-Za-z]\w{3,31})(?![\w@])(?!\.[A-Za-z])")
_MESSENGER = re.compile(r"telegram|телеграм|\btg\b|\bтг\b|instagram|insta|инст|twitter|tiktok|whatsapp|skype")
_TELLING = re.compile(r"[0-9_.]")


def find(text: str) -> Iterator[Span]:
    if "@" in text:
        yield from _handles(text)
    if _NUMBER_BEHIND.search(text):
        yield from (span for span in spans_of(_JOINED, text, label="USERNAME") if not _is_code(text, span))
    if _TELLING.search(text) and has_any(text, _STEMS):
        for match in found_at(_CALLED, text, stems=_STEMS):
            if _TELLING.search(match["id"]) and not match["id"].isdigit():
                yield Span(start=match.start("id"), end=match.end("id"), label="USERNAME")


def _is_code(text: str, span: Span) -> bool:
    return _NOT_PEOPLE.search(text[span.start : span.end].lower()) is not None


def _handles(text: str) -> Iterator[Span]:
    """`@anna_k`; a handle of letters alone only where a messenger is named, for `@support` is nobody."""
    for match in _HANDLE.finditer(text):
        if _TELLING.search(match["id"]) or _MESSENGER.search(before(text, match.start(), width=24)):
            yield Span(start=match.start(), end=match.end(), label="USERNAME")


DETECTOR = Detector(
    find, pieces=("@", "_"), stems=("user", "login", "log", "nick", "логин", "ник", "имя", "пайдаланушы")
)
