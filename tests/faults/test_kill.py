"""`kill -9` at random points of each stage: after a second run everything equals an undisturbed one."""

import random
from pathlib import Path

import pytest

from faults.road import STAGES, Stage, call, copied, due, held, kill_after, new_project

KILLS = 4


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, float]]:
    """The project as it stood before each stage, and how long the stage took; `end` is the whole road done."""
    folder = tmp_path_factory.mktemp("undisturbed")
    project = new_project(folder / "project")
    before = {}
    for stage in STAGES:
        snapshot = copied(project, folder / f"before-{stage.name}")
        before[stage.name] = (snapshot, call(project, stage.command))
    before["end"] = (project, 0.0)
    return before


@pytest.mark.slow
@pytest.mark.parametrize("stage", STAGES, ids=[stage.name for stage in STAGES])
def test_a_killed_stage_run_again_ends_as_an_undisturbed_one(
    stage: Stage, undisturbed: dict[str, tuple[Path, float]], tmp_path: Path
) -> None:
    snapshot, seconds = undisturbed[stage.name]
    names = [*(each.name for each in STAGES), "end"]
    wanted = held(undisturbed[names[names.index(stage.name) + 1]][0])
    chance = random.Random(stage.name)
    project = copied(snapshot, tmp_path / "project")
    killed = 0
    for number in range(KILLS):
        share = (number + chance.uniform(0.6, 1.4)) / (KILLS + 1)  # early kills first: later ones find work half done
        killed += kill_after(project, due(project, stage), seconds=max(0.12, share * seconds))
    for _ in range(2):
        call(project, due(project, stage))
    found = held(project)
    for place, holds in wanted.items():
        assert found[place] == holds, place
    assert killed, "no kill met a running process; the stage is too quick for this test to mean anything"


@pytest.mark.slow
def test_the_whole_road_killed_once_in_each_stage_ends_as_an_undisturbed_one(
    undisturbed: dict[str, tuple[Path, float]], tmp_path: Path
) -> None:
    project = copied(undisturbed["ingest"][0], tmp_path / "project")
    chance = random.Random(2026)
    for stage in STAGES:
        kill_after(project, stage.command, seconds=chance.uniform(0.4, 0.95) * undisturbed[stage.name][1])
        call(project, due(project, stage))
    found, wanted = held(project), held(undisturbed["end"][0])
    for place in wanted:
        for table in wanted[place] if isinstance(wanted[place], dict) else ():
            assert found[place][table] == wanted[place][table], f"{place}: {table}"
    assert found == wanted
