"""`casemill demo`: the whole road on a packaged shop."""

import os
from functools import partial
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from casemill.cli.project import utc_now
from casemill.cli.show import counted, json_option, print_json

if TYPE_CHECKING:
    from casemill.demo.peek import Peek
    from casemill.demo.play import Judged, Played, Stage
    from casemill.domain.gate import Red

WIDTH = 100
COLOURS = {"open": "green", "shut": "red", "unjudged": "yellow"}
TICKETS_SHOWN = 4
CASE_LINES = 40
INTRO = """\
Borsuq is an invented shop that sells kettles, lamps, power stations and tents. Its support bot made
mistakes, customers wrote about them, and people decided on the tickets: the decisions were recorded
beforehand, everything else happens now."""


@click.command()
@click.option(
    "--at",
    "folder",
    type=click.Path(path_type=Path),
    default="casemill-demo",
    metavar="FOLDER",
    help="Where to make it. Default: casemill-demo.",
)
@json_option
def demo(*, folder: Path, as_json: bool) -> None:
    """Run the whole road on a packaged shop: tickets, masking, decisions, cases, a shut gate, an open one.

    Needs no model, no key and no network. A folder that holds the demo already is walked again; any other folder must
    be empty or new. Exits with 0 when it came to the end, whatever the gates say.

    Example: casemill demo --at /tmp/borsuq
    """
    from casemill.demo import walk

    played = walk(folder.absolute(), now=utc_now(), tell=(lambda _: None) if as_json else partial(_tell, folder))
    if as_json:
        print_json(played)
    else:
        click.echo("\n".join(_story(played, _shown(folder))))


def _tell(folder: Path, stage: "Stage") -> None:
    """One line when a stage is done; what this is all about before the first."""
    if stage.name == "init":
        click.echo(f"{INTRO}\n\nIn {_shown(folder)}:")
    first, *rest = wrap(stage.told, WIDTH - 24) or [""]
    click.echo(f"  {stage.name:<13} {first:<{WIDTH - 24}} {stage.seconds:5.1f} s")
    for line in rest:
        click.echo(f"  {'':<13} {line}")


def _story(played: "Played", folder: str) -> list[str]:
    """What to look at when the road is walked, and what to do next."""
    return [
        f"  {'in all':<13} {'':<{WIDTH - 24}} {played.seconds:5.1f} s",
        *_ticket(played.peek),
        *_case(played.peek),
        *_gate("Version 1, the bot of these tickets", played.v1, shown=played.peek.ticket),
        *_gate("Version 2, the mended one", played.v2, shown=played.peek.ticket),
        *_next(played, folder),
    ]


def _ticket(shown: "Peek") -> list[str]:
    lines = [part for line in shown.lines for part in _wrapped(line, indent=2, hang=11)]
    return ["", _title(f"A ticket as everybody sees it after masking ({shown.ticket})"), *lines]


def _case(shown: "Peek") -> list[str]:
    lines = shown.case.splitlines()
    more = [f"  … {counted(len(lines) - CASE_LINES, 'more line')}"] if len(lines) > CASE_LINES else []
    cut = [f"  {line}" if len(line) <= WIDTH - 2 else f"  {line[: WIDTH - 3]}…" for line in lines[:CASE_LINES]]
    return ["", _title(f"The case that came of it ({shown.case_path})"), *cut, *more]


def _gate(title: str, judged: "Judged", *, shown: str) -> list[str]:
    judgement = judged.judgement
    state = click.style(judgement.state.upper(), fg=COLOURS[judgement.state], bold=True)
    because = "; ".join(judgement.because) or "nothing stands against it"
    lines = ["", _title(f"{title}: the gate is ") + state, *_wrapped(because, indent=2)]
    reds = judgement.reds
    if worst := [red for red in reds if red.severity == "P0"]:
        lines += ["  P0, by what went wrong, with the tickets they lead back to:", *_by_mode(worst)]
        lines.append("  One of them:")
        lines += _red(next((red for red in worst if red.ticket == shown), worst[0]))
    elif reds:
        lines.append(f"  {judgement.passed} of {judgement.judged} cases passed. Told, for it keeps no gate shut:")
        lines += [line for red in reds for line in _red(red)]
    return lines


def _by_mode(reds: list["Red"]) -> list[str]:
    """One line a failure mode: how many, and the first tickets."""
    modes: dict[str, list[str]] = {}
    for red in sorted(reds, key=lambda red: red.ticket or ""):
        modes.setdefault(red.failure_mode, []).append(red.ticket or "")
    lines = []
    for mode, tickets in sorted(modes.items(), key=lambda item: -len(item[1])):
        more = f" and {len(tickets) - TICKETS_SHOWN} more" if len(tickets) > TICKETS_SHOWN else ""
        lines.append(f"    {len(tickets):>2} {mode:<18} {' '.join(tickets[:TICKETS_SHOWN])}{more}")
    return lines


def _red(red: "Red") -> list[str]:
    """A red with its way back: what was said, why that is wrong, the case file, the ticket."""
    case = _shown(Path(red.path)) if red.path else None
    told = {"case": case, "ticket": f"{red.ticket}  {red.link or ''}", "said": red.said, "why": red.reason}
    return [
        line
        for label, value in told.items()
        if value
        for line in _wrapped(f"{label:<8}{' '.join(value.split())}", indent=4, hang=8)
    ]


def _wrapped(text: str, *, indent: int, hang: int = 0) -> list[str]:
    first, rest = " " * indent, " " * (indent + hang)
    return wrap(text, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def _next(played: "Played", folder: str) -> list[str]:
    commands = [
        (f"cd {folder}", ""),
        ("casemill status", "what waits where, and the one thing to do next"),
        ("casemill review", f"{counted(played.to_review, 'ticket')} that nobody has read yet"),
        ("casemill normalize", "draft cases from what you decided"),
        ("casemill admit", f"{counted(played.to_admit, 'drafted case')} to say yes or no to"),
        ("casemill leaks", "look for what masking missed, and draw tickets for people to read"),
        ("casemill review --leaks", "read those whole: is anybody still to be told from them?"),
        ("casemill suite freeze", "make the new cases part of the next release"),
        ("casemill run --target v2", "put the release to the mended bot"),
        ("casemill gate", "judge that run"),
    ]
    told = [f"  {command:<26} {about}".rstrip() for command, about in commands]
    run = Path(played.v1.run_file).stem
    return ["", _title("Now you"), *told, f"  casemill gate {run}   the whole report on version 1"]


def _title(text: str) -> str:
    return click.style(text, bold=True)


def _shown(path: Path) -> str:
    """A path as a person types it where they stand."""
    relative = os.path.relpath(path)
    return relative if len(relative) <= len(str(path)) else str(path)
