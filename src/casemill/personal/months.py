"""Days with the names of months in other languages: `3. März`, `le 3 mars`, `3 de marzo`, `3 Mart`. They are facts."""

import re
from collections.abc import Iterator

from casemill.personal.veil import Place

_MONTH = (
    r"(?:jänner|januar|februar|märz|maerz|mai|juni|juli|oktober|dezember"
    r"|janvier|février|fevrier|mars|avril|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre"
    r"|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
    r"|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro"
    r"|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
    r"|ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık"
    r"|січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня)"
)
_DAY = re.compile(
    rf"[0-9](?<![\w.,/-][0-9])[0-9]?(?:\.|er|º|°|[’']?(?=\s))?[ \u00a0](?:de[ \u00a0])?{_MONTH}"
    rf"(?:[’'][a-zışğçöü]{{1,3}})?"
    r"(?![^\W_])(?:[ \u00a0](?:de[ \u00a0]|del[ \u00a0])?(?:19|20)[0-9]{2}(?![0-9]))?"
)
_DIGIT = re.compile(r"[0-9]")


def days_abroad(lowered: str) -> Iterator[Place]:
    """The places of such days in a lower-case text."""
    if _DIGIT.search(lowered):
        yield from (match.span() for match in _DAY.finditer(lowered))
