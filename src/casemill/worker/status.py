"""What waits where, from the vault to the gate, and the one thing to do next."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from casemill.domain import case as cases
from casemill.domain.arrival import ArrivalState
from casemill.domain.notice import Danger, Notice
from casemill.domain.review import AskKind
from casemill.domain.ticket import TicketState
from casemill.domain.word import Word, changed
from casemill.domain.wording import counted
from casemill.errors import FileError

if TYPE_CHECKING:
    from casemill.store.arrivals import Stuck as Unread
    from casemill.suite import Suite
    from casemill.worker.work import Hands


MOST_STUCK = 5
MOST_NOTICES = 5
SEE_BELOW = "you: see below"
READ, MASK = "casemill review --leaks", "casemill anonymize"


class Waiting(Word):
    """One row of the status: a place on the road, what is there, how many, and who it waits for."""

    place: str
    what: str
    count: int
    waits_for: str = ""


class Stuck(Word):
    """A ticket that no automatic step can take further: in the vault or on the desk, which version of it, and why."""

    place: str
    ticket: str
    version: int
    reason: str


class Status(Word):
    """The whole road, the first of what is stuck, the newest Notices, and, always, the one thing to do next; `command`
    is that thing as a command."""

    rows: tuple[Waiting, ...]
    stuck: tuple[Stuck, ...]
    notices: tuple[Notice, ...]
    next: str
    command: str | None = None


class _Seen(Word):
    """The counts that the next step is chosen by."""

    empty: bool
    automatic: int
    stuck: int
    drafts: int
    reviews: int
    to_read: int
    to_mask: int
    undrawn: int
    active: int
    unfrozen: int
    release: int
    ran: int | None
    gate: str | None


def look_around(hands: "Hands", *, now: datetime) -> Status:
    """Counts from the vault, the desk, the suite's files and the newest run; reads only."""
    rows = [*_vault_rows(hands, now=now), *_desk_rows(hands)]
    suite_rows, active, unfrozen, release = _suite_rows(hands)
    run_rows, ran, gate = _run_rows(hands, now=now)
    rows += suite_rows + run_rows
    by = {(row.place, row.what): row.count for row in rows}
    seen = _Seen(
        empty=not rows,
        automatic=sum(row.count for row in rows if row.waits_for == "casemill work"),
        stuck=by.get(("vault", "stuck"), 0) + by.get(("desk", "stuck"), 0),
        drafts=sum(row.count for row in rows if row.waits_for == "casemill admit"),
        reviews=sum(row.count for row in rows if row.waits_for == "casemill review"),
        to_read=sum(row.count for row in rows if row.waits_for == READ),
        to_mask=sum(row.count for row in rows if row.waits_for == MASK),
        undrawn=_undrawn(hands) if active and unfrozen else 0,
        active=active,
        unfrozen=unfrozen,
        release=release,
        ran=ran,
        gate=gate,
    )
    told, command = _next(seen, has_target=bool(hands.settings.targets))
    return Status(
        rows=tuple(rows),
        stuck=_stuck(hands) if seen.stuck else (),
        notices=hands.vault.notices(limit=MOST_NOTICES)[1],
        next=told,
        command=command,
    )


def _stuck(hands: "Hands") -> tuple[Stuck, ...]:
    """The first few of the vault, then of the desk; the reasons hold nothing that a ticket says."""
    from casemill.store import tickets

    found = [
        Stuck(place="vault", ticket=_told_as(one), version=one.version, reason=one.reason or "")
        for one in hands.vault.stuck(limit=MOST_STUCK)
    ]
    with hands.desk.read() as db:
        rows = tickets.in_state(db, "stuck", limit=MOST_STUCK - len(found)) if len(found) < MOST_STUCK else ()
    found += [
        Stuck(place="desk", ticket=row.ticket.key, version=row.ticket.version, reason=row.reason or "") for row in rows
    ]
    return tuple(changed(one, reason=_bare(one)) for one in found)


def _told_as(one: "Unread") -> str:
    """Source and id; where the id itself is what is wrong, because it is somebody's, as the reason calls it."""
    name, _, why = (one.reason or "").partition(f" (version {one.version}): ")
    return name if "the id " in why else f"{one.source}:{one.external_id}"


def _bare(one: Stuck) -> str:
    """The reason without the name and version that it may begin with."""
    return one.reason.removeprefix(f"{one.ticket} (version {one.version}): ") or "no reason was written down"


def _vault_rows(hands: "Hands", *, now: datetime) -> list[Waiting]:
    waits = {"arrived": "casemill work", "screened": "casemill work", "stuck": SEE_BELOW}
    named = sum(hands.vault.looks_due(now=now).values())
    rows = [Waiting(place="vault", what="named by webhooks", count=named, waits_for="casemill work")] if named else []
    return (
        rows
        + [
            Waiting(place="vault", what=state, count=count, waits_for=waits.get(state, ""))
            for state, count in _ordered(hands.vault.counts(), ArrivalState)
        ]
        + _notice_rows(hands)
    )


def _notice_rows(hands: "Hands") -> list[Waiting]:
    """Whom screening has somebody to tell of, and who that is."""
    from casemill.ingest.screen import whom

    counts, _ = hands.vault.notices(limit=0)
    owner = whom(hands.settings) or "nobody: name one in [people] safety"
    return [
        Waiting(place="notices", what=danger, count=count, waits_for=owner)
        for danger, count in _ordered(counts, Danger)
    ]


