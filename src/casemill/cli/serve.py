"""`casemill serve`: webhooks and traces are received until it is stopped."""

import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option
from casemill.errors import INTERRUPTED, SettingsError

if TYPE_CHECKING:
    from casemill.web.app import Inlets

STOP_SECONDS = 10.0
LOOPBACK = ("127.0.0.1", "::1", "localhost")


@click.command()
@click.option("--host", metavar="ADDRESS", help="Where to listen. Default: [serve] host, this machine alone.")
@click.option("--port", type=click.IntRange(0, 65535), help="Default: [serve] port; 0 takes a free one.")
@click.option("--fetch/--no-fetch", default=True, help="Fetch the tickets that webhooks name; else `work` does.")
@json_option
@click.pass_obj
def serve(project: Project, *, host: str | None, port: int | None, fetch: bool, as_json: bool) -> None:
    """Receive webhooks at /hooks/SOURCE, traces at /v1/traces and run files at /v1/runs, until Ctrl-C.

    A webhook is kept only as the ticket to look at, which is then fetched by API. A source takes webhooks when its
    table names the variable of their secret (hook_secret_env); traces are taken when CASEMILL_TRACES_TOKEN is set, run
    files of `casemill runs push` when CASEMILL_RUNS_TOKEN is.
    Speaks plain HTTP: put a proxy with TLS in front. Nothing of a request's headers or body is logged.

    Example: casemill serve --port 8350
    """
    from casemill.web import create_app, listen, run_server

    inlets = _inlets(project)
    settings = project.settings.serve
    at = settings.host if host is None else host
    with listen(at, settings.port if port is None else port) as sock, _fetching(project, inlets, wanted=fetch):
        _tell(inlets, at, number=sock.getsockname()[1], as_json=as_json)
        run_server(create_app(inlets), sock)
    click.echo("Stopped; what was taken is kept.", err=True)
    click.get_current_context().exit(INTERRUPTED)


def _inlets(project: Project) -> "Inlets":
    """What can come in, by the settings; a SettingsError when nothing can."""
    from casemill.ingest.webhooks import listeners
    from casemill.web.app import Inlets
    from casemill.web.runs import RunsInlet

    found = listeners(project.settings.ingest, os.environ)
    serve = project.settings.serve
    variable = serve.traces_variable
    token = os.environ.get(variable, "").strip() or None
    runs_token = os.environ.get(serve.runs_variable, "").strip()
    if not found and token is None and not runs_token:
        raise SettingsError(
            "there is nothing to receive",
            hint=f"docs/howto/receive-webhooks.md: hook_secret_env takes webhooks, a token in {variable} traces, "
            f"one in {serve.runs_variable} run files",
        )
    runs = RunsInlet(project.desk, runs_token) if runs_token else None
    return Inlets(project.vault, found, token, utc_now, runs)


def _tell(inlets: "Inlets", host: str, *, number: int, as_json: bool) -> None:
    import msgspec

    logging.basicConfig(format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("casemill").setLevel(logging.INFO)
    url = f"http://[{host}]:{number}" if ":" in host else f"http://{host}:{number}"
    paths = [f"/hooks/{source}" for source in inlets.listeners]
    paths += ["/v1/traces"] if inlets.traces_token is not None else []
    paths += ["/v1/runs"] if inlets.runs is not None else []
    if as_json:
        click.echo(msgspec.json.encode({"url": url, "paths": paths}))
        return
    click.echo(f"Listening at {url} for {counted(len(paths), 'path')}: {', '.join(paths)}. Ctrl-C stops.")
    if host not in LOOPBACK:
        click.echo("Other machines reach this without TLS: better keep 127.0.0.1 behind a proxy.", err=True)


@contextmanager
def _fetching(project: Project, inlets: "Inlets", *, wanted: bool) -> Iterator[None]:
    """A thread for each source that takes webhooks: one that has to wait keeps no other waiting."""
    from casemill.worker.looking import keep_looking

    until = threading.Event()
    hands = project.hands
    threads = [
        threading.Thread(
            target=keep_looking, args=(hands, name), kwargs={"clock": utc_now, "until": until}, daemon=True
        )
        for name in (inlets.listeners if wanted else ())
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        until.set()
        # Who waits for a helpdesk longer than that is left: what it held is due again in five minutes.
        last = time.monotonic() + STOP_SECONDS
        for thread in threads:
            thread.join(max(0.0, last - time.monotonic()))
