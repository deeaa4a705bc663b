"""A part of somebody's number: `card ends 4471`, `the first six digits of my card`, `нөмірдің басы 8701`.

In three languages, in whatever order it is said; whose part it is, the sentence must say.
"""

import re
from collections.abc import Iterator, Mapping

from casemill.domain.placeholder import Span
from casemill.personal.context import begun, count_digits, key_of, keys_of, lower, runs_of
from casemill.personal.detector import Detector
from casemill.personal.parts import Part, part_before, part_behind, part_in, speaks_of_other
from casemill.personal.words import listed

_SIGNS = r"[\s:=\"'«(+*#№…—–-]{0,4}"
_ID = r"(?P<id>(?:[a-z]{1,3}-?)?[0-9](?:[ -]?[0-9]){0,6}[a-z]{0,2})(?![^\W_]|[-/.,:]?[0-9]|\s?%)"
_MANY = r"(?:few|couple(?:\s+of)?|[2-8]|two|three|four|five|six|seven|eight)"
_COUNT = rf"(?:{_MANY}[\s_-]+){{0,2}}"
_DIGITS = r"(?:digits?|numbers?|nums?|figures?|characters?|symbols?)"
_OF = r"(?P<of>\s+(?:(?:of|on|from|for|in)\s+)[^.!?;:\n\0\d]{1,40}?)?(?:\s+(?:is|are|was|were|being))?"
_RUSSIAN_COUNT = r"(?:(?:[2-8]|дв[аеу]\w{0,2}|тр[иеё]\w{0,2}|четыр\w{1,3}|пят\w{1,2}|шест\w{1,2})[ ]+)?"
_RUSSIAN_DIGITS = r"(?:цифр\w{0,3}|числ\w{1,3}|знак\w{0,3}|символ\w{0,3})"
_PATTERNS = (
    # English
    rf"(?P<end>end(?:s|ing|ed)?|finish(?:es|ing)?)(?P<joint>\s+(?:up\s+)?(?:in|with|on))?"
    rf"(?:\s+(?:the|these|{_DIGITS}|is|are))*{_SIGNS}{_ID}",
    rf"(?P<first>start|begin)(?:s|n?ing)?(?P<joint>\s+(?:with|by|on|in))?(?:\s+(?:the|these|{_DIGITS}|is|are))*{_SIGNS}{_ID}",
    r"(?:last|final|(?P<first>first|initial|leading))(?P<joint>[\s_]+)"
    rf"(?:{_COUNT}{_DIGITS}|{_MANY}(?=[\s:])){_OF}{_SIGNS}{_ID}",
    r"(?P<thing>card|visa|master\s?card|amex|maestro|phone|number)(?:\s+(?:number|no\.?))?"
    r"\s+(?P<joint>[x*#…]{1,4}|\.{2,3})\s?(?P<id>[0-9]{4})(?![^\W_])",
    # Russian
    r"(?:(?P<end>(?:за|о)канчива(?:[ею]тся|[лю]\w{1,4}с[ья])|кончается)|(?P<first>начина(?:[ею]тся|[лю]\w{1,4}с[ья])))"
    rf"(?P<joint>\s+(?:на|с|со|цифр\w{{0,3}}))*{_SIGNS}{_ID}",
    r"(?:последн\w{2,3}|конечн\w{2,3}|(?P<first>перв\w{2,3}|начальн\w{2,3}))(?P<joint>\s+)"
    rf"{_RUSSIAN_COUNT}{_RUSSIAN_DIGITS}(?P<of>\s+[^.!?;:\n\0\d]{{1,40}}?)?{_SIGNS}{_ID}",
    r"(?P<noun>окончани\w{1,2}|кон(?:ец|це|ц[аеу]|цом)|хвост\w{0,2}|(?P<first>начал[оеу]))"
    rf"(?P<of>\s+[^.!?;:\n\0\d]{{1,24}}?)?{_SIGNS}{_ID}",
    r"(?P<thing>карт(?:ой|а|у|ы|е)|карточк(?:ой|а|у|и|е))\s+(?:(?P<on>на)\s+|(?P<joint>[x*х#…]{1,4}|\.{2,3})\s?)"
    r"(?P<id>[0-9]{3}[1-9])(?![^\W_]|[ .,:/-]?[0-9])",
    r"(?P<thing>(?:телефон|номер)\w{0,2})\s+(?P<joint>[x*х…]{1,4}|\.{2,3})\s?(?P<id>[0-9]{2,4})(?![^\W_])",
    # Kazakh
    rf"(?P<noun>аяғы|соңы|ақыры|(?P<first>басы))(?:\w{{1,4}})?{_SIGNS}{_ID}",
    r"(?:соңғы|ақырғы|(?P<first>алғашқы|бастапқы|бірінші))(?P<joint>\s+)"
    rf"(?:(?:[2-8]|екі|үш|төрт|бес|алты|жеті)\s+)?(?:цифр|сан|таңба|нөмір)\w{{0,5}}{_SIGNS}{_ID}",
)
_STEMS = (
    *(("end", "finish"), ("start", "begin"), ("last", "final", "first", "initial", "leading")),
    ("card", "visa", "master", "amex", "maestro", "phone", "number"),
    *(("заканчива", "оканчива", "кончается", "начина"), ("последн", "конечн", "перв", "начальн")),
    *(("окончани", "кон", "хвост", "начал"), ("карт",), ("телефон", "номер")),
    *(("аяғы", "соңы", "ақыры", "басы"), ("соңғы", "ақырғы", "алғашқы", "бастапқы", "бірінші")),
)
_BY_KEY: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
for _stems, _pattern in zip(_STEMS, map(re.compile, _PATTERNS), strict=True):
    for _stem in _stems:
        _BY_KEY.setdefault(key_of(_stem), []).append((_stem, _pattern))