def _desk_rows(hands: "Hands") -> list[Waiting]:
    from casemill.store import asks, changes, leaks, tickets

    waits = {"masked": "casemill work", "decided": "casemill work", "stuck": SEE_BELOW}
    with hands.desk.read() as db:
        states, open_asks, waiting = tickets.counts(db), asks.open_counts(db), changes.counts(db).get("waiting", 0)
        marks = len(leaks.waiting_marks(db))
    rows = [
        Waiting(place="desk", what=state, count=count, waits_for=waits.get(state, ""))
        for state, count in _ordered(states, TicketState)
    ]
    answered_by = {"draft": "casemill admit", "leak": READ}
    rows += [
        Waiting(place="people", what=f"{kind} asks", count=count, waits_for=answered_by.get(kind, "casemill review"))
        for kind, count in _ordered(open_asks, AskKind)
    ]
    if marks:
        rows.append(Waiting(place="people", what="leaks marked", count=marks, waits_for=MASK))
    if waiting:
        rows.append(Waiting(place="stairs", what="changes", count=waiting, waits_for="casemill work"))
    return rows


def _suite_rows(hands: "Hands") -> tuple[list[Waiting], int, int, int]:
    """Rows, and how many cases are active, how many of them the newest release lacks, and its number."""
    from casemill.suite import read_release, read_suite

    folder = hands.root / hands.settings.suite.path
    suite = read_suite(folder, cache=hands.root / ".casemill" / "cache")
    release = read_release(folder, None)
    frozen = {case.id: case.digest for case in release.cases} if release else {}
    active = {case.id: case.digest for case in suite.cases if case.status == "active"}
    unfrozen = sum(frozen.get(case) != digest for case, digest in active.items()) + len(frozen.keys() - active.keys())
    rows = [Waiting(place="suite", what=f"{status} cases", count=count) for status, count in _by_status(suite)]
    if suite.problems:
        rows.append(
            Waiting(place="suite", what="unreadable", count=len(suite.problems), waits_for="casemill suite lint")
        )
    if unfrozen:
        rows.append(Waiting(place="suite", what="not frozen", count=unfrozen, waits_for="casemill suite freeze"))
    return rows, len(active), unfrozen, release.number if release else 0


def _undrawn(hands: "Hands") -> int:
    """How many tickets of the next release have yet to be drawn for reading."""
    from casemill.review import look_at_sample

    settings = hands.settings.anonymize
    folder = hands.root / hands.settings.suite.path
    return look_at_sample(hands.desk, folder, share=settings.sample_share, least=settings.sample_least).undrawn


def _by_status(suite: "Suite") -> Iterator[tuple[str, int]]:
    return _ordered(Counter(case.status for case in suite.cases), cases.Status)


def _ordered(counts: Mapping[Any, int], states: Any) -> Iterator[tuple[str, int]]:
    """What there is of each state, in the order of the road."""
    return ((state, counts[state]) for state in get_args(states) if counts.get(state))


def _run_rows(hands: "Hands", *, now: datetime) -> tuple[list[Waiting], int | None, str | None]:
    """Rows, which release the newest run was of, and what the gate says of that run."""
    from casemill.gate import judge_run, read_rules
    from casemill.run import newest_run, read_run

    path: Path | None = newest_run(hands.root / ".casemill" / "runs")
    if path is None:
        return [], None, None
    try:
        run = read_run(path)
    except FileError:
        return [Waiting(place="runs", what=f"unreadable {path.name}", count=1)], None, None
    folder, head = hands.root / hands.settings.suite.path, run.head
    rules = read_rules(folder, release=head.release, yardsticks=head.yardsticks)
    state = judge_run(run, rules, now=now).state
    what = f"{path.name} on {run.head.target}: gate {state}"
    return [Waiting(place="runs", what=what, count=len(run.verdicts))], run.head.release, state


def _next(seen: _Seen, *, has_target: bool) -> tuple[str, str | None]:
    """What is nearest to the gate and can be done now comes first; a person's queue before new tickets."""
    freeze = seen.active and seen.unfrozen
    choices: list[tuple[object, str, str | None]] = [
        (seen.empty, "bring in the first tickets", "casemill ingest file PATH"),
        (seen.automatic, "let the automatic steps run", "casemill work"),
        (seen.drafts, f"say yes or no to {counted(seen.drafts, 'drafted case')}", "casemill admit"),
        (seen.reviews, f"decide on {counted(seen.reviews, 'ticket')}", "casemill review"),
        (seen.to_mask, f"mask {counted(seen.to_mask, 'leak')} that a reader marked", MASK),
        (seen.to_read, f"read {counted(seen.to_read, 'ticket')} for leaks", READ),
        (freeze and seen.undrawn, f"have {counted(seen.undrawn, 'ticket')} read for leaks", "casemill leaks"),
        (freeze, f"freeze {counted(seen.unfrozen, 'new or changed case')} into a release", "casemill suite freeze"),
        (seen.release and not has_target, "name the AI under test: [targets.NAME] in casemill.toml", None),
        (seen.release and seen.ran != seen.release, f"put release {seen.release} to the AI under test", "casemill run"),
        (seen.gate == "shut", "look at what shut the gate", "casemill gate"),
        (seen.gate == "unjudged", "see why the gate cannot tell", "casemill gate"),
        (seen.stuck, f"mend {counted(seen.stuck, 'stuck ticket')}: each is listed with its reason", None),
    ]
    for due, told, command in choices:
        if due:
            return told, command
    return "nothing is due; bring in new tickets when there are some", "casemill ingest file PATH"
