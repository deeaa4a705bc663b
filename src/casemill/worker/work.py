"""Everything automatic that is due, once: the same verbs the commands call, one after the other.

A step that fails is told and counted; the next one still runs, so that a broken source never stops the desk.
"""

import logging
import os
import platform
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from casemill.domain.progress import SILENT, Progress
from casemill.domain.word import Word
from casemill.domain.wording import counted
from casemill.errors import CasemillError

if TYPE_CHECKING:
    from casemill.ingest.pull import Ingested
    from casemill.ingest.traces import IngestedTraces
    from casemill.settings import Settings
    from casemill.store.desk import Desk
    from casemill.store.vault import Vault

log = logging.getLogger(__name__)


class Hands(NamedTuple):
    """What the work is done with: an open vault and desk, the settings, the project folder."""

    vault: "Vault"
    desk: "Desk"
    settings: "Settings"
    root: Path

    @property
    def name(self) -> str:
        """Which worker holds what it leases: this process on this machine."""
        return f"{platform.node()}:{os.getpid()}"


class Step(Word, omit_defaults=True):
    """What one step did, in words; `reasons` why the first few were put aside; `failed` why it could not."""

    name: str
    done: int = 0
    put_aside: int = 0
    told: str = ""
    reasons: tuple[str, ...] = ()
    failed: str | None = None


class Worked(Word):
    """Every step that was due, in the order of the road."""

    steps: tuple[Step, ...]

    @property
    def put_aside(self) -> int:
        return sum(step.put_aside for step in self.steps)

    @property
    def failed(self) -> bool:
        return any(step.failed for step in self.steps)


def work_once(hands: Hands, *, now: datetime, progress: Progress = SILENT) -> Worked:
    """Ingest from the sources that settings name, mask, propose, draft, and write waiting Changes."""
    steps: list[Step] = []
    for name, step in _STEPS.items():
        steps += guarded(name, partial(step, hands, now=now, progress=progress))
    return Worked(steps=tuple(steps))


def guarded(name: str, step: Callable[[], list[Step]]) -> list[Step]:
    """What a step did; that it failed, and why, where it did."""
    try:
        return step()
    except CasemillError as error:
        return [Step(name=name, failed=f"{error}")]
    except Exception as error:  # noqa: BLE001 - the work loop: one broken step must not stop the others
        log.error("%s failed: %s", name, type(error).__name__)
        return [Step(name=name, failed=f"unexpected {type(error).__name__}; run casemill {name} to see it")]


def _ingest(hands: Hands, *, now: datetime, progress: Progress) -> list[Step]:
    """Files that lie where the settings say, and helpdesks that they name; one that fails does not stop the others."""
    steps = []
    for name in hands.settings.ingest.sources:
        try:
            done = _taken_in(hands, name, now=now, progress=progress)
        except CasemillError as error:
            steps.append(Step(name=f"ingest {name}", failed=f"{error}"))
            continue
        if done is None:
            continue
        told = f"{done.new} new, {done.changed} changed, {done.same} the same"
        if done.erased:
            told += f", {done.erased} erased once and left out"
        steps.append(Step(name=f"ingest {name}", done=done.new + done.changed, put_aside=done.rejected, told=told))
    return steps


def _taken_in(hands: Hands, name: str, *, now: datetime, progress: Progress) -> "Ingested | IngestedTraces | None":
    from casemill.ingest import ingest_file, ingest_traces
    from casemill.ingest.helpdesks import is_helpdesk, kind_of
    from casemill.ingest.langfuse import Outside, Walked, ingest_langfuse
    from casemill.ingest.pull import Intake
    from casemill.ingest.walk import Fetch, Outward, ingest_helpdesk

    settings = hands.settings.ingest
    source = settings.sources[name]
    stores, rejects = (hands.vault, hands.desk), hands.root / ".casemill/rejects"
    if "path" in source:
        if not (path := hands.root / str(source["path"])).exists():
            return None
        if source.get("as") == "traces":
            return ingest_traces(hands.vault, [path], rejects=rejects, now=now, progress=progress)
        intake = Intake(path=path, form=source.get("as"), source=source.get("source"), rejects=rejects)
        return ingest_file(stores, intake, settings=settings, now=now, progress=progress)
    if name == "langfuse":
        walked = Walked(rejects, outside=Outside(allow=hands.settings.outward.allow))
        return ingest_langfuse(hands.vault, walked, settings=settings, now=now, progress=progress)
    if not is_helpdesk(kind_of(name, settings)):
        return None
    fetch = Fetch(name, rejects, outward=Outward(allow=hands.settings.outward.allow))
    return ingest_helpdesk(stores, fetch, settings=settings, now=now, progress=progress)