# Matched where the digits stand: what is said of them comes behind.
_NUMBER = r"[0-9](?<![\w.,/-][0-9])(?:[ -]?[0-9]){1,6}"
# With what of the pattern is in a text that it may match.
_BEHIND = tuple(
    (marks, re.compile(pattern))
    for marks, pattern in (
        (
            ("канчива",),
            rf"(?P<id>{_NUMBER})\s+(?P<end>(?:за|о)канчива[ею]тся)(?!\w)",
        ),
        (
            ("начина",),
            rf"(?P<id>{_NUMBER})\s+(?P<first>начина[ею]тся)(?!\w)",
        ),
        (
            ("аяқтал", "бітет", "бітед", "біткен"),
            rf"(?P<id>{_NUMBER})[ -]?(?:мен|пен|бен|ге|ке|ға|қа|на|не|саны\w{{0,3}}|цифр\w{{0,5}})?\s*(?:деп\s+)?"
            r"(?P<end>аяқтал(?:а|ып|ған|атын)\w{0,3}|біт(?:еді|етін|кен))(?!\w)",
        ),
        (
            ("баста",),
            rf"(?P<id>{_NUMBER})[ -]?(?:дан|ден|тан|тен|нан|нен|мен|пен|бен|саны\w{{0,3}}|цифр\w{{0,5}})?\s*(?:деп\s+)?"
            r"(?P<first>баста(?:лады|латын|лған|луы|п)\w{0,3})(?!\w)",
        ),
        (
            (" last ", " final ", " first ", " initial "),
            rf"(?P<id>{_NUMBER})\s+(?:is|are|were|was)\s+(?:the\s+|my\s+)?(?:last|final|(?P<first>first|initial))"
            rf"(?:\s+{_MANY})?(?:\s+{_DIGITS})?(?P<of>\s+(?:of|on|from)\s[^.!?;:\n\0\d]{{1,30}})?",
        ),
        (
            ("последн", "перв"),
            rf"(?P<id>{_NUMBER})\s*[—–-]\s*(?:это\s+)?(?:последн\w{{2,3}}|(?P<first>перв\w{{2,3}}))\s+"
            rf"{_RUSSIAN_COUNT}{_RUSSIAN_DIGITS}(?P<of>\s[^.!?;:\n\0\d]{{1,30}})?",
        ),
    )
)
_LETTERED = frozenset({"order", "passport", "document", "licence", "device", "account"})
_NEXT = re.compile(r"\s+(?P<word>[^\W\d_]+)")
# Behind two or three digits another word would be what is counted.
_GOES_ON = listed(
    "and but or is was are were has had got if then so because not on in at for from by of with to i it that this "
    "which my your the please thanks thank can could do does did didn doesn isn wasn hasn still now just there here "
    "also as и а но или у по на в с к из от за до не это этот эта что мне мой моя её его был была уже там тут "
    "пожалуйста прошу және бірақ деп мен менің сол бұл еді болатын"
)
_PAID = re.compile(r"сумм|стоим|плат[еи]ж|цен[аыуе]|чек")
_STOP = re.compile(r"[.!?;\n\0]")
FEW = 3
NEAR = 18


