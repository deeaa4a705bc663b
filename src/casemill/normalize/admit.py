"""A person's yes or no to a draft: red on bad, green on good, and then a Change on its way to the suite."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from casemill.domain.case import Case, Check, Draft, Since
from casemill.domain.change import Change
from casemill.domain.progress import SILENT, Progress
from casemill.domain.review import Review
from casemill.domain.ticket import TicketState
from casemill.domain.word import Word, changed, digest_of
from casemill.errors import FileError, UsageError
from casemill.normalize.allowed import refuse_what_may_not_be
from casemill.normalize.checks import bad_reply, check, good_reply, still_missing
from casemill.normalize.draft import NOT_ADMITTED
from casemill.normalize.minimal import WRITE_IT
from casemill.normalize.recorded import Entry, edited, read_recorded
from casemill.store import articles, asks, changes, drafts, reviews, tickets
from casemill.suite.files import case_path, case_text, parse_case

if TYPE_CHECKING:
    from casemill.store.database import Db
    from casemill.store.desk import Desk

__all__ = [
    "Admitted",
    "Applied",
    "admit",
    "apply_recorded",
    "blocked_by",
    "check",
    "edit_text",
    "read_edited",
    "read_recorded",
    "reject",
    "revise",
]

NOT_RED = "no assertion is red on the recorded bad reply"
NO_BAD = "no bad reply to check against"
NO_GOOD = "no good reply to check against"
_SNAPSHOT = re.compile(r"[\w-]+@[\w.-]+")


class Admitted(Word, omit_defaults=True):
    """The case as it goes to the suite and the id of its Change; `blocked` says what keeps it from being active."""

    case: Case
    change_id: int
    blocked: tuple[str, ...] = ()


class Applied(Word, omit_defaults=True):
    """What a file of admissions came to; each problem begins with file and line."""

    admitted: int = 0
    quarantined: int = 0
    rejected: int = 0
    already: int = 0
    problems: tuple[str, ...] = ()


def admit(desk: "Desk", draft_id: int, *, case: Case, by: str, now: datetime) -> Admitted:
    """Yes: the case becomes a Change, active when its assertions tell bad from good, else quarantined with the reason.

    One transaction; the same yes twice changes nothing. A UsageError when the draft was settled otherwise, its ticket
    went back to review, or the case is not one that the draft may become.
    """
    checks = check(case)
    blocked = blocked_by(case, checks)
    final = _settled(case, blocked, day=now.date().isoformat())
    with desk.write() as db:
        draft = _draft(db, draft_id)
        refuse_what_may_not_be(case, draft.case)
        if drafts.state_of(db, draft_id) == "admitted" and _is_same(draft.case, final):
            final = draft.case
            return Admitted(case=final, change_id=_say(db, draft, case=final, by=by, now=now), blocked=blocked)
        _refuse_settled(db, draft)
        drafts.put(db, changed(draft, case=final, checks=checks))
        change_id = _say(db, draft, case=final, by=by, now=now)
        _close(db, draft, to="admitted", by=by, now=now)
    return Admitted(case=final, change_id=change_id, blocked=blocked)


def reject(desk: "Desk", draft_id: int, *, why: str, by: str, now: datetime) -> None:
    """No: the draft is closed and the reason kept beside the ticket's decisions; twice changes nothing."""
    with desk.write() as db:
        draft = _draft(db, draft_id)
        if drafts.state_of(db, draft_id) == "rejected":
            return
        _refuse_settled(db, draft)
        note = f"draft {draft.case.id} rejected: {why}"
        reviews.add(db, Review(ticket=draft.ticket, version=draft.version, decision="note", note=note, by=by, at=now))
        _close(db, draft, to="rejected", by=by, now=now)


def revise(desk: "Desk", draft_id: int, *, case: Case) -> Draft:
    """The open draft with a person's edits, checked again; a UsageError as for `admit`."""
    checks = check(case)
    with desk.write() as db:
        draft = _draft(db, draft_id)
        refuse_what_may_not_be(case, draft.case)
        _refuse_settled(db, draft)
        draft = changed(draft, case=case, checks=checks)
        draft = changed(draft, missing=still_missing(draft))
        drafts.put(db, draft)
    return draft


def blocked_by(case: Case, checks: Sequence[Check]) -> tuple[str, ...]:
    """What keeps a case from being active: nothing red on the bad reply, or not everything green on the good one."""
    told: list[str] = []
    if any(said.customer == WRITE_IT for said in case.input.turns):
        told.append("the input is not written yet")
    if bad_reply(case.expect) is None:
        told.append(NO_BAD)
    elif not any(done.looks and done.bad is not None and done.bad.result == "fail" for done in checks):
        told.append(NOT_RED)
    if good_reply(case.expect) is None:
        told.append(NO_GOOD)
    told += [
        f"{done.assertion.grader} is {'red' if done.good.result == 'fail' else 'an error'} on the good reply"
        for done in checks
        if done.good is not None and done.good.result != "pass"
    ]
    if case.quarantine is not None and case.quarantine.because != NOT_ADMITTED and not told:
        told.append(case.quarantine.because)
    return tuple(told)


def edit_text(draft: Draft) -> str:
    """The draft's case as a file to edit, under comments that say what is missing."""
    heads = [f"# missing: {item}" for item in draft.missing] or ["# nothing is missing"]
    return "\n".join(["# Save to keep; quit without saving to leave it as it was.", *heads, case_text(draft.case)])


def read_edited(text: str) -> Case:
    """The case an edited text holds; a FileError with the line for whatever is wrong with it."""
    return parse_case(text, "draft.yaml")


