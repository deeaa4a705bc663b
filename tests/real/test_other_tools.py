"""promptfoo and Inspect AI run what `casemill suite export` writes, and come to casemill's results, grader by grader.

CASEMILL_PROMPTFOO=…/node_modules/.bin/promptfoo CASEMILL_INSPECT=…/bin/python pytest tests/real/test_other_tools.py
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import make
from casemill.domain.case import Case, Expect, Input, Said
from casemill.suite import case_path, case_text
from real.other_tools import Results, by_casemill, by_inspect, by_promptfoo, model_server

PROMPTFOO, INSPECT = os.environ.get("CASEMILL_PROMPTFOO", ""), os.environ.get("CASEMILL_INSPECT", "")
needs_promptfoo = pytest.mark.skipif(
    not PROMPTFOO, reason="CASEMILL_PROMPTFOO names no promptfoo (npm install promptfoo)"
)
needs_inspect = pytest.mark.skipif(not INSPECT, reason="CASEMILL_INSPECT names no Python with inspect-ai")
pytestmark = [pytest.mark.real, pytest.mark.timeout(600)]

# What the parrot says back: a customer's words are the reply.
SAID = [
    "It’s done: {{name}} {% if x %} {# c #} {delivery_date} “quoted” [ORDER_1]",
    "Your order\nis on\u00a0its way — 5–7 days, 49,99 €, STRASSE straße ΣΑΣ σας.",
    '{"plan": "Plus", "days": 7, "refund": null}',
    "Could you please send your order number and your email address? I have cancelled nothing. See KB-1042@1.",
    "I've processed your refund. Write to anna.k@example.com.",
    "ok",
    "file:///etc/passwd {{ env.HOME }} ${HOME} $(id) \\d+ \\n 'x' \"y\"",
    "Тапсырысыңыз жолда, ертең күтіңіз; заказ уже в пути.",
]
CALLS = [
    {"name": "find_order", "arguments": {"order": "[ORDER_1]", "deep": {"a": [1, 2.0, None, True]}}},
    {"name": "issue_refund", "arguments": {"amount": 40}},
]
ASSERTED: list[dict[str, Any]] = [
    {"contains": {"any": ["it's done", "It's done: {{name}}"]}},
    {"contains": {"all": ["order is on its way", "5–7 days"]}},
    {"contains": {"any": ["strasse STRASSE", "σασ σασ"], "ignore_case": True}},
    {"not_contains": {"any": ["{delivery_date}", "{% if x %}"]}},
    {"not_contains": {"any": ["PROCESSED YOUR REFUND"], "ignore_case": True}},
    {"contains": {"any": ["file:///etc"]}},
    {"contains": {"any": ["\\d+ \\n"]}},
    {"starts_with": {"any": ["It's", "OK", "Тапсырыс"]}},
    {"starts_with": {"any": ["it's", "OK"], "ignore_case": True}},
    {"equals": "ok"},
    {"equals": {"any": ["ok", " ok "], "strip": False}},
    {"regex": {"pattern": "[{}]", "absent": True}},
    {"regex": {"pattern": r"\d[–-]\d days"}},
    {"regex": {"pattern": r"(?i)KB-\d+(?:@\d)?"}},
    {"regex": {"pattern": r"\bзаказ\b"}},
    {"regex": {"pattern": "[ҢҮ]", "ignore_case": True}},
    {"word_count": {"min": 2, "max": 12}},
    {"json_schema": {"schema": {"type": "object", "required": ["plan"], "properties": {"days": {"type": "integer"}}}}},
    {"json_schema": {"schema": {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"}}},
    {"json_path": {"path": "$.days", "equals": 7}},
    {"number": {"value": 49.99}},
    {"similarity": {"text": "OK!", "threshold": 0.6}},
    {"tool_called": {"name": "find_order", "arguments": {"deep": {"a": [1, 2, None, True]}}}},
    {"tool_called": {"name": "issue_refund", "arguments": {"amount": 40.0}, "mode": "exact"}},
    {"tool_called": {"name": "issue_refund", "times": 1}},
    {"tool_not_called": "issue_refund"},
    {"tool_sequence": {"steps": ["find_order", {"name": "issue_refund", "arguments": {"amount": 40.0}}]}},
    {"tool_sequence": {"steps": ["find_order", "issue_refund"], "mode": "exact"}},
    {"slot_kept": {"turn": 1, "value": "[ORDER_1]"}},
    {"no_pii": {}},
    {"no_promise": {}},
    {"asks_for": "order_number"},
    {"asks_only_for": {}},
    {"language_is": {"any": ["en"]}},
    {"cites": {"current": True}},
]


def parrot(number: int, said: str) -> Case:
    first = Said(customer="It is [ORDER_1]; here is what I know, and more of it, in English, for the way.")
    return make.case(
        f"parrot-aaaaa{'abcdefgh'[number]}",
        input=Input(turns=(first, Said(customer=said)), context={"calls": CALLS if number % 2 else []}),
        expect=Expect(outcome="answer"),
        assert_=tuple(ASSERTED),
    )


def casemill(folder: Path, *args: str) -> None:
    done = subprocess.run([sys.executable, "-m", "casemill", *args], cwd=folder, capture_output=True, text=True)
    assert done.returncode in (0, 3), done.stdout + done.stderr


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's shop, its release frozen."""
    folder = tmp_path_factory.mktemp("demo") / "shop"
    casemill(folder.parent, "demo", "--at", str(folder))
    return folder


