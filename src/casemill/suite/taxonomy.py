"""The list of failure modes that stands: the highest `taxonomy/N.yaml`."""

from pathlib import Path

from casemill.domain.taxonomy import Taxonomy
from casemill.errors import FileError
from casemill.suite.files import parse_yaml
from casemill.suite.text_file import read_text


def read_taxonomy(folder: Path) -> Taxonomy:
    """The newest taxonomy of a suite folder; a FileError when there is none or it contradicts itself."""
    numbered = {int(path.stem): path for path in (folder / "taxonomy").glob("*.yaml") if path.stem.isdecimal()}
    if not numbered:
        raise FileError(folder / "taxonomy", "holds no taxonomy (1.yaml, 2.yaml, …)", hint="casemill init writes one")
    path = numbered[max(numbered)]
    taxonomy = parse_yaml(read_text(path), path, kind=Taxonomy)
    if taxonomy.version != max(numbered):
        raise FileError(path, f"says version {taxonomy.version}; by its name it is version {max(numbered)}")
    if twins := {name for name in taxonomy.names if taxonomy.names.count(name) > 1}:
        raise FileError(path, f"has two modes named {min(twins)!r}")
    return taxonomy