def _screen(hands: Hands, *, now: datetime, progress: Progress) -> list[Step]:
    from casemill.ingest.screen import Watch, screen_waiting

    done = screen_waiting(hands.vault, settings=hands.settings, watch=Watch(hands.name, now), progress=progress)
    told = ", ".join(f"{count:,} {danger}" for danger, count in sorted(done.dangers.items()))
    return [Step(name="screen", done=done.screened, told=f"{done.screened:,} screened" + (f": {told}" if told else ""))]


def _hooks(hands: Hands, *, now: datetime, progress: Progress) -> list[Step]:  # noqa: ARG001 - the shape of a step
    """Tickets that webhooks named, at most those of a minute of each source; the rest waits for the next time."""
    due = hands.vault.looks_due(now=now)
    named = [name for name in hands.settings.ingest.sources if name in due]
    if not named:
        return []
    from casemill.worker.looking import look_once, shift_from

    shift = shift_from(now, most=hands.settings.serve.tickets_a_minute)
    return [step for name in named for step in guarded(f"hooks {name}", partial(look_once, hands, name, shift=shift))]


def _erase(hands: Hands, *, now: datetime, progress: Progress) -> list[Step]:
    """Ends what a killed `casemill erase` left to do."""
    from casemill.anonymize import Ground, Places, finish_erasures

    ground = Ground(hands.settings, hands.root / hands.settings.suite.path, hands.root / ".casemill")
    done = finish_erasures(Places(hands.vault, hands.desk, ground), now=now, progress=progress)
    return [Step(name="erase", done=len(done), told=f"{counted(len(done), 'erasure')} finished")] if done else []


def _anonymize(hands: Hands, *, now: datetime, progress: Progress) -> list[Step]:
    from casemill.anonymize import Folders, mask_marked, mask_waiting

    settings = hands.settings
    done = mask_waiting(hands.vault, hands.desk, settings=settings, now=now, progress=progress)
    folders = Folders(hands.root / settings.suite.path, hands.root / ".casemill")
    marked = mask_marked(hands.vault, hands.desk, folders=folders, now=now, progress=progress)
    told = f"{done.masked} masked" + (f", {counted(marked.marks, 'mark')} of readers" if marked.marks else "")
    return [
        Step(
            name="anonymize",
            done=done.masked + done.changed + marked.marks,
            put_aside=done.stuck + len(marked.stale),
            told=told,
            reasons=(*done.reasons, *marked.files),
        )
    ]


def _triage(hands: Hands, *, now: datetime, progress: Progress) -> list[Step]:
    from casemill.suite import read_taxonomy
    from casemill.triage import propose_waiting

    taxonomy = read_taxonomy(hands.root / hands.settings.suite.path)
    done = propose_waiting(hands.desk, taxonomy=taxonomy, settings=hands.settings.triage, now=now, progress=progress)
    told = f"{counted(done.proposed, 'proposal')}, {done.asked:,} for a person to look at, {done.passed:,} passed"
    return [Step(name="triage", done=done.proposed, told=told)]


def _normalize(hands: Hands, *, now: datetime, progress: Progress) -> list[Step]:
    from casemill.normalize import draft_waiting
    from casemill.suite import read_taxonomy

    taxonomy = read_taxonomy(hands.root / hands.settings.suite.path)
    done = draft_waiting(hands.desk, taxonomy=taxonomy, settings=hands.settings.suite, now=now, progress=progress)
    return [Step(name="normalize", done=done.drafted, told=counted(done.drafted, "draft"))]


def _pull(hands: Hands, *, now: datetime, progress: Progress) -> list[Step]:  # noqa: ARG001 - the shape of a step
    from casemill.sync import pull_changes

    suite = hands.settings.suite
    done = pull_changes(hands.desk, hands.root / suite.path, now=now, commit=suite.commit, branch=suite.branch)
    return [Step(name="suite pull", done=len(done.written), told=f"{counted(len(done.written), 'file')} written")]


_STEPS: dict[str, Callable[..., list[Step]]] = {
    "ingest": _ingest,
    "hooks": _hooks,
    "screen": _screen,
    "erase": _erase,
    "anonymize": _anonymize,
    "triage": _triage,
    "normalize": _normalize,
    "suite pull": _pull,
}