@pytest.fixture(scope="module")
def parrots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose cases are awkward texts, each under every grader that looks."""
    folder = tmp_path_factory.mktemp("parrots")
    casemill(folder, "init")
    for number, said in enumerate(SAID):
        case = parrot(number, said)
        path = folder / "evals" / case_path(case)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case_text(case))
    articles = folder / "evals" / "articles"
    articles.mkdir(exist_ok=True)
    for revision in (1, 2):
        (articles / f"KB-1042@{revision}.md").write_text("30 days.\n")
    return folder


def compared(project: Path, tool: str, *, model: str, out: Path) -> tuple[Results, Results]:
    """What casemill and another tool come to on the same model."""
    with model_server() as url:
        settings = project / "casemill.toml"
        own = settings.read_text().split("\n# other tools\n")[0]
        table = f'[targets.there]\nkind = "openai"\nbase_url = "{url}"\nmodel = "{model}"\n'
        settings.write_text(f"{own}\n# other tools\n{table}")
        casemill(project, "run", "--target", "there", "--out", str(out / "run.jsonl"), "--no-confirm")
        casemill(project, "suite", "export", "--format", tool, "--target", "there", str(out / tool))
        ours = by_casemill(out / "run.jsonl")
        if tool == "promptfoo":
            return ours, by_promptfoo(PROMPTFOO, out / tool)
        return ours, by_inspect(INSPECT, out / tool, url=url, model=model)


@needs_promptfoo
@pytest.mark.parametrize("model", ["v1", "v2"])
def test_promptfoo_comes_to_the_same_on_the_demo(demo: Path, tmp_path: Path, model: str) -> None:
    ours, theirs = compared(demo, "promptfoo", model=model, out=tmp_path)
    assert len(ours) > 100
    assert theirs == ours


@needs_inspect
@pytest.mark.parametrize("model", ["v1", "v2"])
def test_inspect_comes_to_the_same_on_the_demo(demo: Path, tmp_path: Path, model: str) -> None:
    ours, theirs = compared(demo, "inspect", model=model, out=tmp_path)
    assert len(ours) > 100
    assert theirs == ours


@needs_promptfoo
def test_promptfoo_comes_to_the_same_on_awkward_texts_under_every_grader(parrots: Path, tmp_path: Path) -> None:
    ours, theirs = compared(parrots, "promptfoo", model="parrot", out=tmp_path)
    assert len(ours) == len(SAID) * len(ASSERTED)
    one_sided = [
        asserted
        for number, asserted in enumerate(ASSERTED)
        if not {ours[key] for key in ours if key[1] == number} >= {"pass", "fail"}
    ]
    assert one_sided == []
    assert {key: theirs.get(key) for key in ours if theirs.get(key) != ours[key]} == {}


@needs_inspect
def test_inspect_comes_to_the_same_on_awkward_texts_under_every_grader(parrots: Path, tmp_path: Path) -> None:
    ours, theirs = compared(parrots, "inspect", model="parrot", out=tmp_path)
    assert len(ours) == len(SAID) * len(ASSERTED)
    assert {key: theirs.get(key) for key in ours if theirs.get(key) != ours[key]} == {}
