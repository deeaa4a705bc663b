"""Cases handed to other tools, and their answers graded here: the door of `casemill suite export`."""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from casemill.domain.case import Assertion, Case
from casemill.domain.grade import Grade
from casemill.domain.reply import Reply
from casemill.domain.word import Word
from casemill.domain.wording import counted
from casemill.errors import FileError
from casemill.run.fold import fold_phrase
from casemill.run.graders import Surroundings, build, build_all
from casemill.run.input import messages_of
from casemill.run.model import ModelTarget, messages_to, read_prompt
from casemill.run.order import Order, Place
from casemill.run.reply import call_of
from casemill.run.selection import choose, refuse_graders
from casemill.run.targets import Named, read_target
from casemill.run.trials import look
from casemill.suite.formats import MARK, Check, Model, Parcel, Shipment, write_format


class Exported(Word, omit_defaults=True):
    """What an export wrote: the folder and its files, how many cases and assertions, and what to tell."""

    folder: str
    format: str
    files: tuple[str, ...]
    cases: int
    assertions: int
    told: tuple[str, ...] = ()


def export_order(order: Order, place: Place, *, form: str, folder: Path, now: datetime) -> Exported:
    """Writes the cases that an order asks for as another tool's files; its target tells which model is to be asked."""
    around = Surroundings(place.root, place.suite, now)
    chosen = choose(order, place, around=around)
    refuse_graders(chosen.cases, around)
    name = order.target or place.settings.run.target
    known = bool(name or len(place.settings.targets) == 1)
    target = read_target(place.settings.targets, name, root=place.root) if known else None
    shipment = pack(chosen.cases, target, around=around, folder=folder)
    files = write_format(form, shipment, folder=folder)
    checks = sum(len(parcel.checks) for parcel in shipment.parcels)
    told = (*chosen.told, *_told(shipment, target))
    return Exported(folder=str(folder), format=form, files=files, cases=len(chosen.cases), assertions=checks, told=told)


def _told(shipment: Shipment, target: Named | None) -> Iterator[str]:
    if shipment.model is None:
        what = f"the target {target.name} is a {target.kind}" if target else "no target is named"
        yield f"{what}, no model behind an address: name the model in the other tool"
    live = sum(parcel.case.input.live for parcel in shipment.parcels)
    if live:
        yield f"{counted(live, 'case')} with live turns: the other tool is sent them as they stand"
    if any(check.grader == "judge" for parcel in shipment.parcels for check in parcel.checks):
        yield "what a judge grades is graded there by the other tool's own judge, or not at all"


def pack(cases: Sequence[Case], target: Named | None, *, around: Surroundings, folder: Path) -> Shipment:
    """All that a format needs of the cases; a UsageError for an assertion that no grader takes. A target that is no
    model behind an address is left for the other tool's own settings."""
    model = target.target if target and isinstance(target.target, ModelTarget) else None
    prompt = read_prompt(model.system, around.root) if model else ""
    parcels = []
    for case in cases:
        messages = messages_to(model, case, prompt=prompt) if model else messages_of(case)
        parcels.append(Parcel(case, tuple(messages), tuple(_checks(case, around))))
    places = {name: os.path.relpath(path, folder) for name, path in (("root", around.root), ("suite", around.suite))}
    return Shipment(tuple(parcels), _model(model), places, lambda text, small: fold_phrase(text, ignore_case=small))


def look_from_abroad(folder: Path, case_id: str, *, check: int, output: Any, now: datetime) -> Grade:
    """One grader's answer to what another tool's model gave back; `folder` is the one that was exported."""
    case, root, suite = _case(folder.resolve(), case_id)
    name, grader = build_all(case, Surroundings(root, suite, now))[check]
    return look(name, grader, reply=reply_from(output), case=case)


def reply_from(output: Any) -> Reply:
    """A Reply from what another tool calls the output: a text, an OpenAI message, a list of tool calls, or an object of
    a Reply's fields."""
    if isinstance(output, str):
        return Reply(text=output)
    if isinstance(output, list):
        return Reply(calls=tuple(call_of(call) for call in output))
    if isinstance(output, dict) and ("content" in output or "tool_calls" in output):
        calls = tuple(call_of(call) for call in output.get("tool_calls") or ())
        return Reply(text=output.get("content") or "", calls=calls)
    if isinstance(output, dict) and "text" in output:
        from casemill.run.reply import reply_of

        return reply_of(output)
    return Reply(text=msgspec.json.encode(output).decode())


def _checks(case: Case, around: Surroundings) -> Iterator[Check]:
    for assertion in case.assertions:
        parts = build(assertion).parts(around)
        if parts is None:
            yield _check(assertion.grader, assertion, around=around)
        for part in parts or ():
            yield _check(f"{assertion.grader}/{part.name}", part.assertion, around=around)._replace(
                only_drafts=part.only_drafts
            )


def _check(name: str, assertion: Assertion, *, around: Surroundings) -> Check:
    """With all arguments written out; a schema's file is read, the other files stay where they are."""
    grader = build(assertion)
    ready = grader.prepared(around)
    return Check(name, assertion.grader, msgspec.to_builtins(ready if type(ready) is type(grader) else grader))


def _model(target: ModelTarget | None) -> Model | None:
    if target is None:
        return None
    return Model(target.base_url, target.model, target.api_key_env, target.params, target.tools)


@lru_cache(maxsize=4096)
def _case(folder: Path, case_id: str) -> tuple[Case, Path, Path]:
    told = _read(folder / MARK)
    if case_id not in told["cases"]:
        raise FileError(folder / MARK, f"holds no case {case_id!r}")
    return msgspec.convert(told["cases"][case_id], Case), folder / told["root"], folder / told["suite"]


@lru_cache(maxsize=8)
def _read(path: Path) -> Any:
    try:
        return msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError) as error:
        raise FileError(path, f"cannot be read: {error}") from None
