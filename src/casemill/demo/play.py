"""The whole road on the packaged shop: from tickets to a shut gate for version 1 and an open one for version 2."""

import os
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from casemill.demo.folder import lay_out, read_articles
from casemill.demo.peek import Peek, peek
from casemill.domain.gate import Judgement
from casemill.domain.placeholder import PLACEHOLDER
from casemill.domain.word import Word
from casemill.domain.wording import counted
from casemill.errors import CasemillError
from casemill.settings import Settings

if TYPE_CHECKING:
    from casemill.store import Desk, Vault
SOURCE = "borsuq"
# Each reading of what was masked anew; the third finds nothing that the first two could have left.
MOST_READINGS = 3


class Stage(Word):
    """One step of the road: its name, what it did in words, and how many seconds it took."""

    name: str
    told: str
    seconds: float


class Judged(Word):
    """One version of the bot put to the suite: its run file and what the gate says of it."""

    run_file: str
    judgement: Judgement


class Played(Word):
    """What was done: the stages, a ticket and its case to look at, both judgements, and what waits for a person."""

    folder: str
    stages: tuple[Stage, ...]
    seconds: float
    peek: Peek
    v1: Judged
    v2: Judged
    to_review: int
    to_admit: int


class Scene(NamedTuple):
    """What the steps work on: the project folder, its settings, the open stores, the time."""

    root: Path
    settings: Settings
    vault: "Vault"
    desk: "Desk"
    now: datetime

    @property
    def shop(self) -> Path:
        return self.root / "shop"

    @property
    def suite(self) -> Path:
        return self.root / self.settings.suite.path


Tell = Callable[[Stage], None]


def walk(root: Path, *, now: datetime, tell: Tell) -> Played:
    """Lays a demo project out in `root` and walks the road; `tell` hears of each stage as soon as it is done.

    A folder that holds the demo already is walked again, and nothing is done twice. A UsageError when `root` holds
    anything else.
    """
    from casemill.store import open_desk, open_vault

    clock = _Clock(tell)
    settings = lay_out(root)
    with open_vault(settings.store, root=root) as vault, open_desk(settings.store, root=root) as desk:
        scene = Scene(root, settings, vault, desk, now)
        clock.done("init", f"casemill.toml; {settings.suite.path}/ for Git; .casemill/ for what stays private")
        for name, step in STEPS.items():
            clock.done(name, step(scene))
        one, two = (_judged(scene, target, clock=clock) for target in ("v1", "v2"))
        waiting = _open_asks(scene)
        shown = peek(desk, scene.suite)
    return Played(
        folder=str(root),
        stages=tuple(clock.stages),
        seconds=round(sum(stage.seconds for stage in clock.stages), 2),
        peek=shown,
        v1=one,
        v2=two,
        to_review=waiting.get("review", 0),
        to_admit=waiting.get("draft", 0),
    )


class _Clock:
    """Notes each stage with the time since the one before."""

    def __init__(self, tell: Tell) -> None:
        self.tell = tell
        self.stages: list[Stage] = []
        self.since = monotonic()

    def done(self, name: str, told: str) -> None:
        now = monotonic()
        self.stages.append(Stage(name=name, told=told, seconds=round(now - self.since, 2)))
        self.since = now
        self.tell(self.stages[-1])


def _ingest(scene: Scene) -> str:
    from casemill.ingest import ingest_file
    from casemill.ingest.pull import Intake
    from casemill.store import articles

    rejects = scene.root / ".casemill" / "rejects"
    stores, settings = (scene.vault, scene.desk), scene.settings.ingest
    tickets = Intake(scene.shop / "tickets.jsonl", rejects=rejects, form="jsonl", source=SOURCE)
    done = ingest_file(stores, tickets, settings=settings, now=scene.now)
    macros = Intake(scene.shop / "macros.json", rejects=rejects, form="zendesk", source=SOURCE)
    brought = ingest_file(stores, macros, settings=settings, now=scene.now)
    known = read_articles(scene.shop / "articles")
    with scene.desk.write() as db:
        for article in known:
            articles.put(db, article)
    return (
        f"{done.seen} tickets ({done.new} new), {brought.articles} macros, {len(known)} articles; "
        f"{done.rejected + brought.rejected} put aside"
    )


def _anonymize(scene: Scene) -> str:
    from casemill.anonymize import mask_waiting
    from casemill.store import tickets

    done = mask_waiting(scene.vault, scene.desk, settings=scene.settings, now=scene.now)
    with scene.desk.read() as db:
        texts = [turn.text for row in tickets.everything(db) for turn in row.ticket.turns]
    labels = Counter(match[1] for text in texts for match in PLACEHOLDER.finditer(text))
    told = ", ".join(f"{count} {label}" for label, count in labels.most_common(6))
    return f"{done.masked} masked; on the desk stand {told}"


def _triage(scene: Scene) -> str:
    from casemill.suite import read_taxonomy
    from casemill.triage import propose_waiting

    done = propose_waiting(
        scene.desk, taxonomy=read_taxonomy(scene.suite), settings=scene.settings.triage, now=scene.now
    )
    return f"{done.proposed} proposals, each with its evidence; {done.asked} ask a person"


def _review(scene: Scene) -> str:
    from casemill.review import read_recorded, record_all

    reviews, problems = read_recorded(scene.shop / "reviews.jsonl")
    done = record_all(scene.desk, reviews, now=scene.now)
    _refuse([*map(str, problems), *(f"{one.ticket}: {one.reason}" for one in done.rejected)], "reviews.jsonl")
    again = f" ({done.already} known already)" if done.already else ""
    waiting = _open_asks(scene).get("review", 0)
    return f"{len(reviews)} decisions, recorded by people beforehand{again}; {waiting} wait for you"


