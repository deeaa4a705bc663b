"""What counts as the same text when a grader compares: typography is forgiven, wording is not."""

import unicodedata

from casemill.run.plain import plain

# Curly quotes and apostrophes, spaces and hyphens that only a typesetter tells apart, and characters nobody sees.
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ′＇", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("\u00a0\u202f\u2007\u2009\u200a\u2002\u2003", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
        **dict.fromkeys(map(chr, (0xAD, 0x34F, 0x180E, *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF)), None),
    }
)


def fold(text: str) -> str:
    """NFC, straight quotes, plain spaces, one kind of hyphen, no invisible characters; letters and case stay."""
    return unicodedata.normalize("NFC", text.translate(_TYPOGRAPHY))


def fold_phrase(text: str, *, ignore_case: bool) -> str:
    """The form in which a phrase is looked for: every run of white space is one space, so no line break hides it."""
    line = " ".join(fold(text).split())
    return line.casefold() if ignore_case else line


def cut(text: str, length: int = 80) -> str:
    """A text short enough for a reason, without a character that only a terminal understands, or half of one."""
    line = " ".join(plain(text).encode(errors="replace").decode().split())
    return line if len(line) <= length else line[: length - 1] + "…"
