"""The house keeps its shape: sizes, names, light imports, and every door leads somewhere."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "casemill"
MODULES = sorted(SOURCE.rglob("*.py"))
FORBIDDEN = re.compile(r"(^|_)(utils?|helpers?|common|managers?|services?|handlers?)(_|$)", re.IGNORECASE)
HEAVY = {"sqlalchemy", "sklearn", "scipy", "numpy", "starlette", "jinja2"}
ROOMS = sorted(path.parent.name for path in SOURCE.glob("*/__init__.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_at_most_400_lines_and_says_what_it_is_for(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 400
    assert ast.get_docstring(ast.parse(text)), "a module begins with one sentence that says what it is for"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_is_at_most_40_lines_and_no_name_is_a_shed(path: Path) -> None:
    assert not FORBIDDEN.search(path.stem)
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", node.name)
            assert not FORBIDDEN.search(snake), f"{node.name} is a shed, not a thing"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno
            assert node.end_lineno - node.lineno + 1 <= 40, f"{node.name} is over 40 lines"


@pytest.mark.parametrize("room", ROOMS)
def test_every_name_at_a_door_leads_somewhere(room: str) -> None:
    module = __import__(f"casemill.{room}", fromlist=["*"])
    for name in getattr(module, "__all__", ()):
        assert getattr(module, name) is not None


def loaded_by(statement: str) -> set[str]:
    """The top-level packages that a fresh interpreter has loaded after a statement."""
    code = f"import json, sys; {statement}; print(json.dumps(sorted({{m.split('.')[0] for m in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_a_ci_job_that_only_runs_and_gates_loads_no_store_no_model_no_web() -> None:
    assert not loaded_by("import casemill.gate, casemill.run, casemill.suite") & HEAVY


def test_the_door_of_the_command_line_is_light() -> None:
    loaded = loaded_by("import casemill.cli")
    assert not loaded & (HEAVY | {"yaml", "msgspec", "aiohttp", "asyncio", "casemill.settings"})


def test_async_is_spoken_only_where_calls_fly() -> None:
    speaking = {
        path.relative_to(SOURCE).parts[0]
        for path in MODULES
        if any(isinstance(node, ast.AsyncFunctionDef | ast.Await) for node in ast.walk(ast.parse(path.read_text())))
    }
    assert speaking <= {"llm", "run", "web"}


def test_there_is_one_bridge_from_plain_to_async() -> None:
    calls = [
        name_of(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr == "run"
        and isinstance(node.value, ast.Name)
        and node.value.id == "asyncio"
    ]
    assert calls == ["llm/together.py"]


def test_broad_excepts_live_only_in_the_trial_loop_the_work_loop_and_screening_which_flags() -> None:
    catching = [
        name_of(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"}))
    ]
    assert set(catching) <= {"run/trials.py", "worker/work.py", "ingest/screen.py"}


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Python 3.11 before .5 goes wrong where part of such a group backtracks; masking must not depend on it."""
    possessive = re.compile(r"\)(?:\+|\*|\?|\{+[0-9,]+\}+)\+")
    assert [name_of(path) for path in MODULES if possessive.search(path.read_text())] == []
