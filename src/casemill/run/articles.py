"""The company's articles as the suite keeps them, `articles/KB-1042@4.md`: which there are, which revision stands."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from casemill.suite.text_file import read_text

_GONE = re.compile(
    r"^(?:status:\s*['\"]?(?:deprecated|deleted|retired|archived|draft)|(?:deprecated|deleted|retired|archived):\s*['\"]?true)",
    re.IGNORECASE | re.MULTILINE,
)
_PARTS = re.compile(r"\d+|\D+")
# What may be an article's id inside a name, an address, a bracket; and the revision that is said behind it.
_ID = re.compile(r"[A-Za-z0-9][\w.-]*")
_REVISION = re.compile(
    r"@(?P<at>[\w.-]*\w)"
    r"|(?:[\s,(]{1,3}(?:revision|rev|редакци\w+|ред)|\s\(?(?:version|v))\.?\s?(?P<said>\d[\w.-]*(?<=\w))",
    re.IGNORECASE,
)


class Cited(NamedTuple):
    """An article as a reply cites it; the revision is '' where none is said."""

    name: str
    revision: str = ""


class Articles(NamedTuple):
    """The snapshots of a folder: by id in small letters its name, and its revisions, the newest last."""

    folder: Path
    names: dict[str, str]
    revisions: dict[str, tuple[str, ...]]
    form: re.Pattern[str]

    def wrong_with(self, cited: Cited, *, older: bool = False) -> str | None:
        """Why an article must not be cited; None when it exists and is the current revision, or with `older` any."""
        known = self.revisions.get(cited.name.lower())
        if known is None:
            return f"cites {cited.name}, and there is no such article"
        name, revision = self.names[cited.name.lower()], cited.revision
        if revision and revision not in known:
            return f"cites {name}@{revision}; there is no such revision"
        if revision and revision != known[-1] and not older:
            return f"cites {name}@{revision}; revision {known[-1]} is current"
        return f"cites {name}, which is no longer in force" if self.is_gone(name) else None

    def read(self, citation: str) -> tuple[Cited, ...]:
        """The articles that one citation names, as `[KB-1042@4]`, `KB-1042 (revision 4)` or an address; a citation
        that names none of a known form is taken for a name itself."""
        found = [(match[0].rstrip(".-"), match.end()) for match in _ID.finditer(citation)]
        ids = [
            Cited(name, _revision_at(citation, end))
            for name, end in found
            if name.lower() in self.revisions or self.form.fullmatch(name)
        ]
        return tuple(dict.fromkeys(ids)) or (Cited(*citation.strip().partition("@")[::2]),)

    def in_text(self, text: str) -> tuple[Cited, ...]:
        """What a text cites: every word that has the form of one of the ids."""
        found = (Cited(match[0], _revision_at(text, match.end())) for match in self.form.finditer(text))
        return tuple(dict.fromkeys(found))

    def is_gone(self, name: str) -> bool:
        """Whether the newest revision says of itself that it is no longer in force."""
        key = name.lower()
        text = read_text(self.folder / f"{self.names[key]}@{self.revisions[key][-1]}.md")
        head = text.split("\n---", 1)[0] if text.startswith("---") else ""
        return _GONE.search(head) is not None


def standing(folder: Path) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    """All that decides whether an article may be cited: each by name with its revisions, and whether it is no longer
    in force."""
    known = read_articles(folder)
    return tuple((known.names[key], known.revisions[key], known.is_gone(key)) for key in sorted(known.names))


def read_articles(folder: Path) -> Articles:
    """The articles of a folder; none when there is no such folder."""
    try:
        changed_at = folder.stat().st_mtime_ns
    except OSError:
        return _listed(folder, -1)
    return _listed(folder, changed_at)


@lru_cache(maxsize=4)
def _listed(folder: Path, _: int) -> Articles:
    names: dict[str, str] = {}
    revisions: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*@*.md")):
        name, _at, revision = path.stem.rpartition("@")
        names.setdefault(name.lower(), name)
        revisions.setdefault(name.lower(), []).append(revision)
    ordered = {name: tuple(sorted(known, key=_by_number)) for name, known in revisions.items()}
    return Articles(folder, names, ordered, _form(names.values()))


def _by_number(revision: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in _PARTS.findall(revision)]


def _revision_at(text: str, end: int) -> str:
    said = _REVISION.match(text, end)
    return (said["at"] or said["said"]) if said else ""


def _form(names: Iterable[str]) -> re.Pattern[str]:
    """What the ids look like, digits exchanged: `KB-\\d+`. Ids without a digit, or of nothing else, stand for
    themselves."""
    shapes = {_shape(name) for name in names}
    inner = "|".join(sorted(shapes, key=len, reverse=True)) or r"(?!)"
    return re.compile(rf"(?<![\w-])(?:{inner})(?![\w-])", re.IGNORECASE)


def _shape(name: str) -> str:
    if name.isdigit():
        return name
    return "".join(r"\d+" if part.isdigit() else re.escape(part) for part in _PARTS.findall(name))
