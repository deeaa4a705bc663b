"""The label scheme in force: which intents the AI supports."""

from pathlib import Path

import pytest

from casemill.domain.labels import Labels
from casemill.errors import FileError
from casemill.suite.labels import read_labels


def put(folder: Path, name: str, text: str) -> None:
    (folder / "labels").mkdir(exist_ok=True)
    (folder / "labels" / name).write_text(text)


def test_the_newest_by_number_is_in_force_and_there_may_be_none(tmp_path: Path) -> None:
    assert read_labels(tmp_path) is None
    put(tmp_path, "9.yaml", "version: 9\nintents: [refund]\n")
    put(tmp_path, "10.yaml", "version: 10\nintents: [refund, delivery]\n")
    put(tmp_path, "notes.yaml", "anything: at all\n")
    assert read_labels(tmp_path) == Labels(version=10, intents=("refund", "delivery"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version: 2\n", r"1\.yaml: says version 2; by its name it is version 1"),
        ("intents: [a]\n", r"1\.yaml:1: the key 'version' is missing"),
        ("version: 1\nintent: [a]\n", r"1\.yaml:2: there is no key 'intent'"),
    ],
)
def test_a_scheme_that_contradicts_itself_is_refused_with_its_file(tmp_path: Path, text: str, said: str) -> None:
    put(tmp_path, "1.yaml", text)
    with pytest.raises(FileError, match=said):
        read_labels(tmp_path)
