"""The questions of a correction: whose failure, then for each failure the mode, the turn, the severity.

Each of them raises Back when the person goes back to the ticket; then nothing is corrected.
"""

from typing import TYPE_CHECKING, cast

import click

from casemill.cli.keys import BACK, ENTER, Back, read_choice, read_key_or_back, read_line

if TYPE_CHECKING:
    from casemill.domain.failure import Failure, Origin, Severity
    from casemill.domain.taxonomy import FailureMode, Taxonomy
    from casemill.review import Question

ORIGINS: "tuple[Origin, ...]" = ("model", "product", "misuse", "one_off", "none")


def ask_correction(question: "Question", taxonomy: "Taxonomy") -> "tuple[Origin, tuple[Failure, ...]]":
    """Whose failure it was and, for the model's, at least one failure."""
    numbered = {f"{n}": name for n, name in enumerate(ORIGINS, 1)}
    click.echo("Whose failure?  " + "  ".join(f"{key} {name}" for key, name in numbered.items()) + f"   {BACK}")
    origin = numbered[read_choice(numbered)]
    return origin, _ask_failures(question, taxonomy) if origin == "model" else ()


def _ask_failures(question: "Question", taxonomy: "Taxonomy") -> "tuple[Failure, ...]":
    """One failure after the other, the proposal's as suggestions."""
    from casemill.domain.failure import Failure

    proposed = list(question.proposal.failures) if question.proposal else []
    found: list[Failure] = []
    _list_modes(taxonomy)
    while True:
        hint = proposed[len(found)] if len(found) < len(proposed) else None
        mode = _ask_mode(taxonomy, hint, enough=bool(found))
        if mode is None:
            return tuple(found)
        turn = _ask_turn(question, hint)
        severity = _ask_severity(mode)
        found.append(Failure(mode=mode.name, severity=severity, turn=turn))
        if not _is_there_another():
            return tuple(found)


def _list_modes(taxonomy: "Taxonomy") -> None:
    names = [f"{n:>2} {mode.name} {mode.severity}" for n, mode in enumerate(taxonomy.modes, 1)]
    rows = -(-len(names) // 3)
    for row in range(rows):
        click.echo("".join(f"{name:<26}" for name in names[row::rows]).rstrip())


def _ask_mode(taxonomy: "Taxonomy", hint: "Failure | None", *, enough: bool) -> "FailureMode | None":
    """None: no other failure; only when there are `enough` already."""
    likely = taxonomy.mode(hint.mode) if hint else None
    enter = f"{taxonomy.modes.index(likely) + 1} {likely.name}" if likely else "no other" if enough else "back"
    while True:
        given = _ask(f"Which failure? number or name (Enter: {enter}, {BACK})")
        if not given and not likely and not enough:
            raise Back
        if not given:
            return likely
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
        given = _ask(f"Failing reply # (Enter: {likely}, - for none, {BACK})")
        if not given:
            return likely
        if given == "-":
            return None
        if given.removeprefix("#").isdecimal() and int(given.removeprefix("#")) in replies:
            return int(given.removeprefix("#"))
        click.echo("The assistant's turns: " + ", ".join(str(place) for place in replies))


def _ask(question: str) -> str:
    given = read_line(question)
    if given.lower() in ("q", "й"):
        raise Back
    return given


def _ask_severity(mode: "FailureMode") -> "Severity":
    click.echo(f"Severity: 0 P0, 1 P1, 2 P2   Enter: {mode.severity}   {BACK}")
    key = read_choice(("0", "1", "2", *ENTER))
    return mode.severity if key in ENTER else cast("Severity", f"P{key}")


def _is_there_another() -> bool:
    click.echo(f"Another failure in this ticket? y, or any key for no   {BACK}")
    return read_key_or_back() == "y"
