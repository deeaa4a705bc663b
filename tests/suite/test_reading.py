"""The whole suite in one go, and its cache."""

from collections.abc import Callable
from pathlib import Path

import pytest

import make
from casemill.errors import FileError
from casemill.suite import read_suite, read_taxonomy, write_starter

Write = Callable[..., Path]
IDS = [f"wrong-fact-aaaa{letter}{other}" for letter in "abc" for other in "ab"]


def some(write: Write) -> None:
    write(*(make.case(id, failure_mode="wrong_fact", severity="P1") for id in IDS))


def test_every_case_is_read_and_sorted(folder: Path, write: Write) -> None:
    some(write)
    write(make.case())
    suite = read_suite(folder)
    assert [case.id for case in suite.cases] == sorted([*IDS, make.case().id])
    assert suite.paths[IDS[0]] == folder / "cases" / "wrong_fact" / f"{IDS[0]}.yaml"
    assert suite.problems == ()
    assert suite.taxonomy.version == 1


def test_a_bad_file_does_not_stop_the_rest(folder: Path, write: Write) -> None:
    some(write)
    write(make.case()).write_text("id: [\n")
    (folder / "cases" / "wrong_fact" / "x.yaml").write_bytes(b"\xff")
    suite = read_suite(folder)
    assert len(suite.cases) == len(IDS)
    assert [problem.path.name for problem in suite.problems] == ["promised-action-7q3k2d.yaml", "x.yaml"]


def test_two_files_with_one_id_are_a_problem_that_names_both(folder: Path, write: Write) -> None:
    path = write(make.case())
    twin = folder / "cases" / "wrong_fact" / path.name
    twin.parent.mkdir()
    twin.write_text(path.read_text())
    (problem,) = read_suite(folder).problems
    assert str(twin) in str(problem)
    assert str(path) in str(problem)


@pytest.mark.parametrize(
    ("name", "line"), [("promised_action/other.yaml", 1), ("wrong_fact/promised-action-7q3k2d.yaml", 2)]
)
def test_a_file_in_the_wrong_place_is_a_problem_and_is_read_all_the_same(
    folder: Path, write: Write, name: str, line: int
) -> None:
    path = write(make.case())
    (folder / "cases" / name).parent.mkdir(exist_ok=True)
    path.rename(folder / "cases" / name)
    suite = read_suite(folder)
    assert len(suite.cases) == 1
    (problem,) = suite.problems
    assert problem.line == line
    assert "belongs at cases/promised_action/promised-action-7q3k2d.yaml" in str(problem)


def test_a_yml_file_is_not_silently_left_out(folder: Path, write: Write) -> None:
    path = write(make.case())
    path.rename(path.with_suffix(".yml"))
    assert "promised-action-7q3k2d.yaml" in str(read_suite(folder).problems[0])


def test_the_cache_gives_what_the_files_say(folder: Path, write: Write, tmp_path: Path) -> None:
    some(write)
    first = read_suite(folder, cache=tmp_path / "cache")
    assert read_suite(folder, cache=tmp_path / "cache") == first == read_suite(folder)


def test_the_cache_spares_the_parsing(
    folder: Path, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some(write)
    read_suite(folder, cache=tmp_path / "cache")
    parsed: list[object] = []
    monkeypatch.setattr("casemill.suite.reading.parse_case", lambda text, path: parsed.append(path))
    assert len(read_suite(folder, cache=tmp_path / "cache").cases) == len(IDS)
    assert parsed == []


def test_an_edit_of_the_same_length_and_time_is_seen(folder: Path, write: Write, tmp_path: Path) -> None:
    import os

    path = write(make.case())
    read_suite(folder, cache=tmp_path / "cache")
    before = path.stat()
    path.write_text(path.read_text().replace("severity: P0", "severity: P1"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert read_suite(folder, cache=tmp_path / "cache").cases[0].severity == "P1"


@pytest.mark.parametrize("broken", [b"", b"\x00" * 40, b"x" * 5000, None])
def test_a_broken_cache_is_ignored_and_mended(folder: Path, write: Write, tmp_path: Path, broken: bytes | None) -> None:
    some(write)
    whole = read_suite(folder, cache=tmp_path / "cache")
    (file,) = (tmp_path / "cache").iterdir()
    file.write_bytes(file.read_bytes()[:-7] if broken is None else broken)
    assert read_suite(folder, cache=tmp_path / "cache") == whole
    assert len(file.read_bytes()) > 100


def test_a_cache_that_cannot_be_written_costs_only_time(folder: Path, write: Write, tmp_path: Path) -> None:
    some(write)
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert len(read_suite(folder, cache=tmp_path / "cache").cases) == len(IDS)


def test_the_digest_is_that_of_the_active_cases_content(folder: Path, write: Write) -> None:
    write(make.case())
    before = read_suite(folder).digest
    write(make.case(why="Other words.", features=("returns",)))
    assert read_suite(folder).digest == before
    write(make.case("wrong-fact-aaaaaa", failure_mode="wrong_fact", status="quarantined"))
    assert read_suite(folder).digest == before
    write(make.case(severity="P1"))
    assert read_suite(folder).digest != before


def test_the_newest_taxonomy_stands(folder: Path) -> None:
    text = (folder / "taxonomy" / "1.yaml").read_text()
    (folder / "taxonomy" / "10.yaml").write_text(text.replace("version: 1\n", "version: 10\n"))
    (folder / "taxonomy" / "9.yaml").write_text(text.replace("version: 1\n", "version: 9\n"))
    assert read_taxonomy(folder).version == 10


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("version: 1\n", "version: 2\n", "by its name it is version 1"),
        ("name: other", "name: wrong_tone", "two modes named 'wrong_tone'"),
        ("detect: hardly", "detect: never", "cannot be 'never'"),
    ],
)
def test_a_taxonomy_that_contradicts_itself_is_refused(folder: Path, before: str, after: str, said: str) -> None:
    path = folder / "taxonomy" / "1.yaml"
    path.write_text(path.read_text().replace(before, after))
    with pytest.raises(FileError, match=said):
        read_taxonomy(folder)


def test_a_suite_without_a_taxonomy_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    suite = read_suite(tmp_path / "nowhere")
    assert suite.cases == ()
    assert "holds no taxonomy" in str(suite.problems[0])


def test_the_starter_has_the_modes_with_their_severities(folder: Path) -> None:
    taxonomy = read_taxonomy(folder)
    p0 = {mode.name for mode in taxonomy.modes if mode.severity == "P0"}
    assert p0 == {"promised_action", "leaked_data", "ignored_distress", "unsafe_advice"}
    assert len(taxonomy.modes) == 19


def test_the_starter_never_writes_over_a_file(folder: Path) -> None:
    (folder / "policy.toml").write_text("pass_rate = 0.5\n")
    (folder / "taxonomy" / "1.yaml").rename(folder / "taxonomy" / "3.yaml")
    assert write_starter(folder) == ()
    assert (folder / "policy.toml").read_text() == "pass_rate = 0.5\n"
    assert not (folder / "taxonomy" / "1.yaml").exists()
