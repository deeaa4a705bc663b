"""`casemill suite export`: the suite as the files of another eval tool."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import counted, json_option, report

if TYPE_CHECKING:
    from casemill.run.export import Exported


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER")
@click.option("--format", "form", required=True, metavar="NAME", help="promptfoo or inspect.")
@click.option("--target", metavar="NAME", help="Whose model the other tool is to ask. Default: that of casemill run.")
@click.option("--release", metavar="N|latest|working", help="Default: the latest; without one, the working suite.")
@click.option("--only", "ids", multiple=True, metavar="CASE", help="Only this case, or a pattern like 'wrong-fact-*'.")
@click.option("--mode", "modes", multiple=True, metavar="MODE", help="Only cases of this failure mode.")
@json_option
@click.pass_obj
def export(
    project: Project,
    *,
    folder: Path,
    form: str,
    target: str | None,
    release: str | None,
    ids: tuple[str, ...],
    modes: tuple[str, ...],
    as_json: bool,
) -> None:
    """Write the suite as the files of promptfoo or Inspect AI, into a folder of their own.

    Assertions that the other tool has are its own there; the rest it grades by calling casemill, so that both come to
    the same verdicts. A model behind an OpenAI-compatible address is named in what is written; no key is.

    Example: casemill suite export --format promptfoo promptfoo
    """
    import os

    from casemill.run import Order, Place, export_order

    place = Place(project.root, project.settings, os.environ)
    order = Order(target=target, release=release, ids=ids, modes=modes)
    done = export_order(order, place, form=form, folder=folder, now=utc_now())
    report(done, _text(done), as_json=as_json)


NEXT = {
    "promptfoo": "npx promptfoo eval -c {folder}/promptfooconfig.yaml --no-cache",
    "inspect": "inspect eval {folder}/casemill_task.py --model openai/NAME",
}


def _text(done: "Exported") -> str:
    lines = [f"Wrote {counted(done.cases, 'case')} with {counted(done.assertions, 'assertion')} to {done.folder}."]
    lines += [f"  {note}" for note in done.told]
    if done.format in NEXT:
        lines.append(f"Next: {NEXT[done.format].format(folder=done.folder)}")
    return "\n".join(lines)
