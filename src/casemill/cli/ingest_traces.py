"""`casemill ingest traces` and `casemill ingest langfuse`: what the AI's tracing recorded, into the vault."""

from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option, progress, report
from casemill.errors import DONE, PUT_ASIDE

if TYPE_CHECKING:
    from casemill.ingest.traces import IngestedTraces

MOMENTS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%SZ"]
SHOWN = 5


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
@click.pass_context
def traces(ctx: click.Context, paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Bring the model calls behind tickets from FILE...: OTLP JSON, OpenInference spans, Langfuse exports.

    JSON or JSON lines, plain or gzipped, files or folders. A ticket that names a trace, or whose conversation, replies
    or requester a trace holds, is masked together with it at the next `casemill anonymize`.

    Example: casemill ingest traces collector/traces.jsonl.gz
    """
    from casemill.ingest.traces import ingest_traces

    project: Project = ctx.obj
    with progress("ingesting traces", as_json=as_json) as bar:
        done = ingest_traces(project.vault, paths, rejects=project.state / "rejects", now=utc_now(), progress=bar)
    _end(ctx, done, as_json=as_json)


@click.command()
@click.option("--since", type=click.DateTime(MOMENTS), help="Begin here (UTC); default: where the last walk stood.")
@json_option
@click.pass_context
def langfuse(ctx: click.Context, *, since: Any, as_json: bool) -> None:
    """Bring the model calls that Langfuse recorded since the last time, by its API.

    The table [ingest.sources.langfuse] says where; LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY hold the API key.

    Example: casemill ingest langfuse --since 2026-08-01
    """
    from casemill.ingest.langfuse import Outside, Walked, ingest_langfuse

    project: Project = ctx.obj
    settings = project.settings
    begin = since.replace(tzinfo=UTC) if since is not None else None
    walked = Walked(project.state / "rejects", begin, Outside(allow=settings.outward.allow))
    with progress("walking langfuse", as_json=as_json) as bar:
        done = ingest_langfuse(project.vault, walked, settings=settings.ingest, now=utc_now(), progress=bar)
    _end(ctx, done, as_json=as_json)


def _end(ctx: click.Context, done: "IngestedTraces", *, as_json: bool) -> None:
    report(done, _text(done), as_json=as_json)
    ctx.exit(PUT_ASIDE if done.rejected else DONE)


def _text(done: "IngestedTraces") -> str:
    from casemill.cli.ingest import erased, put_aside

    lines = put_aside(done)
    seen = done.new + done.changed + done.same + done.erased
    calls = f" ({counted(done.calls, 'call')})" if done.calls else ""
    lines.append(
        f"Ingested {counted(seen, 'span')} of traces: {done.new:,} new, {done.changed:,} changed, {done.same:,} the "
        f"same, {done.rejected:,} put aside{erased(done)}{calls}."
    )
    if done.tickets:
        what = "is" if done.tickets == 1 else "are"
        lines.append(f"{counted(done.tickets, 'ticket')} {what} read again with them: casemill anonymize")
    return "\n".join(lines)