def _normalize(scene: Scene) -> str:
    from casemill.normalize import draft_waiting
    from casemill.suite import read_taxonomy

    done = draft_waiting(scene.desk, taxonomy=read_taxonomy(scene.suite), settings=scene.settings.suite, now=scene.now)
    return f"{done.drafted} drafts from {done.tickets} tickets: input, expectation, assertions"


def _admit(scene: Scene) -> str:
    from casemill.normalize.admit import apply_recorded, read_recorded
    from casemill.sync import pull_changes

    entries, problems = read_recorded(scene.shop / "admissions.jsonl")
    done = apply_recorded(scene.desk, entries, by="recorded", now=scene.now)
    _refuse([*map(str, problems), *done.problems], "admissions.jsonl")
    pulled = pull_changes(scene.desk, scene.suite, now=scene.now, commit=False, branch=None)
    quarantined = f" ({done.quarantined} more in quarantine)" if done.quarantined else ""
    again = f" ({done.already} known already)" if done.already else ""
    waiting = _open_asks(scene).get("draft", 0)
    return (
        f"{done.admitted} yes{quarantined} and {done.rejected} no, recorded beforehand{again}; "
        f"{len(pulled.written)} files written; {waiting} wait for you"
    )


def _leaks(scene: Scene) -> str:
    """Draw, read, mask what was marked, and read that once more, until nobody finds anything."""
    from casemill.demo.readers import answer_readers
    from casemill.review import draw_sample, leak_report, look_at_sample

    share, least = scene.settings.anonymize.sample_share, scene.settings.anonymize.sample_least
    for _ in range(MOST_READINGS):
        draw_sample(scene.desk, scene.suite, now=scene.now, share=share, least=least)
        if not answer_readers(scene.desk, scene.shop, now=scene.now):
            break
        _mask_marked(scene)
    sample, report = look_at_sample(scene.desk, scene.suite, share=share, least=least), leak_report(scene.desk)
    leaks = f"{report.leaks.hits} with a leak, masked since" if report.leaks.hits else "no leak"
    over = f", {counted(report.over_masked.hits, 'ticket')} over-masked" if report.over_masked.hits else ""
    return f"{sample.read} of {sample.tickets} tickets drawn, doubtful ones more often, and read whole: {leaks}{over}"


def _mask_marked(scene: Scene) -> None:
    from casemill.anonymize.marks import Folders, mask_marked
    from casemill.sync import pull_changes

    folders = Folders(scene.suite, scene.root / ".casemill")
    mask_marked(scene.vault, scene.desk, folders=folders, now=scene.now)
    pull_changes(scene.desk, scene.suite, now=scene.now, commit=False, branch=None)


def _freeze(scene: Scene) -> str:
    from casemill.review import look_at_sample, refuse_unread
    from casemill.run.graders import Surroundings, complaint
    from casemill.run.yardsticks import yardsticks_of
    from casemill.suite import Checks, freeze

    refuse_unread(look_at_sample(scene.desk, scene.suite))
    by = scene.settings.people.me or "demo"
    around = Surroundings(scene.root, scene.suite, scene.now)
    checks = Checks(
        assertion=complaint,
        keep=scene.settings.anonymize.keep,
        yardsticks=lambda cases: yardsticks_of(cases, around).digests,
    )
    frozen = freeze(scene.suite, by=by, now=scene.now, note="The demo's cases.", checks=checks)
    severities = Counter(case.severity for case in frozen.release.cases)
    told = ", ".join(f"{severities[severity]} {severity}" for severity in ("P0", "P1", "P2"))
    modes = len({case.failure_mode for case in frozen.release.cases})
    return f"release {frozen.release.number}: {len(frozen.release.cases)} cases ({told}) in {modes} failure modes"


STEPS: dict[str, Callable[[Scene], str]] = {
    "ingest": _ingest,
    "anonymize": _anonymize,
    "triage": _triage,
    "review": _review,
    "normalize": _normalize,
    "admit": _admit,
    "leaks": _leaks,
    "suite freeze": _freeze,
}


def _judged(scene: Scene, target: str, *, clock: _Clock) -> Judged:
    """Runs the newest release on a target and puts the run to the gate."""
    from casemill.gate import judge_run, read_rules
    from casemill.run import Order, Place, read_run, run_order
    from casemill.sync import import_run

    ran = run_order(Order(target=target), Place(scene.root, scene.settings, os.environ), now=scene.now)
    clock.done(f"run {target}", f"{ran.cases} cases: {ran.passed} passed, {ran.failed} failed, {ran.errors} errors")
    path = Path(ran.file)
    import_run(scene.desk, path)
    run = read_run(path)
    rules = read_rules(scene.suite, release=run.head.release, yardsticks=run.head.yardsticks)
    judgement = judge_run(run, rules, now=scene.now)
    clock.done(f"gate {target}", _verdict(judgement))
    return Judged(run_file=ran.file, judgement=judgement)


def _verdict(judgement: Judgement) -> str:
    reds = Counter(red.severity for red in judgement.reds)
    told = ", ".join(f"{reds[severity]} {severity}" for severity in sorted(reds))
    return f"{judgement.state}: {told} did not pass" if told else f"{judgement.state}: everything passed"


def _open_asks(scene: Scene) -> dict[str, int]:
    from casemill.store import asks

    with scene.desk.read() as db:
        return {str(kind): count for kind, count in asks.open_counts(db).items()}


def _refuse(problems: list[str], name: str) -> None:
    """The packaged decisions fit the packaged tickets; when they do not, the package is broken."""
    if problems:
        raise CasemillError(
            f"shop/{name} does not fit the tickets: {problems[0]}",
            hint="was it edited? begin anew in an empty folder: casemill demo --at FOLDER",
        )
