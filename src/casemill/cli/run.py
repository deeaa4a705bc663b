"""`casemill run`: the suite put to the AI under test."""

from typing import TYPE_CHECKING, Any

import click

from casemill.cli.project import Project, utc_now
from casemill.cli.show import json_option, report

if TYPE_CHECKING:
    from casemill.run import Order, Place

SEVERITIES = click.Choice(("P0", "P1", "P2"))


@click.command()
@click.option("--target", "targets", multiple=True, metavar="NAME", help="The AI under test; again for one more.")
@click.option("--release", metavar="N|latest|working", help="Default: the latest; without one, the working suite.")
@click.option("--only", "ids", multiple=True, metavar="CASE", help="Only this case, or a pattern like 'wrong-fact-*'.")
@click.option("--mode", "modes", multiple=True, metavar="MODE", help="Only cases of this failure mode.")
@click.option("--severity", "severities", multiple=True, type=SEVERITIES, help="Only cases of this severity.")
@click.option("--feature", "features", multiple=True, metavar="FEATURE", help="Only cases of this feature.")
@click.option("--changed-since", metavar="COMMIT", help="Only P0s and what the changes since then may touch.")
@click.option("--budget", metavar="TIME", help="Begin no more cases after, say, 5m; P0s come first and all of them.")
@click.option("--judge", "judges", multiple=True, metavar="NAME", help="The [model.NAME] that judges. Default: judge.")
@click.option("--concurrency", type=click.IntRange(1, 1000), help="Calls at once.")
@click.option("--trials", type=click.IntRange(1, 100), help="How often each case is put.")
@click.option("--confirm/--no-confirm", default=None, help="Put a failed case again until that is sure. Default: do.")
@click.option("--cache/--no-cache", default=None, help="Use and keep the target's answers. Default: do not.")
@click.option("--epoch", metavar="TEXT", help="Answers kept in another epoch are not used. Default: the day.")
@click.option(
    "--resume",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Continue an interrupted run, one process at a time.",
)
@click.option("--out", type=click.Path(dir_okay=False), metavar="FILE", help="Default: a new file in .casemill/runs/.")
@click.option("--dry-run", is_flag=True, help="Say what it would take, and call nobody.")
@json_option
@click.pass_context
def run(
    ctx: click.Context, /, *, targets: tuple[str, ...], budget: str | None, dry_run: bool, as_json: bool, **asked: Any
) -> None:
    """Put the suite to the AI under test and write what it answered, case by case.

    Needs the suite's files and a target, no database. A case that fails is put again until that is sure: a P0 fails
    with any trial, a P1 with two of three, a P2 with three of five. Exits with 0 when the run is done, whatever passed:
    the gate judges. Exits with 3 when every case ended in an error. Ctrl-C keeps what was done.

    Example: casemill run --target bot --concurrency 50 --no-cache --out run.jsonl
    """
    import os

    from casemill.run import Order, Place, seconds_of

    project: Project = ctx.obj
    place = Place(project.root, project.settings, os.environ)
    order = Order(
        target=targets[0] if len(targets) == 1 else None, budget=seconds_of(budget) if budget else None, **asked
    )
    if dry_run:
        _foresee(order, place, targets=targets, as_json=as_json)
    elif len(targets) > 1:
        ctx.exit(_run_beside(order, place, targets=targets, as_json=as_json))
    else:
        ctx.exit(_run_one(order, place, as_json=as_json))


def _run_one(order: "Order", place: "Place", *, as_json: bool) -> int:
    from casemill.cli.run_progress import run_progress
    from casemill.cli.run_report import ran_told
    from casemill.run import run_order

    if as_json:
        ran = run_order(order, place, now=utc_now())
    else:
        with run_progress() as bar:
            ran = run_order(order, place, now=utc_now(), progress=bar, saw=bar.saw)
    report(ran, ran_told(ran), as_json=as_json)
    return ran.exit_code


def _run_beside(order: "Order", place: "Place", *, targets: tuple[str, ...], as_json: bool) -> int:
    from casemill.cli.run_progress import run_progress
    from casemill.cli.run_report import beside_told
    from casemill.run import run_beside
    from casemill.run.many_targets import UNSEEN, Follow

    with run_progress() as bar:
        follow = UNSEEN if as_json else Follow(bar, bar.saw)
        beside = run_beside(order, targets, place=place, now=utc_now(), follow=follow)
    report(beside, beside_told(beside), as_json=as_json)
    return beside.exit_code


def _foresee(order: "Order", place: "Place", *, targets: tuple[str, ...], as_json: bool) -> None:
    from casemill.cli.run_report import forecast_told
    from casemill.domain.word import changed
    from casemill.run import forecast_order

    orders = [changed(order, target=target) for target in targets] or [order]
    forecasts = [forecast_order(each, place, now=utc_now()) for each in orders]
    told = "\n\n".join(forecast_told(each) for each in forecasts)
    report(forecasts if len(forecasts) > 1 else forecasts[0], told, as_json=as_json)
