"""The documentation cannot lie: words, settings, commands, graders and sources each have their place."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from casemill.cli.main import COMMANDS, SUMMARIES
from casemill.ingest.sources import SOURCES
from casemill.run.graders import GRADERS
from casemill.settings import load

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
DOMAIN = ROOT / "src" / "casemill" / "domain"


def domain_words() -> set[str]:
    """Every public class of the domain."""
    trees = [ast.parse(path.read_text()) for path in DOMAIN.glob("*.py")]
    classes = {node.name for tree in trees for node in tree.body if isinstance(node, ast.ClassDef)}
    return classes | {"Word"}


def test_the_glossary_explains_every_word_of_the_domain_and_no_other() -> None:
    bold = set(re.findall(r"^\| \*\*(\w+)\*\* \|", (DOCS / "glossary.md").read_text(), re.MULTILINE))
    assert bold == domain_words()


def test_every_command_has_a_summary_and_its_place_in_the_reference() -> None:
    text = (DOCS / "reference" / "commands.md").read_text()
    assert set(COMMANDS) == set(SUMMARIES)
    for name in COMMANDS:
        assert f"## casemill {name}" in text


def test_every_setting_has_its_place_in_the_reference(tmp_path: Path) -> None:
    text = (DOCS / "reference" / "settings.md").read_text()
    for origin in load(tmp_path, environ={}).origins:
        assert f"`{origin.name}`" in text, origin.name


@pytest.mark.parametrize("name", GRADERS.table)
def test_every_grader_has_its_place_in_the_reference(name: str) -> None:
    assert f"## {name}" in (DOCS / "reference" / "graders.md").read_text()


@pytest.mark.parametrize("name", SOURCES.table)
def test_every_source_has_its_place_in_the_reference(name: str) -> None:
    assert f"## {name}" in (DOCS / "reference" / "sources.md").read_text()


@pytest.mark.parametrize("path", sorted(ROOT.glob("*.md")) + sorted(DOCS.rglob("*.md")), ids=lambda p: p.name)
def test_every_link_to_a_file_leads_to_one(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", path.read_text()):
        assert (path.parent / target).exists(), f"{path.name} links to {target}"


def test_the_changelog_has_a_part_for_what_is_not_released_yet() -> None:
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text()


def test_the_generated_pages_are_what_the_code_says() -> None:
    script = DOCS / "reference" / "generate.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
