"""What counts as the same text when a grader compares: typography is forgiven, wording is not."""

import unicodedata

# Curly quotes and apostrophes, spaces and hyphens that only a typesetter tells apart, and characters nobody sees.
_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ′＇", "'"),
        **dict.fromkeys("“”„‟″", '"'),
        **dict.fromkeys("\u00a0\u202f\u2007\u2009\u200a\u2002\u2003", " "),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", None),
    }
)


def fold(text: str) -> str:
    """NFC, straight quotes, plain spaces and hyphens, no invisible characters; letters and case stay."""
    return unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY)


def fold_phrase(text: str, *, ignore_case: bool) -> str:
    """The form in which a phrase is looked for: every run of white space is one space, so no line break hides it."""
    line = " ".join(fold(text).split())
    return line.casefold() if ignore_case else line


def cut(text: str, length: int = 80) -> str:
    """A text short enough for a reason."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
