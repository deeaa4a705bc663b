"""Releases: frozen, numbered, digested, told in words."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest

import make
from casemill.domain.case import Case
from casemill.domain.word import changed
from casemill.errors import FileError, UsageError
from casemill.suite import Checks, Frozen, freeze, read_release, read_suite, select

Write = Callable[..., Path]
FACT = make.case("wrong-fact-aaaaaa", failure_mode="wrong_fact", severity="P1", features=("returns",))
TONE = make.case("wrong-tone-bbbbbb", failure_mode="wrong_tone", severity="P2")


def frozen(folder: Path, *supersede: str, note: str = "") -> Frozen:
    return freeze(folder, by="lead@shop.test", now=make.NOW, note=note, checks=Checks(supersede=supersede))


def test_the_first_release_holds_every_active_case(folder: Path, write: Write) -> None:
    write(make.case(), FACT, changed(TONE, status="quarantined"))
    done = frozen(folder)
    release = read_release(folder)
    assert release == done.release
    assert [case.id for case in release.cases] == [make.case().id, FACT.id]
    assert (release.number, release.created, release.by, release.taxonomy) == (1, "2026-11-21", "lead@shop.test", 1)
    assert release.digest == read_suite(folder).digest
    assert done.added == (make.case().id, FACT.id)


def test_freezing_twice_changes_nothing(folder: Path, write: Write) -> None:
    write(make.case())
    frozen(folder)
    before = {path.name: path.read_bytes() for path in (folder / "releases").iterdir()}
    again = frozen(folder)
    assert not again.new
    assert again.release.number == 1
    assert {path.name: path.read_bytes() for path in (folder / "releases").iterdir()} == before


def test_superseding_a_case_that_is_not_there_is_refused(folder: Path, write: Write) -> None:
    write(make.case(), FACT)
    with pytest.raises(UsageError, match="there is no case 'wrong-fact-aaaaab' to supersede") as raised:
        frozen(folder, "wrong-fact-aaaaab")
    assert FACT.id in (raised.value.hint or "")
    assert read_release(folder) is None
    assert frozen(folder, "*").new


def test_what_changed_is_told_in_words(folder: Path, write: Write) -> None:
    write(make.case(), FACT)
    frozen(folder)
    write(make.case(severity="P1"), changed(FACT, status="retired"), TONE)
    done = frozen(folder, make.case().id, note="Return policy of December.")
    assert (done.added, done.removed, done.changed) == ((TONE.id,), (FACT.id,), (make.case().id,))
    assert (folder / "releases" / "2.md").read_text() == (
        """\
# Release 2

2 cases (P1 1, P2 1), frozen on 2026-11-21 by lead@shop.test.

Return policy of December.

Since release 1: 1 added, 1 removed, 1 superseded.

## Added: 1 case (P2 1)

- wrong_tone: 1
  - P2 `wrong-tone-bbbbbb`

## Removed: 1 case (P1 1)

- wrong_fact: 1
  - P1 `wrong-fact-aaaaaa`

## Superseded: 1 case (P1 1)

- promised_action: 1
  - P1 `promised-action-7q3k2d`
