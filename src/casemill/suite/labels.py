"""The label scheme that is in force: the highest version in the suite folder."""

from pathlib import Path

from casemill.domain.labels import Labels
from casemill.errors import FileError
from casemill.suite.files import parse_yaml
from casemill.suite.text_file import read_text


def read_labels(folder: Path) -> Labels | None:
    """`folder`/labels/N.yaml with the highest N; None when there is none."""
    numbers = [int(path.stem) for path in (folder / "labels").glob("*.yaml") if path.stem.isdecimal()]
    if not numbers:
        return None
    path = folder / "labels" / f"{max(numbers)}.yaml"
    labels = parse_yaml(read_text(path), path, kind=Labels)
    if labels.version != max(numbers):
        raise FileError(path, f"says version {labels.version}; by its name it is version {max(numbers)}")
    return labels
