"""Whom structured data (tool arguments, JSON, Python text) names: the values under keys that only people have."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from casemill.domain.arrival import Identity
from casemill.domain.placeholder import PLACEHOLDER
from casemill.personal.context import has_any
from casemill.personal.everyday import is_everyday, is_name_too
from casemill.personal.inflection import plain
from casemill.personal.link import Known
from casemill.personal.told_keys import AT_HOME, KEYS, NAMED, TOWNS, kind_of, normal, shows_a_person
from casemill.personal.words import listed

_WORD = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"[^\W\d_][^\d_/\\@:;=<>{}\[\]()|]{0,59}")
_NOBODY = listed(
    "none null nil na n/a nan unknown string true false undefined нет default main primary standard basic premium free "
    "personal private home work"
)
_PAIR = re.compile(
    r"(?<!\w)[\"'](?P<key>[\w -]{2,40})\\{0,3}[\"']\s{0,3}:\s{0,3}\\{0,3}"
    r"(?P<quote>[\"'])(?P<value>[^\"'\\\n]{1,80})\\{0,3}(?P=quote)"
)
_LONGEST = 200_000
_MOST = 200


class Told(NamedTuple):
    """People by name, what else is somebody's, and towns, states and countries, which are nobody's."""

    people: tuple[Identity, ...] = ()
    values: tuple[Known, ...] = ()
    towns: tuple[str, ...] = ()


NOBODY = Told()


def told(values: Iterable[Any], known: Sequence[Identity] = ()) -> Told:
    """Whom plain JSON values and texts name, beside the `known`; a text counts only by the JSON or Python in it."""
    values = [value for value in values if _may_tell(value)]
    if not values:
        return NOBODY
    names: dict[str, None] = {}
    said: dict[Known, None] = {}
    towns: dict[str, None] = {}
    for holder, above in _objects(values):
        names.update(dict.fromkeys(_names(holder, above)))
        said.update(dict.fromkeys(_places(holder)))
        towns.update(dict.fromkeys(_towns(holder)))
    return Told(tuple(_people(list(names)[:_MOST], known)), tuple(said)[:_MOST], tuple(towns)[:_MOST])


def _objects(values: Iterable[Any]) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Every object with the key it stands under, those inside texts too."""
    waiting = [(value, "") for value in values][::-1]
    while waiting:
        value, above = waiting.pop()
        if isinstance(value, dict):
            yield value, above
            waiting += [(inner, normal(key) if isinstance(key, str) else "") for key, inner in value.items()][::-1]
        elif isinstance(value, list | tuple):
            waiting += [(inner, above) for inner in value][::-1]
        elif isinstance(value, str) and _may_tell(value) and has_any(value, KEYS):
            waiting += [(inner, above) for inner in _inside(value)]


def _may_tell(value: Any) -> bool:
    """Whether a value could hold keys; most texts do not."""
    if isinstance(value, str):
        return ":" in value and ("'" in value or '"' in value)
    return isinstance(value, dict | list | tuple)


def _inside(text: str) -> list[Any]:
    """What a text writes out: JSON, Python, or pairs of keys and values in the middle of something else."""
    bare = text.strip()
    if bare[0] in "{[" and len(bare) <= _LONGEST:
        try:
            return [msgspec.json.decode(bare)]
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
            pass
        try:
            return [ast.literal_eval(bare)] if "'" in bare else _pairs(text)
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            pass
    return _pairs(text)


def _pairs(text: str) -> list[Any]:
    """Objects as far as they can be told apart: a key met again begins the next one. A bare `name` is not believed."""
    found: list[dict[str, Any]] = []
    for match in _PAIR.finditer(text):
        key = match["key"]
        if normal(key) == NAMED or kind_of(normal(key)) is None:
            continue
        if not found or key in found[-1]:
            found.append({})
        found[-1][key] = match["value"]
    return list(found)


