"""`casemill triage`: a proposal for every masked ticket."""

from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option, progress, report

if TYPE_CHECKING:
    from casemill.triage import Triaged


@click.command()
@json_option
@click.pass_obj
def triage(project: Project, *, as_json: bool) -> None:
    """Propose whose failure each masked ticket tells of, and ask a person where nobody may be sure.

    Example: casemill triage && casemill review
    """
    from casemill.suite import read_taxonomy
    from casemill.triage import propose_waiting

    taxonomy = read_taxonomy(project.suite)
    with progress("proposing", as_json=as_json) as bar:
        done = propose_waiting(
            project.desk, taxonomy=taxonomy, settings=project.settings.triage, now=utc_now(), progress=bar
        )
    report(done, _told(done), as_json=as_json)


def _told(done: "Triaged") -> str:
    if not done.proposed:
        return "Nothing new to propose on."
    by = next(iter(done.by)) if len(done.by) == 1 else ", ".join(f"{name} {n:,}" for name, n in done.by.items())
    ask, passed = ("asks", "passed by itself") if done.proposed == 1 else ("ask", "passed by themselves")
    again = f" {done.again:,} of them had a proposal from before." if done.again else ""
    lines = [
        f"Proposed on {counted(done.proposed, 'ticket')} ({by}): "
        f"{done.asked:,} {ask} for a person, {done.passed:,} {passed}.{again}"
    ]
    lines += [f"  {origin:<8}{n:>7,}" for origin, n in done.origins.items()]
    return "\n".join(lines)
