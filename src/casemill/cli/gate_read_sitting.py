"""The reds of a run at a terminal, one after the other, each with a key."""

import shutil
from collections.abc import Iterator
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from casemill.cli.gate_read import KEYS, made
from casemill.cli.keys import ESCAPE, Back, read_key, read_line
from casemill.cli.project import Project

if TYPE_CHECKING:
    from casemill.cli.gate_place import Judged
    from casemill.domain.gate import Red, RedRead

NAMES = "r regression   s stale case   g wrong grader   f flake   Space skip   Esc or q end"


def sit(project: Project, judged: "Judged", *, who: str | None) -> "Iterator[RedRead]":
    """Every red that this run has and nobody has read in it yet; until the person leaves."""
    run = judged.run.head.id
    done = {reading.case for reading in judged.rules.readings if reading.run == run}
    reds = [red for red in judged.judgement.reds if red.result != "error" and red.case not in done]
    for number, red in enumerate(reds, 1):
        _show(red, f"{number} of {len(reds)}")
        while (key := read_key()) not in (*KEYS, " ", ESCAPE, "q"):
            pass
        if key in (ESCAPE, "q"):
            return
        if key != " ":
            try:
                note = "" if key == "r" else read_line("why (Enter: none)")
            except Back:
                continue
            yield made(project, judged, said={"case": red.case, "read_as": KEYS[key], "note": note, "who": who})


def _show(red: "Red", place: str) -> None:
    from casemill.gate.phrases import labelled
    from casemill.gate.safe import one_line, web_address

    width = min(100, shutil.get_terminal_size((80, 24)).columns)
    click.clear()
    click.secho(
        f"{red.severity} {one_line(red.case)}  {one_line(red.failure_mode)}  {red.result}  ({place})", bold=True
    )
    back = [("ticket", red.ticket), ("source", web_address(red.link)), ("desk", web_address(red.desk))]
    for label, value in (*labelled(red), *((label, value) for label, value in back if value)):
        lines = wrap(one_line(value), width - 12) or [""]
        click.echo(f"  {label + ':':<10}{lines[0]}")
        for line in lines[1:]:
            click.echo(f"  {'':<10}{line}")
    click.echo()
    click.echo(NAMES)
