"""What the AI should have done, and who says so: the structured field, the note, the macro, or nobody.

Sources in order of trust. Words are taken as they stand, never rewritten; a note that says only "done" or
"resolved per macro 47" tells of no behaviour.
"""

import re
from typing import Literal

from casemill.domain.article import Article
from casemill.domain.ticket import Macro, Ticket
from casemill.domain.word import Word

Source = Literal["field", "note", "macro"]
NOBODY = "expected behaviour: nobody wrote it down"

# A label that announces the behaviour: "correct behaviour: …", "Right outcome = …", "Правильно было бы: …".
_LABEL = re.compile(
    r"""
    \b(?:
        (?:the\ )?(?:correct|expected|right|proper|desired|intended|ideal)\s
        (?:behaviou?r|answer|reply|response|outcome|result|action|handling)(?:\s(?:is|was|would\ (?:be|have\ been)))?
      | expected(?:\sbehaviou?r)? | (?<!is\s)(?<!was\s)(?<!are\s)correct(?:ly)?
      | what\sshould\shave\shappened | (?:it\s)?should\shave\sbeen | should\sbe
      | (?:ожидаемое|правильное|верное|корректное)\s(?:поведение|решение|действие) | (?:правильный|верный)\sответ
      | ожидалось | правильно(?:\s(?:было\sбы|так))? | верно(?:\sбыло\sбы)? | как\s(?:надо|должно\sбыть)
      | дұрысы | дұрыс\sжауап
    )\s*(?:[:=]|\s[-–—]\s)\s*
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A sentence that says what somebody had to do; the somebody must be the AI, see _OTHERS.
_DUTY = re.compile(
    r"""
    \b(?: should(?:\snot|n['’]t)? | must(?:\snot|n['’]t)? | ought\sto | needs?\sto | needed\sto | ha[sd]\sto
      | (?:was|is|were)\s(?:supposed|expected|meant|required)\s(?:not\s)?to
      | должен | должна | должно | должны | следовало | следует | обязан[аы]? | нужно\sбыло | надо\sбыло | нельзя
      | тиіс | керек\s(?:еді|болатын) )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
# Whose duty it is, read just before the duty: a customer, a colleague, a team are not the AI.
_OTHERS = re.compile(
    r"""
    \b(?: customers? | cust | clients? | users? | he | she | they | we | i | you | team | ops | eng(?:ineering|ineers)?
      | devs? | finance | billing | legal | warehouse | клиент\w* | покупател\w* | пользовател\w* | мы | я
      | команд\w* | коллег\w* | разработчик\w* ) (?:\s(?:now|also|still|really|тоже|теперь|ещё))?\s*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
_EMPTY = re.compile(
    r"""
    \W*(?: n/?a | none | null | tbd | tba | todo | yes | no | x | ok(?:ay)? | done | sorted | solved | resolved | fixed
      | closed | logged | as\sabove | same | unknown | not\sknown
      | see\s(?:the\s)?(?:field|chat|note|above|below|ticket|log|thread|macro|call).{0,20}
      | (?:resolved\s)?(?:as\s)?per\smacro.{0,20}
      | macro\s\#?\d+ | ai[\s-]related.{0,30}
      | да | нет | готово | решено | сделано | см\.?\s.{0,40} | макрос.{0,20} )\W*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ONE_WORD = re.compile(r"\W*(?:escalate|refuse|decline|clarify|hand[- ]?off|hand ?over|эскалировать|отказать)\W*", re.I)
_SENTENCE = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.)(?<!e\.g\.)(?<!i\.e\.)(?<!т\.е\.)\s+|\n+")
_MACRO = re.compile(r"\b(?:macro|макрос\w*|макро)\s*(?:№|#|no\.?|number|n)?\s*(\d{1,6})\b", re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class Expectation(Word, omit_defaults=True):
    """What should happen and where that was written. `wrong` is what the note says went wrong, verbatim;
    `macro` the number and revision of the macro the ticket was resolved by, as `47@2026-03-01`."""

    text: str = ""
    source: Source | None = None
    wrong: str = ""
    macro: str | None = None


def expected_of(ticket: Ticket, macro: Article | None = None) -> Expectation:
    """The most trusted words about the right behaviour; `macro` is the article the ticket's macro stands for."""
    told = [read_note(note) for note in notes_of(ticket)]
    wrong = next((part.wrong for part in told if part.wrong), "")
    version = macro_version(ticket.macro, macro)
    field = one_line(ticket.expected or "")
    if says_something(field):
        return Expectation(text=field, source="field", wrong=wrong, macro=version)
    for part in told:
        if part.text:
            return Expectation(text=part.text, source="note", wrong=part.wrong, macro=version)
    text = one_line((ticket.macro.text if ticket.macro else "") or (macro.text if macro else ""))
    if says_something(text):
        return Expectation(text=text, source="macro", wrong=wrong, macro=version)
    return Expectation(wrong=wrong, macro=version)


def notes_of(ticket: Ticket) -> tuple[str, ...]:
    """The resolution first, then the private notes, the latest first; each text once."""
    notes = [turn.text for turn in reversed(ticket.turns) if turn.role == "note"]
    told = [ticket.resolution or "", *notes, ticket.root_cause or ""]
    return tuple(dict.fromkeys(note.strip() for note in told if note.strip()))


def read_note(note: str) -> Expectation:
    """The sentences of a note that say the right behaviour, and, apart, those that say what went wrong."""
    label = _LABEL.search(note)
    text, rest = _after_label(note, label) if label else _duties(note)
    if not says_something(text):
        return Expectation(wrong=one_line(_without_chores(note)))
    return Expectation(text=one_line(text), source="note", wrong=one_line(_without_chores(rest)))


def macro_number(ticket: Ticket) -> str | None:
    """The number of the macro a ticket was resolved by, when only the number is there."""
    if ticket.macro is not None:
        return ticket.macro.id
    for note in notes_of(ticket):
        if named := _MACRO.search(note):
            return named[1]
    return None


def macro_version(used: Macro | None, article: Article | None) -> str | None:
    """`47@2026-03-01`: the number people call it by, and the day or name of its revision."""
    if article is None and used is None:
        return None
    title = (article.title if article else "") or (used.title if used else "")
    number = re.match(r"\s*#?(\d{1,6})\s*[:.)–-]", title)
    name = number[1] if number else (article.id if article else used.id if used else "")
    revision = (article.revision if article else "") or (used.revision if used else "") or ""
    day = _DAY.match(revision)
    return f"{name}@{day[0] if day else revision}" if revision else name


def says_something(text: str) -> bool:
    """Whether a text can be an expectation: two words, or one that names an outcome, and no phrase that only
    closes a ticket."""
    words = len(re.findall(r"[^\W\d_]{2,}|\d+", text))
    return (words >= 2 and not _EMPTY.fullmatch(text)) or bool(_ONE_WORD.fullmatch(text.strip()))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, each an exact substring of it."""
    return tuple(part.strip() for part in _SENTENCE.split(text) if part.strip())


def one_line(text: str) -> str:
    """Runs of white space as one space."""
    return " ".join(text.split())


def _after_label(note: str, label: re.Match[str]) -> tuple[str, str]:
    """From the label to the end of its sentence, with list items and further duties after it; and all the rest."""
    before, after = note[: label.start()], note[label.end() :]
    parts = _SENTENCE.split(after)
    taken = [parts[0]] if parts else []
    for part in parts[1:]:
        if not (re.match(r"\s*(?:[-*•]|\d+[.)])\s", part) or _is_duty(part)):
            break
        taken.append(part)
    rest = [part for part in parts[len(taken) :] if part]
    return " ".join(part.strip() for part in taken), " ".join([before, *rest])


def _duties(note: str) -> tuple[str, str]:
    parts = sentences(note)
    said = [part for part in parts if _is_duty(part)]
    return " ".join(said), " ".join(part for part in parts if part not in said)


def _is_duty(sentence: str) -> bool:
    if sentence.endswith("?"):
        return False
    return any(not _OTHERS.search(sentence[: duty.start()]) for duty in _DUTY.finditer(sentence))


_CHORE = re.compile(
    r"""
    ^\W*(?: (?:i\s|we\s|all\s|now\s)?(?:fixed|corrected|sorted|resolved|solved|closed|done|logged|checked|reviewed
      |merged|set\sright|apologi[sz]ed)\b
      | (?:told|called|informed|refunded)\s(?:the\s)?(?:cust\w*|clients?|users?|him|her|them|back)\b
      | this\srequest\swas\sclosed | thanks | ai[\s-]related | for\sthe\sai\steam | field\sfilled | see\s(?:field|chat)
      | (?:resolved\s)?per\smacro | macro\s\#?\d
      | исправил | всё\sисправ | решено | готово | посмотрел | проверил | спасибо )
    """,
    re.IGNORECASE | re.VERBOSE,
)


def _without_chores(text: str) -> str:
    """What is left of a note without "fixed by hand, told the customer"."""
    return " ".join(part for part in sentences(text) if not _CHORE.search(part) and not _EMPTY.fullmatch(part))
