"""`casemill ingest zendesk` and its like: one command for each helpdesk in the table of sources, all the same."""

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from casemill.cli.ingest import erased
from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option, progress, report
from casemill.errors import DONE, PUT_ASIDE, UsageError

if TYPE_CHECKING:
    from casemill.ingest.pull import Ingested
    from casemill.ingest.source import FieldOffer
    from casemill.ingest.walk import Fetch
    from casemill.settings import Ingest

FORMS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ"]
SETTINGS = ("expected_field", "ai_field", "trace_field", "model_field")


def command_of(name: str) -> click.Command:
    """The command of one helpdesk."""

    @click.command(name, help=_help(name), short_help=f"Bring what is new or changed at {name.title()}.")
    @click.option("--since", type=click.DateTime(FORMS), help="Begin here (UTC); default: where the last walk stood.")
    @click.option("--watch", is_flag=True, help="Look again and again, until Ctrl-C.")
    @click.option("--every", type=click.IntRange(min=1), default=60, show_default=True, help="Seconds between looks.")
    @click.option("--ticket", "only", metavar="ID", help="Bring this ticket alone.")
    @click.option("--restart", is_flag=True, help="Forget where the last walk stood.")
    @click.option("--source", metavar="NAME", help=f"Another account: its table and name. Default: {name}.")
    @json_option
    @click.pass_context
    def command(ctx: click.Context, /, *, watch: bool, every: int, as_json: bool, **given: Any) -> None:
        project: Project = ctx.obj
        source = given.pop("source") or name
        fetch = to_fetch(project, source, **given)
        if watch:
            _watch(project, fetch, every=every, as_json=as_json)
        done = _walk(project, fetch, as_json=as_json)
        report(done, _text(done, first=given["since"] is None), as_json=as_json)
        ctx.exit(PUT_ASIDE if done.rejected else DONE)

    return command


def _help(name: str) -> str:
    return f"""Bring the tickets that are new or changed at {name.title()}, with all that was said and done.

    The table [ingest.sources.{name}] says where and as whom. A walk that is stopped anywhere goes on from the last page
    that was stored. Exit 3 when {name.title()} fails for good, with what is kept; 4 when something was put aside.

    Example: casemill ingest {name} --since 2026-08-01
    """


def to_fetch(project: Project, source: str, **given: Any) -> "Fetch":
    """What to bring, by the options given and the project's settings."""
    from casemill.ingest.walk import Fetch, Outward

    since = given.get("since")
    moment = since.replace(tzinfo=UTC) if isinstance(since, datetime) else None
    if moment is not None and moment > utc_now():
        raise UsageError(f"--since {moment:%Y-%m-%d} is not yet")
    return Fetch(
        source=source,
        rejects=project.state / "rejects",
        since=moment,
        only=given.get("only"),
        restart=bool(given.get("restart")),
        outward=Outward(allow=project.settings.outward.allow),
    )


def _walk(project: Project, fetch: "Fetch", *, as_json: bool) -> "Ingested":
    from casemill.ingest.walk import ingest_helpdesk

    with progress(f"walking {fetch.source}", as_json=as_json) as bar:
        return ingest_helpdesk(
            (project.vault, project.desk), fetch, settings=project.settings.ingest, now=utc_now(), progress=bar
        )


def _watch(project: Project, fetch: "Fetch", *, every: int, as_json: bool) -> None:
    """One line a round, until Ctrl-C or SIGTERM; a round that fails outside is told, and the next one goes on."""
    import msgspec

    from casemill.ingest.walk import WalkStopped

    if fetch.only is not None:
        raise UsageError("--watch looks at all tickets", hint="leave out --ticket, or --watch")
    while True:
        try:
            done = _walk(project, fetch, as_json=as_json)
            line = msgspec.json.encode(done).decode() if as_json else f"{utc_now():%H:%M:%S} {_round(done)}"
        except WalkStopped as error:
            line = msgspec.json.encode({"failed": f"{error}", "hint": error.hint}).decode()
            line = line if as_json else f"{utc_now():%H:%M:%S} {error}\n  {error.hint}"
        else:
            fetch = fetch._replace(restart=False)
        click.echo(line)
        time.sleep(every)


def _round(done: "Ingested") -> str:
    aside = f", {done.rejected:,} put aside (all of them: {done.rejects_file})" if done.rejected else ""
    return f"{done.source}: {_counts(done)}{aside} ({counted(done.calls, 'call')})"


def _counts(done: "Ingested") -> str:
    gone = f", {done.gone:,} deleted there" if done.gone else ""
    return f"{done.new:,} new, {done.changed:,} changed, {done.same:,} the same{gone}{erased(done)}"


def _text(done: "Ingested", *, first: bool) -> str:
    from casemill.cli.ingest import put_aside

    own = f", {counted(done.articles, 'macro or article', many='macros and articles')}" if done.articles else ""
    lines = put_aside(done)
    lines.append(
        f"Ingested {counted(done.seen, 'ticket')} from {done.source}: {_counts(done)}, {done.rejected:,} put aside "
        f"({counted(done.calls, 'call')}{own})."
    )
    if first and done.since is not None:
        lines.append(f"Walked since {done.since:%Y-%m-%d}; more of the past with --since DATE.")
    return "\n".join(lines)


def fields_text(found: "tuple[FieldOffer, ...]", settings: "Ingest") -> str:
    """A field a line, those that a setting means first; then which setting finds nothing."""
    rows = [
        (offer.id, offer.type, offer.title, f"[ingest] {offer.setting}" if offer.setting else "") for offer in found
    ]
    rows.sort(key=lambda row: (not row[3], row[2].casefold()))
    widths = [max((len(row[place]) for row in rows), default=0) for place in range(3)]
    lines = [
        "  ".join(part.ljust(width) for part, width in zip(row, [*widths, 0], strict=True)).rstrip() for row in rows
    ]
    missing = [name for name in SETTINGS if not any(offer.setting == name for offer in found)]
    lines += [f"No field for [ingest] {name} = {getattr(settings, name)!r}" for name in missing]
    if missing:
        lines.append('Name a field by its title or id in casemill.toml: [ingest] expected_field = "360012345678"')
    return "\n".join(lines)
