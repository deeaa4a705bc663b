"""Python's patterns as JavaScript's, where both mean the same."""

import re

_TOKEN = re.compile(
    r"(?P<flag>^\(\?i\))|(?P<class>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<escape>\\.)"
    r"|(?P<group>\((?!\?)|\(\?(?:[:=!]|<[=!]))|(?P<times>\{\d*,?\d*\})|(?P<twice>[*+?}]\+)|(?P<plain>.)",
    re.DOTALL,
)
_ANYWHERE = {"d": r"\p{Nd}", "s": r"[\t-\r\x1c-\x20\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"}
_INSIDE = {key: value.strip("[]") for key, value in _ANYWHERE.items()}
_SIGNS = frozenset(r"^$\.*+?()[]{}|/")


def to_javascript(pattern: str) -> str | None:
    """The same pattern for JavaScript's `u` mode; None where they might differ, as in words, ends and named groups."""
    parts = []
    for token in _TOKEN.finditer(pattern):
        part = _part(token.lastgroup or "", token[0])
        if part is None:
            return None
        parts.append(part)
    return "".join(parts)


def _part(kind: str, text: str) -> str | None:
    match kind:
        case "class":
            return _class(text)
        case "escape":
            return _escape(text[1], _ANYWHERE)
        case "group" | "times":
            return text if text not in ("{}", "{,}") and not text.startswith("{,") else None
        case "plain":
            # `$` and `.` mean other line ends there; a lone bracket is an error.
            return {"$": None, "{": None, "}": None, "]": None, "(": None, ".": r"[^\n]"}.get(text, text)
    return None


def _class(text: str) -> str | None:
    body = text[1:-1].removeprefix("^")
    if body.startswith("]") or not body or any(sign in body for sign in ("[", "&&", "--", "~~", "||")):
        return None
    parts = []
    for piece in re.findall(r"\\.|[^\\]", body, re.DOTALL):
        part = _escape(piece[1], _INSIDE) if piece[0] == "\\" else piece
        if part is None:
            return None
        parts.append(part)
    return f"[{'^' if text[1] == '^' else ''}{''.join(parts)}]"


def _escape(letter: str, classes: dict[str, str]) -> str | None:
    if letter in classes:
        return classes[letter]
    if letter in "tnr":
        return f"\\{letter}"
    if letter.isalnum():
        return None
    return f"\\{letter}" if letter in _SIGNS or (letter == "-" and classes is _INSIDE) else letter