"""
    )


def test_a_changed_policy_or_taxonomy_is_a_new_release(folder: Path, write: Write) -> None:
    write(make.case())
    frozen(folder)
    (folder / "policy.toml").write_text("pass_rate = 0.9\n")
    assert frozen(folder).release.number == 2
    assert "The gate's policy changed." in (folder / "releases" / "2.md").read_text()


def test_a_suite_with_errors_is_not_frozen(folder: Path, write: Write) -> None:
    write(make.case(assert_=()))
    with pytest.raises(UsageError, match="must assert something"):
        frozen(folder)
    assert not (folder / "releases").exists()


def test_an_empty_suite_is_not_frozen(folder: Path) -> None:
    with pytest.raises(UsageError, match="no active case"):
        frozen(folder)


def test_killed_between_the_words_and_the_lock_the_next_try_ends_the_same(folder: Path, write: Write) -> None:
    write(make.case())
    path = frozen(folder).path
    whole = path.read_bytes()
    path.rename(path.with_name(".1.lock.half"))
    assert read_release(folder) is None
    assert frozen(folder).release.number == 1
    assert path.read_bytes() == whole


def test_releases_are_found_by_number_and_the_tenth_comes_after_the_ninth(folder: Path, write: Write) -> None:
    write(make.case())
    for number in range(10):
        (folder / "policy.toml").write_text(f"min_cases = {number + 1}\n")
        frozen(folder)
    newest, third = read_release(folder), read_release(folder, 3)
    assert newest is not None
    assert third is not None
    assert (newest.number, third.number) == (10, 3)
    with pytest.raises(UsageError, match="there is no release 11"):
        read_release(folder, 11)


def test_an_edited_lock_is_refused(folder: Path, write: Write) -> None:
    write(make.case())
    path = frozen(folder).path
    path.write_text(path.read_text().replace("promised-action-7q3k2d", "promised-action-aaaaaa"))
    with pytest.raises(FileError, match="was edited"):
        read_release(folder)
    path.write_text("{")
    with pytest.raises(FileError, match="is not a lock"):
        read_release(folder)


def test_a_lock_is_sorted_json_that_git_can_show(folder: Path, write: Write) -> None:
    write(FACT, make.case())
    text = frozen(folder).path.read_text()
    assert msgspec.json.decode(text)["cases"][0]["id"] == "promised-action-7q3k2d"
    assert len(text.splitlines()) > 10


def test_without_anything_asked_the_active_cases_are_taken(folder: Path, write: Write) -> None:
    write(make.case(), FACT, changed(TONE, status="retired"))
    assert [case.id for case in select(read_suite(folder))] == [make.case().id, FACT.id]


def test_cases_are_narrowed_by_id_pattern_mode_severity_and_feature(folder: Path, write: Write) -> None:
    write(make.case(), FACT, TONE)
    suite = read_suite(folder)
    assert [case.id for case in select(suite, ids=("wrong-*",))] == [FACT.id, TONE.id]
    assert [case.id for case in select(suite, modes=("wrong_fact", "wrong_tone"), severities=("P1",))] == [FACT.id]
    assert [case.id for case in select(suite, features=("returns",))] == [FACT.id]
    assert len(select(suite, release=None, ids=(), modes=(), severities=())) == 3


def test_what_there_is_none_of_is_an_error_that_helps(folder: Path, write: Write) -> None:
    write(FACT)
    with pytest.raises(UsageError, match="no active case has the failure mode 'wrong_fakt'") as caught:
        select(read_suite(folder), modes=("wrong_fakt",))
    assert caught.value.hint == "did you mean 'wrong_fact'?"


def test_a_release_is_taken_as_it_was_frozen(folder: Path, write: Write) -> None:
    write(make.case(), FACT)
    release = frozen(folder).release
    write(TONE)
    assert [case.id for case in select(read_suite(folder), release=release)] == [make.case().id, FACT.id]


def test_a_case_that_was_retired_since_is_found_in_the_archive(folder: Path, write: Write) -> None:
    path = write(make.case())
    release = frozen(folder).release
    (folder / "archive").mkdir()
    path.rename(folder / "archive" / path.name)
    assert [case.id for case in select(read_suite(folder), release=release)] == [make.case().id]


def test_a_release_whose_case_changed_cannot_be_run(folder: Path, write: Write) -> None:
    write(make.case())
    release = frozen(folder).release
    write(make.case(severity="P2"))
    with pytest.raises(UsageError, match="has changed since"):
        select(read_suite(folder), release=release)


def pinned(folder: Path, **digests: str) -> Frozen:
    by = {f"schemas/{name}.json": digest for name, digest in digests.items()}
    return freeze(folder, by="lead@shop.test", now=make.NOW, checks=Checks(yardsticks=lambda cases: dict(by)))


def test_a_release_pins_the_files_by_which_its_active_cases_are_graded(folder: Path, write: Write) -> None:
    write(make.case(), changed(TONE, status="quarantined"))
    asked: list[str] = []

    def by(cases: Sequence[Case]) -> dict[str, str]:
        asked.extend(case.id for case in cases)
        return {"schemas/a.json": "sha256:a"}

    freeze(folder, by="lead@shop.test", now=make.NOW, checks=Checks(yardsticks=by))
    assert asked == [make.case().id]
    release = read_release(folder)
    assert release is not None
    assert release.yardsticks == {"schemas/a.json": "sha256:a"}


def test_other_files_make_another_release_and_its_words_name_them(folder: Path, write: Write) -> None:
    write(make.case())
    pinned(folder, a="1", b="1", c="1")
    assert not pinned(folder, c="1", b="1", a="1").new
    done = pinned(folder, a="1", b="2", d="1")
    assert (done.release.number, done.changed) == (2, ())
    assert done.yardsticks == ("schemas/b.json", "schemas/c.json", "schemas/d.json")
    told = done.path.with_suffix(".md").read_text()
    assert "Graded by other files: `schemas/b.json`, `schemas/c.json`, `schemas/d.json`." in told


def test_a_release_without_a_record_is_frozen_anew_only_when_there_is_something_to_pin(
    folder: Path, write: Write
) -> None:
    write(make.case())
    frozen(folder)
    assert "yardsticks" not in lock(folder)
    assert not pinned(folder).new
    done = pinned(folder, a="1")
    assert (done.release.number, done.yardsticks) == (2, ())
    assert "The files by which cases are graded are pinned from now on." in done.path.with_suffix(".md").read_text()


def lock(folder: Path) -> str:
    return (folder / "releases" / "1.lock").read_text()
