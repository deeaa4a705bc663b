"""`casemill normalize`: draft cases from decided tickets."""

from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option, progress, report

if TYPE_CHECKING:
    from casemill.normalize import Drafted


@click.command()
@json_option
@click.pass_obj
def normalize(project: Project, *, as_json: bool) -> None:
    """Draft a case for every failure of every decided ticket: what to say, what should happen, what must hold.

    Example: casemill normalize && casemill admit
    """
    from casemill.normalize import draft_waiting
    from casemill.suite import read_taxonomy

    taxonomy = read_taxonomy(project.suite)
    with progress("drafting", as_json=as_json) as bar:
        done = draft_waiting(
            project.desk, taxonomy=taxonomy, settings=project.settings.suite, now=utc_now(), progress=bar
        )
    report(done, _told(done), as_json=as_json)


def _told(done: "Drafted") -> str:
    if not done.drafted:
        return "Drafted nothing: no decided ticket waits."
    needs = [
        f"{count:,} {'needs' if count == 1 else 'need'} {what}"
        for count, what in (
            (done.without_expectation, "an expected behaviour"),
            (done.not_red, "an assertion"),
            (done.without_good, "a good reply"),
        )
        if count
    ]
    made = f"Drafted {counted(done.drafted, 'case')} from {counted(done.tickets, 'ticket')}"
    return f"{made}; {', '.join(needs)}." if needs else f"{made}."