def apply_recorded(
    desk: "Desk", entries: Sequence[Entry], *, by: str | None, now: datetime, progress: Progress = SILENT
) -> Applied:
    """Each recorded admission through `admit` or `reject`; one that cannot be is told, with its line, and the rest
    goes on. `by` stands for entries that name nobody."""
    done = Applied()
    progress.start(len(entries))
    for entry in entries:
        try:
            done = _counted(done, _apply(desk, entry, by=_named(entry, by), now=now))
        except UsageError as error:
            problem = error if isinstance(error, FileError) else entry.problem(str(error))
            done = changed(done, problems=(*done.problems, str(problem)))
        progress.step()
    return done


def _named(entry: Entry, by: str | None) -> str:
    if name := entry.admission.by or by:
        return name
    raise entry.problem("nobody is named who decided", hint='add by: "you@company.com"')


def _counted(done: Applied, name: str) -> Applied:
    return changed(done, **{name: getattr(done, name) + 1})


def _apply(desk: "Desk", entry: Entry, *, by: str, now: datetime) -> str:
    """Which of the counts of Applied the entry belongs to."""
    said = entry.admission
    with desk.read() as db:
        found = [draft for draft in drafts.of_ticket(db, said.ticket) if draft.failure == said.failure]
        state = {draft.id: drafts.state_of(db, draft.id) for draft in found if draft.id is not None}
    if not found:
        raise UsageError(f"there is no draft for {said.ticket}, failure {said.failure}", hint="casemill normalize")
    draft_id = next((id for id in reversed(state) if state[id] == "open"), max(state))
    draft = next(one for one in found if one.id == draft_id)
    if state[draft_id] == {"admit": "admitted", "reject": "rejected"}[said.decision]:
        return "already"
    if said.decision == "reject":
        reject(desk, draft_id, why=said.why or "recorded", by=by, now=now)
        return "rejected"
    case = edited(draft.case, said.edit)
    admitted = admit(desk, draft_id, case=changed(case, why=said.why or case.why), by=by, now=now)
    return "quarantined" if admitted.blocked else "admitted"


def _is_same(one: Case, other: Case) -> bool:
    """Equal but for the day since which a case is quarantined."""
    return changed(one, quarantine=None) == changed(other, quarantine=None)


def _settled(case: Case, blocked: tuple[str, ...], *, day: str) -> Case:
    if not blocked:
        return changed(case, status="active", quarantine=None)
    because = "; ".join(blocked)
    since = case.quarantine.since if case.quarantine and case.quarantine.because == because else day
    return changed(case, status="quarantined", quarantine=Since(since=since, because=because))


def _draft(db: "Db", draft_id: int) -> Draft:
    draft = drafts.get(db, draft_id)
    if draft is None:
        raise UsageError(f"there is no draft {draft_id}")
    return draft


def _refuse_settled(db: "Db", draft: Draft) -> None:
    assert draft.id is not None
    state = drafts.state_of(db, draft.id)
    if state != "open":
        raise UsageError(f"the draft of {draft.case.id} was {state} already")
    if tickets.state_of(db, draft.ticket) != "drafted":
        raise UsageError(f"{draft.ticket} went back to review; its draft waits for a new decision")


def _say(db: "Db", draft: Draft, *, case: Case, by: str, now: datetime) -> int:
    """The Changes of a yes: snapshots of the articles it cites, then the case itself, whose id is given back."""
    for name in _cited(case):
        _snapshot(db, name, source=draft.ticket.partition(":")[0], by=by, now=now)
    text = case_text(case)
    change = Change(
        kind="supersede" if _was_admitted_before(db, draft) else "add",
        path=case_path(case),
        text=text,
        digest=digest_of(text.encode()),
        why=case.quarantine.because if case.quarantine else case.why,
        case=case.id,
        by=by,
        at=now,
    )
    return changes.add(db, change)


def _cited(case: Case) -> tuple[str, ...]:
    """The article revisions that a case came from or gives as context, each once."""
    listed = case.input.context.get("articles")
    given = [name for name in listed if isinstance(name, str)] if isinstance(listed, list | tuple) else []
    return tuple(dict.fromkeys([*(case.lineage.articles if case.lineage else ()), *given]))


def _snapshot(db: "Db", name: str, *, source: str, by: str, now: datetime) -> None:
    """The cited revision of an article as a file of the suite, `articles/KB-1042@4.md`."""
    id, _, revision = name.partition("@")
    known = _SNAPSHOT.fullmatch(name)
    article = articles.revision(db, "article", id, revision, source=source) if known else None
    if article is None:
        return
    text = f"# {article.title}\n\n{article.text.strip()}\n" if article.title else f"{article.text.strip()}\n"
    path = f"articles/{name}.md"
    changes.add(
        db, Change(kind="add", path=path, text=text, digest=digest_of(text.encode()), why="cited", by=by, at=now)
    )


def _was_admitted_before(db: "Db", draft: Draft) -> bool:
    others = [one.id for one in drafts.of_ticket(db, draft.ticket) if one.case.id == draft.case.id]
    return any(drafts.state_of(db, id) == "admitted" for id in others if id is not None and id != draft.id)


def _close(db: "Db", draft: Draft, *, to: Literal["admitted", "rejected"], by: str, now: datetime) -> None:
    """Settles the draft, answers its question, and moves the ticket when this was its last open draft."""
    assert draft.id is not None
    drafts.settle(db, draft.id, to=to, now=now)
    for ask in asks.of_ticket(db, draft.ticket):
        if ask.kind == "draft" and ask.draft == draft.id:
            asks.answer(db, ask.id, by=by, now=now)
    states = {drafts.state_of(db, one.id) for one in drafts.of_ticket(db, draft.ticket) if one.id is not None}
    if "open" not in states:
        end: TicketState = "admitted" if "admitted" in states else "not_a_case"
        tickets.move(db, draft.ticket, version=draft.version, frm=("drafted",), to=end)
