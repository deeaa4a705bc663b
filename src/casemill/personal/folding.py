"""Signs that look like plain ones, as pasted text has them: digits of other scripts, rare blanks and hyphens."""

import re

_ZEROS = (
    *(0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50, 0x0ED0),
    *(0x0F20, 0x1040, 0x17E0, 0x1810, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6),
)
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_HYPHENS = "\u2010\u2011\ufe63\uff0d"
_FOLDED = {
    **{chr(zero + digit): f"{digit}" for zero in _ZEROS for digit in range(10)},
    **{chr(code + 0xFEE0): chr(code) for code in (*range(0x41, 0x5B), *range(0x61, 0x7B), *map(ord, "@.+"))},
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_HYPHENS, "-"),
}
# Between two digits alone; elsewhere a dash parts what it stands between, and dots cover the digits of a card.
_BETWEEN = {
    **dict.fromkeys("\u2012\u2014\u2015\u2212", "\u2013"),
    **dict.fromkeys("\u00b7\u2027\u2219\u22c5\u30fb", "."),
}
_SIGN = re.compile(f"[{re.escape(''.join(_FOLDED))}]")
_PARTING = re.compile(rf"(?<=[0-9])[{''.join(_BETWEEN)}](?=[0-9])")


def folded(text: str) -> str:
    """The text in plain signs, character for character: places in it are places in the text."""
    if text.isascii():
        return text
    if _SIGN.search(text):
        text = _SIGN.sub(lambda found: _FOLDED[found[0]], text)
    return _PARTING.sub(lambda found: _BETWEEN[found[0]], text)
