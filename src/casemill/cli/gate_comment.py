"""`casemill gate comment`: the report kept as one comment on the change that a job is about."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemill.cli.show import json_option, report

if TYPE_CHECKING:
    from casemill.gate.comment import Kept


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--on", "forge", required=True, type=click.Choice(["github", "gitlab"]), help="Where the change is.")
@click.option("--required", is_flag=True, help="Exit with 3 when it cannot be written; else that is only told.")
@json_option
def comment(*, file: Path, forge: str, required: bool, as_json: bool) -> None:
    """Keep a Markdown report as one comment on a change: written once, edited after.

    Runs in a job of the forge, whose variables say which pull or merge request it is about. On GitLab
    CASEMILL_NOTE_TOKEN holds an access token of scope api; on GitHub GITHUB_TOKEN writes, and PULL_REQUEST is the
    number. Only the token's own comment is edited (on GitHub one of a bot, or of the login in COMMENTER). The gate's
    answer does not depend on it: what cannot be written is told, and the exit code is 0 unless --required.

    Example: casemill gate comment gate.md --on gitlab
    """
    import os

    from casemill.errors import OutsideError
    from casemill.gate.comment import keep_comment, left_out
    from casemill.gate.forge import FORGES
    from casemill.suite.text_file import read_text

    text = read_text(file)
    try:
        place = FORGES[forge](os.environ)
        kept = left_out("this job is about no change") if place is None else keep_comment(text, place)
    except OutsideError as error:
        if required:
            raise OutsideError(f"the gate's comment was not written: {error}", hint=error.hint) from None
        kept = left_out(f"{error}", failed=True)
    report(kept, _told(kept, forge), as_json=as_json)


def _told(kept: "Kept", forge: str) -> str:
    """In words; a failure on GitHub as a warning at the top of the job's page."""
    if not kept.failed or forge != "github":
        return kept.told
    from casemill.gate.report.github import warning

    return warning(kept.told)
