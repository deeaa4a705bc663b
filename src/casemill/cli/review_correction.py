"""The questions of a correction: whose failure, then for each failure the turn, the mode, the severity."""

from typing import TYPE_CHECKING, cast

import click

from casemill.cli.review_keys import read_key

if TYPE_CHECKING:
    from casemill.domain.failure import Failure, Origin, Severity
    from casemill.domain.taxonomy import FailureMode, Taxonomy
    from casemill.review import Question

ORIGINS: "tuple[Origin, ...]" = ("model", "product", "misuse", "one_off", "none")
ENTER, ESCAPE = ("\r", "\n"), "\x1b"


def ask_origin() -> "Origin | None":
    """By digit; None when the person thinks better of it."""
    click.echo("Whose failure?  " + "  ".join(f"{n} {name}" for n, name in enumerate(ORIGINS, 1)) + "   Esc: back")
    while True:
        key = read_key()
        if key == ESCAPE:
            return None
        if key in "12345":
            return ORIGINS[int(key) - 1]


def ask_failures(question: "Question", taxonomy: "Taxonomy") -> "tuple[Failure, ...] | None":
    """One failure after the other, the proposal's as suggestions; None when the person goes back at the first."""
    from casemill.domain.failure import Failure

    proposed = list(question.proposal.failures) if question.proposal else []
    found: list[Failure] = []
    _list_modes(taxonomy)
    while True:
        hint = proposed[len(found)] if len(found) < len(proposed) else None
        mode = _ask_mode(taxonomy, hint)
        if mode is None:
            return tuple(found) or None
        turn = _ask_turn(question, hint)
        severity = _ask_severity(mode)
        found.append(Failure(mode=mode.name, severity=severity, turn=turn))
        click.echo("Another failure in this ticket? y, or any key for no")
        if read_key().lower() not in ("y", "н"):
            return tuple(found)


def _list_modes(taxonomy: "Taxonomy") -> None:
    names = [f"{n:>2} {mode.name} {mode.severity}" for n, mode in enumerate(taxonomy.modes, 1)]
    rows = -(-len(names) // 3)
    for row in range(rows):
        click.echo("".join(f"{name:<26}" for name in names[row::rows]).rstrip())


def _ask_mode(taxonomy: "Taxonomy", hint: "Failure | None") -> "FailureMode | None":
    likely = next((n for n, name in enumerate(taxonomy.names, 1) if hint and name == hint.mode), None)
    shown = f"Enter: {likely} {hint.mode}" if likely and hint else "Enter: back"
    while True:
        given = click.prompt(f"Which failure? number or name ({shown})", default="", show_default=False).strip()
        if not given:
            return taxonomy.modes[likely - 1] if likely else None
        if given.isdecimal() and 1 <= int(given) <= len(taxonomy.modes):
            return taxonomy.modes[int(given) - 1]
        if known := taxonomy.mode(given):
            return known
        click.echo(f"There are {len(taxonomy.modes)} modes; give a number or a name.")


def _ask_turn(question: "Question", hint: "Failure | None") -> int | None:
    replies = [place for place, _ in question.ticket.said_by("assistant")]
    if not replies:
        return None
    likely = hint.turn if hint and hint.turn is not None else replies[-1]
    while True:
        given = click.prompt(f"Failing reply # (Enter: {likely}, - for none)", default="", show_default=False).strip()
        if not given:
            return likely
        if given == "-":
            return None
        if given.removeprefix("#").isdecimal() and int(given.removeprefix("#")) in replies:
            return int(given.removeprefix("#"))
        click.echo("The assistant's turns: " + ", ".join(str(place) for place in replies))


def _ask_severity(mode: "FailureMode") -> "Severity":
    click.echo(f"Severity: 0 P0, 1 P1, 2 P2   Enter: {mode.severity}")
    while True:
        key = read_key()
        if key in ENTER:
            return mode.severity
        if key in "012":
            return cast("Severity", f"P{key}")
