"""Everything automatic that is due, once: the same verbs the commands call, one after the other.

A step that fails is told and counted; the next one still runs, so that a broken source never stops the desk.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from casemill.domain.progress import SILENT, Progress
from casemill.domain.word import Word
from casemill.domain.wording import counted
from casemill.errors import CasemillError

if TYPE_CHECKING:
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
        try:
            steps += step(hands, now=now, progress=progress)
        except CasemillError as error:
            steps.append(Step(name=name, failed=f"{error}"))
        except Exception as error:  # noqa: BLE001 - the work loop: one broken step must not stop the others
            log.error("%s failed: %s", name, type(error).__name__)
            steps.append(Step(name=name, failed=f"unexpected {type(error).__name__}; run casemill {name} to see it"))
    return Worked(steps=tuple(steps))


def _ingest(hands: Hands, *, now: datetime, progress: Progress) -> list[Step]:
    from casemill.ingest import ingest_file
    from casemill.ingest.pull import Intake

    steps = []
    for name, source in hands.settings.ingest.sources.items():
        if "path" not in source or not (path := hands.root / str(source["path"])).exists():
            continue
        intake = Intake(
            path=path, form=source.get("as"), source=source.get("source"), rejects=hands.root / ".casemill/rejects"
        )
        done = ingest_file(
            (hands.vault, hands.desk), intake, settings=hands.settings.ingest, now=now, progress=progress
        )
        told = f"{done.new} new, {done.changed} changed, {done.same} the same"
        steps.append(Step(name=f"ingest {name}", done=done.new + done.changed, put_aside=done.rejected, told=told))
    return steps


def _anonymize(hands: Hands, *, now: datetime, progress: Progress) -> list[Step]:
    from casemill.anonymize import mask_waiting

    settings = hands.settings
    done = mask_waiting(hands.vault, hands.desk, settings=settings, now=now, progress=progress)
    told = f"{done.masked} masked"
    return [
        Step(
            name="anonymize",
            done=done.masked + done.changed,
            put_aside=done.stuck,
            told=told,
            reasons=done.reasons,
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
    "anonymize": _anonymize,
    "triage": _triage,
    "normalize": _normalize,
    "suite pull": _pull,
}