def find(text: str) -> Iterator[Span]:
    if not runs_of(text):
        return
    lowered = lower(text)
    before: tuple[int, Part] | None = None
    for match in sorted((*_announced(lowered), *_said_behind(text, lowered)), key=re.Match.start):
        start, end = match.span("id")
        part = _part_of(lowered, match) or _same(lowered, match.start(), before=before)
        if part is None or not _is_told(lowered, match, part=part):
            continue
        before = end, part
        yield Span(start=start, end=end, label=part.label(first=match.groupdict().get("first") is not None))


def _announced(lowered: str) -> Iterator[re.Match[str]]:
    for key in sorted(_BY_KEY.keys() & keys_of(lowered)):
        for stem, pattern in _BY_KEY[key]:
            yield from begun(pattern, lowered, stems=(stem,))


def _said_behind(text: str, lowered: str) -> Iterator[re.Match[str]]:
    for marks, pattern in _BEHIND:
        if any(map(lowered.__contains__, marks)):
            yield from filter(None, (pattern.match(lowered, start) for start, _ in runs_of(text)))


def _part_of(lowered: str, match: re.Match[str]) -> Part | None:
    """Whose part it is: what the words between name, else what was spoken of before, else what is right behind."""
    groups = match.groupdict()
    between = groups.get("of") or ""
    if (part := part_in(between)) or speaks_of_other(between, len(between)):
        return part
    head = match.end("thing") if "thing" in groups else match.start()
    behind = match.end("id")
    return part_before(lowered, head) or (part_behind(lowered, behind) if behind == match.end() else None)


def _same(lowered: str, start: int, *, before: tuple[int, Part] | None) -> Part | None:
    """`starts with 8701 and ends in 33`: the second is of the same thing."""
    if before is None or not 0 <= start - before[0] <= NEAR or _STOP.search(lowered, before[0], start):
        return None
    return before[1]


def _is_told(lowered: str, match: re.Match[str], *, part: Part) -> bool:
    """Whether the digits are somebody's, and not a day, a count or a price."""
    said, groups = match["id"], match.groupdict()
    size = sum(map(str.isalnum, said))
    if size > count_digits(said) and (part.kind not in _LETTERED or size < FEW):
        return False
    if groups.get("on"):
        return not _PAID.search(lowered, max(0, match.start() - 24), match.start())
    if size < _fewest(groups):
        return False
    following = _NEXT.match(lowered, match.end("id"))
    return size > FEW or match.end() > match.end("id") or following is None or following["word"] in _GOES_ON


def _fewest(groups: Mapping[str, str | None]) -> int:
    """So many digits tell something: more where no small word leads to them."""
    bare = "joint" in groups and groups["joint"] is None
    if bare and groups.get("first"):
        return FEW + 1
    return FEW if bare or (groups.get("noun") and "of" in groups) else 2


DETECTOR = Detector(
    find,
    digits=1,
    yields=True,
    stems=tuple(stem for stems in _STEMS for stem in stems),
    pieces=("аяқтал", "бітет", "бітед", "баста"),
)