def _names(holder: Mapping[str, Any], above: str) -> Iterator[str]:
    """Full names first; a first, middle and last name beside each other are one."""
    parts: dict[str, dict[str, str]] = {}
    for key, value in holder.items():
        told_as = kind_of(normal(key), within=above) if isinstance(key, str) else None
        if told_as is None or not isinstance(value, str) or not _is_name(value, whole=told_as.kind == "person"):
            continue
        if told_as.kind in ("full", "person") or (told_as.kind == NAMED and shows_a_person(holder, above)):
            yield value.strip()
        elif told_as.kind in ("first", "middle", "last"):
            parts.setdefault(told_as.whose, {})[told_as.kind] = value.strip()
    for row in parts.values():
        yield " ".join(row[kind] for kind in ("first", "middle", "last") if kind in row)


def _is_name(text: str, *, whole: bool) -> bool:
    """Whether a value can be a name; `whole` asks for two capitalised words."""
    text = text.strip()
    words = text.split()
    if not _NAME.fullmatch(text) or len(words) > 6 or text.lower() in _NOBODY or PLACEHOLDER.search(text):
        return False
    if all(is_everyday(low := plain(word)) and not is_name_too(low) for word in _WORD.findall(text)):
        return False
    return not whole or (len(words) >= 2 and all(word[0].isupper() for word in words))


def _places(holder: Mapping[str, Any]) -> Iterator[Known]:
    """Streets and postal codes; town, state and country are nobody's."""
    for key, value in holder.items():
        told_as = kind_of(normal(key)) if isinstance(key, str) else None
        if told_as is None or told_as.kind not in AT_HOME or not isinstance(value, str | int):
            continue
        text = f"{value}".strip()
        digits = any(sign.isdigit() for sign in text)
        if not 3 <= len(text) <= 200 or PLACEHOLDER.search(text) or "@" in text or "://" in text:
            continue
        if told_as.kind == "zip":
            if digits and 4 <= len(text) <= 12:
                yield Known("ZIP", text, None)
        elif _is_street(text, digits=digits, sure=told_as.kind == "street"):
            yield Known("ADDRESS", text, None)


def _towns(holder: Mapping[str, Any]) -> Iterator[str]:
    for key, value in holder.items():
        is_town = isinstance(key, str) and normal(key).rpartition(" ")[2] in TOWNS
        if is_town and isinstance(value, str) and _NAME.fullmatch(value.strip()):
            yield value.strip()


def _is_street(text: str, *, digits: bool, sure: bool) -> bool:
    """A street value stands alone only where nothing else is written so: `Suite 217`, `Sunset Drive`; never `217`."""
    letters = bool(_WORD.search(text))
    if not sure:
        return letters and digits and len(text.split()) >= 2
    return letters and (digits or len(text) >= 6) and text.lower() not in _NOBODY


def _people(names: Sequence[str], known: Sequence[Identity]) -> Iterator[Identity]:
    """One for each name that nobody else has whole; a longer form of a known name belongs to the known person."""
    listed = [(frozenset(_words(name)), name, who) for who in known if who.role != "assistant" for name in who.names]
    taken = [words for words, _, _ in listed]
    longest = sorted(((frozenset(_words(name)), name) for name in names), key=lambda row: -len(row[0]))
    for words, name in longest:
        if not words or any(words <= other for other in taken):
            continue
        taken.append(words)
        shorter = [(given, who) for other, given, who in listed if other and other < words]
        alone = len(shorter) == 1 and sum(_same(shorter[0][0], other) for _, other in longest) == 1
        given, who = shorter[0] if alone else (name, None)
        yield Identity(role=who.role if who else "other", names=tuple(dict.fromkeys((given, name))))


def _same(short: str, long: str) -> bool:
    return set(_words(short)) < set(_words(long))


def _words(name: str) -> list[str]:
    return [plain(word) for word in _WORD.findall(name)]
