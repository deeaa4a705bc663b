"""What the ladder looks at: the bad reply and its calls, what was expected, what the note calls wrong."""

import re
from typing import Any, NamedTuple

from casemill.domain.ticket import ToolCall
from casemill.normalize.reading.words import SMALL, stem, words

Rule = dict[str, dict[str, Any]]

_READING = re.compile(
    r"^(?:get|find|list|search|look_?up|fetch|read|check|query|show|calculate|think|verify|retrieve|view)(?:_|[A-Z]|$)"
)
_HANDING_OVER = re.compile(r"(?:transfer|escalat|hand_?(?:off|over)|handoff|human|agent_request)", re.IGNORECASE)
_SAME_VERB = (
    "modify change update set edit adjust switch изменить поменять обновить",
    "cancel void отменить аннулировать",
    "return refund reimburse вернуть возврат",
    "exchange replace swap обменять заменить",
    "book забронировать оформить",
    "send issue give grant отправить выслать выдать",
    "transfer escalate hand forward pass передать передает перевести эскалировать",
    "create open file start raise создать открыть завести",
    "delete remove erase удалить",
    "human person agent colleague operator specialist человек оператор сотрудник",
)
_VERBS = {stem(word): number for number, group in enumerate(_SAME_VERB) for word in group.split()}
ENOUGH = 0.6
_NO = re.compile(
    r"\b(?:not|never|without|cannot|no(?=\s+\w)|nothing|nobody|\w+n['’]t|dont|нельзя|не|без|ничего|никогда|запрещ\w+)\b",
    re.IGNORECASE,
)
# "Describes the app, doesn't mention SMS": two statements, and only the second forbids.
_PART = re.compile(
    r"[;\n]|(?<=[.!?])\s|(?:,(?:\s(?:and|but|и|а|но))?|\b(?:and|but|и|а|но))\s+(?=(?:do(?:es)?n['’]t|(?:do|does|must"
    r"|should)\snot|not|no|never|without|\w+s\s(?:nothing|nobody|no)|не|ничего|никогда)\b)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?<!\w)'[^'\n]*'(?!\w)|\"[^\"\n]*\"|«[^»\n]*»|“[^”\n]*”")
_SAYING = re.compile(
    r"\b(?:says?|tells?|explains?|confirms?|states?|informs?|answers?|that|ска(?:зать|жет)|сообщ\w+|объясн\w+|что)\b",
    re.IGNORECASE,
)


class Facts(NamedTuple):
    """What the rungs go by.

    `bad` and `calls`: the failing reply; `good`: the reference, if any; `asked`: the customer's last message,
    `earlier` those before it, `complaint` those after the failing reply; `expected`: the right behaviour; `wrong`:
    what the note says went wrong; `quotes`: evidence found in the bad reply; `tools`: names of tools the AI has;
    `called`: tools called before the reply; `sure`: whether anything says that this is the failing reply;
    `general`: the expectation is a macro's, a rule for many tickets.
    """

    mode: str
    bad: str
    good: str = ""
    calls: tuple[ToolCall, ...] = ()
    asked: str = ""
    earlier: str = ""
    complaint: str = ""
    expected: str = ""
    wrong: str = ""
    quotes: tuple[str, ...] = ()
    sure: bool = True
    general: bool = False
    tools: tuple[str, ...] = ()
    called: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """Everything that was written about the failure, by the company and by the customer."""
        return f"{self.wrong}\n{self.expected}\n{self.complaint}"

    @property
    def wanted(self) -> str:
        """The parts of the expectation that ask for something."""
        return "; ".join(part for part in parts(self.expected) if not forbids(part))

    @property
    def blamed(self) -> str:
        """What the note says went wrong, and what the expectation forbids."""
        return "\n".join([self.wrong, *self.forbidden])

    @property
    def forbidden(self) -> tuple[str, ...]:
        """The parts of the expectation that say what must not be."""
        return tuple(part for part in parts(self.expected) if is_negated(part))

    @property
    def customer(self) -> str:
        return f"{self.earlier}\n{self.asked}"

    @property
    def writes(self) -> tuple[ToolCall, ...]:
        """The calls that change something; looking things up is never the failure."""
        return tuple(call for call in self.calls if not is_lookup(call.name))


def parts(text: str) -> list[str]:
    """The statements of an expectation, one a part."""
    return [part for part in _PART.split(text) if part.strip()]


def hands_over(tool: str) -> bool:
    """Whether a tool gives the conversation to a person."""
    return bool(_HANDING_OVER.search(tool))


def tool_words(name: str) -> tuple[str, ...]:
    """`issue_refund`, `issueRefund` → issue, refund."""
    return tuple(part.lower() for part in re.findall(r"[A-Z]?[a-zа-я]+|\d+", name.replace("_", " ")))


def tools_named(text: str, tools: tuple[str, ...]) -> tuple[str, ...]:
    """The tools a text speaks of, clause by clause: by name, known or written_so, else the one whose words it uses."""
    found: dict[str, None] = {}
    for clause in re.split(r"[;\n]|(?<=\w)[.!](?=\s|$)|\band\b|\bи\b", text):
        literal = [tool for tool in tools if re.search(rf"(?<!\w){re.escape(tool)}(?!\w)", clause, re.IGNORECASE)]
        written = re.findall(r"(?<![\w])[a-z]+(?:_[a-z]+)+(?![\w(])", clause)
        best = literal or written or _best_by_words(clause, tools)
        if not is_negated(clause):
            found.update(dict.fromkeys(best))
    return tuple(found)


def speaks_of(text: str, tool: str) -> bool:
    """Whether a text is about what a tool does: half of the tool's words, or its name."""
    said = {_meaning(word) for word in words(text) if word.lower() not in SMALL}
    mine = [_meaning(part) for part in tool_words(tool)]
    return tool.lower() in text.lower() or sum(part in said for part in mine) * 2 >= max(len(mine), 1)


def is_negated(clause: str) -> bool:
    """Whether a clause says no to anything; what it quotes does not count."""
    return bool(_NO.search(_unquoted(clause)))


def forbids(clause: str) -> bool:
    """Whether a clause forbids rather than asks: "never cancel", but not "say that no refund was started"."""
    plain = _unquoted(clause)
    no = _NO.search(plain)
    return no is not None and not _SAYING.search(plain[: no.start()])


def _unquoted(clause: str) -> str:
    return _QUOTED.sub(" ", clause)


def is_lookup(tool: str) -> bool:
    """Whether a tool only looks things up."""
    return bool(_READING.match(tool))


def _best_by_words(clause: str, tools: tuple[str, ...]) -> list[str]:
    said = {_meaning(word) for word in words(clause) if word.lower() not in SMALL}
    scored = {tool: _likeness(tool, said) for tool in tools if not is_lookup(tool)}
    top = max(scored.values(), default=0.0)
    best = [tool for tool, score in scored.items() if score == top]
    return best if top >= ENOUGH and len(best) == 1 else []


def _likeness(tool: str, said: set[object]) -> float:
    """The share of a tool's words that were said; without its verb it was not spoken of."""
    mine = [_meaning(part) for part in tool_words(tool)]
    return sum(part in said for part in mine) / len(mine) if mine and mine[0] in said else 0.0


def _meaning(word: str) -> object:
    root = stem(word)
    return _VERBS.get(root, root)
