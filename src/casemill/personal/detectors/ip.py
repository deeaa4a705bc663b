"""IP addresses, version 4 and 6; a machine's own address and version numbers stay."""

import re
from collections.abc import Iterator

from casemill.domain.placeholder import Span
from casemill.personal.context import before, count_digits, runs_of
from casemill.personal.detector import Detector

_V4 = re.compile(r"[0-9](?<![\w.][0-9])[0-9]{0,2}\.(?:[0-9]{1,3}\.){2}[0-9]{1,3}(?![\w])(?!\.[0-9])")
_V6 = re.compile(r"(?<![\w:.])[0-9a-fA-F:]{4,39}(?:(?<=:)(?:[0-9]{1,3}\.){3}[0-9]{1,3})?(?![\w:])")
_VERSION = re.compile(r"(?:version|верси\w*|нұсқа\w*|firmware|build|release|v)[\s.:]*$")
_OWN = frozenset({"0.0.0.0", "127.0.0.1", "255.255.255.255", "::", "::1"})  # noqa: S104 - a text, not a socket


def find(text: str) -> Iterator[Span]:
    if text.count(".") >= 3:
        for start, end in runs_of(text):
            match = _V4.match(text, start) if end - start <= 3 and text[end : end + 1] == "." else None
            if match and _is_v4(match[0]) and not _VERSION.search(before(text, match.start(), width=12)):
                yield Span(start=match.start(), end=match.end(), label="IP")
    if text.count(":") >= 2:
        for match in _V6.finditer(text):
            if _is_v6(match[0]):
                yield Span(start=match.start(), end=match.end(), label="IP")


def _is_v4(text: str) -> bool:
    return text not in _OWN and all(int(part) < 256 for part in text.split("."))


def _is_v6(text: str) -> bool:
    """Three colons, or `::` and a digit: `a::b` is a name in a program."""
    if text in _OWN or not (text.count(":") >= 3 or ("::" in text and count_digits(text))):
        return False
    from ipaddress import AddressValueError, IPv6Address

    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return True


DETECTOR = Detector(find, digits=1, pieces=(".", ":"))
