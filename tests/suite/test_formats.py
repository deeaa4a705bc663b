"""`casemill suite export`: other tools' files, written whole, known again, and meaning the same."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import make
from casemill.cli.main import casemill
from casemill.domain.case import Assertion, Input, Said
from casemill.domain.reply import Reply
from casemill.domain.ticket import ToolCall
from casemill.errors import UsageError
from casemill.run.fold import fold_phrase
from casemill.run.graders import build
from casemill.suite import case_path, case_text
from casemill.suite.formats import FORMATS
from casemill.suite.javascript import to_javascript

SCRIPT = Path(__file__).parents[2] / "src" / "casemill" / "suite" / "formats" / "casemill.cjs"
NODE = shutil.which("node")
MODEL = """
[targets.model]
kind = "openai"
base_url = "https://models.test/${REGION}/v1"
model = "small-1"
api_key_env = "MODEL_KEY"
system = "You help the shop's customers."
params = {temperature = 0.2, seed = 7}
"""
CHAT = make.case(
    severity="P1",
    input=Input(
        turns=(
            Said(customer="Where is {{order}}? {% x %} {# y #}"),
            Said(tool=ToolCall(name="find_order", arguments={"order": "[ORDER_1]"}, result="packed")),
            Said(assistant="It is packed."),
            Said(customer="file://etc"),
        ),
        context={"plan": "Plus"},
    ),
    assert_=(
        {"not_contains": {"any": ["don’t {{know}}"], "ignore_case": True}},
        {"contains": "file://x"},
        {"tool_called": "find_order"},
        {"no_pii": {}},
        {"checks": "short"},
        {"judge": {"criterion": "tone"}},
        {"latency": {"max": 4000}},
    ),
)


@pytest.fixture
def here(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one case of many graders and a model behind an address."""
    put(project / "evals" / case_path(CHAT), case_text(CHAT))
    put(project / "evals" / "checks" / "short.yaml", "drafts: [{word_count: {max: 5}}]\nalways: [{regex: '^No'}]\n")
    (project / "casemill.toml").write_text((project / "casemill.toml").read_text() + MODEL)
    monkeypatch.setenv("MODEL_KEY", "sk-secret")
    monkeypatch.chdir(project)
    return project


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def export(form: str, *args: str) -> Result:
    return CliRunner().invoke(casemill, ["suite", "export", "--format", form, "--target", "model", "out", *args])


def test_promptfoo_gets_its_own_assertions_where_they_mean_the_same(here: Path) -> None:
    done = export("promptfoo")
    assert done.exit_code == 0, done.output
    assert "Wrote 1 case with 8 assertions to out." in done.output
    assert "npx promptfoo eval -c out/promptfooconfig.yaml" in done.output
    told = json.loads((here / "out" / "tests.jsonl").read_text())
    kinds = [(one["type"], one["metric"]) for one in told["assert"]]
    assert kinds == [
        ("not-contains-any", "not_contains"),
        ("python", "contains"),
        ("javascript", "tool_called"),
        ("python", "no_pii"),
        ("javascript", "checks/regex"),
        ("python", "checks/word_count"),
        ("llm-rubric", "judge"),
        ("latency", "latency"),
    ]
    first = told["assert"][0]
    assert first["value"] == ["don't {{'{'}}{know}}"]
    assert first["transform"] == "file://casemill.cjs:anyCase"
    assert told["assert"][5]["config"] == {"case": CHAT.id, "check": 5}
    assert told["metadata"]["severity"] == "P1"
    assert told["metadata"]["ticket"] == "zendesk:48213"


def test_the_model_is_named_and_its_key_is_not_written(here: Path) -> None:
    export("promptfoo")
    config = (here / "out" / "promptfooconfig.yaml").read_text()
    assert "openai:chat:small-1" in config
    assert "https://models.test/{{env.REGION}}/v1" in config
    assert "apiKeyEnvar: MODEL_KEY" in config
    assert "temperature: 0.2" in config
    for path in (here / "out").rglob("*"):
        assert "sk-secret" not in path.read_text()


def test_inspect_gets_messages_with_calls_and_what_the_scorer_needs(here: Path) -> None:
    done = export("inspect")
    assert done.exit_code == 0, done.output
    sample = json.loads((here / "out" / "dataset.jsonl").read_text())
    assert sample["id"] == CHAT.id
    roles = [message["role"] for message in sample["input"]]
    assert roles == ["system", "user", "user", "assistant", "tool", "assistant", "user"]
    (call,) = sample["input"][3]["tool_calls"]
    assert (call["function"], call["arguments"]) == ("find_order", {"order": "[ORDER_1]"})
    assert sample["input"][2]["content"] == "Where is {{order}}? {% x %} {# y #}"
    assert [check["name"] for check in sample["metadata"]["checks"]][4:6] == ["checks/regex", "checks/word_count"]
    compile((here / "out" / "casemill_task.py").read_text(), "casemill_task.py", "exec")


@pytest.mark.parametrize("form", FORMATS.table)
def test_writing_twice_gives_the_same_bytes_and_a_strangers_folder_is_left_alone(here: Path, form: str) -> None:
    export(form)
    before = {path.name: path.read_bytes() for path in (here / "out").iterdir()}
    assert export(form).exit_code == 0
    assert {path.name: path.read_bytes() for path in (here / "out").iterdir()} == before
    (here / "out" / "casemill.json").unlink()
    refused = export(form)
    assert isinstance(refused.exception, UsageError)
    assert "holds other files" in str(refused.exception)


@pytest.mark.parametrize("form", FORMATS.table)
def test_what_the_other_tool_cannot_do_is_told(here: Path, form: str) -> None:
    live = make.case("live-aaaaaa", input=Input(turns=CHAT.input.turns, live=True))
    put(here / "evals" / case_path(live), case_text(live))
    with_python = MODEL.split("\n[")[0] + '\n[targets.bot]\nkind = "python"\nfunction = "bot:answer"\n'
    (here / "casemill.toml").write_text((here / "casemill.toml").read_text() + with_python)
    told = CliRunner().invoke(casemill, ["suite", "export", "--format", form, "--target", "bot", "out"]).output
    assert "the target bot is a python, no model behind an address" in told
    assert "1 case with live turns: the other tool is sent them as they stand" in told
    assert "what a judge grades is graded there by the other tool's own judge" in told


def test_an_unknown_format_is_told_with_the_known_ones(here: Path) -> None:
    refused = export("deepeval")
    assert isinstance(refused.exception, UsageError)
    assert "there is no format named 'deepeval'" in str(refused.exception)
    assert "promptfoo, inspect" in (refused.exception.hint or "")
    assert not (here / "out").exists()


def test_a_case_graded_from_abroad_gets_casemills_own_grade(here: Path) -> None:
    from casemill.run.export import look_from_abroad

    export("promptfoo")

    def told(check: int, output: Any) -> str:
        return look_from_abroad(here / "out", CHAT.id, check=check, output=output, now=make.NOW).result

    assert told(1, "see file://x") == "pass"
    assert told(1, {"role": "assistant", "content": "see file://x", "tool_calls": []}) == "pass"
    assert told(2, [{"function": {"name": "find_order", "arguments": "{}"}}]) == "pass"
    assert told(3, {"content": "Write to anna.k@example.com"}) == "fail"
    assert told(5, "one two three four five six") == "fail"
    assert told(5, {"text": "one two three four five six", "draft_shown": False}) == "pass"


PATTERNS = [
    (r"[{}]", "[{}]"),
    (r"\d+ days", r"\p{Nd}+ days"),
    (r"KB-\d{4}", r"KB-\p{Nd}{4}"),
    (r"[А-Яа-яЁё]{3,}", "[А-Яа-яЁё]{3,}"),
    (r"(?:a|b)(?=c)", "(?:a|b)(?=c)"),
    (r"5\.00", r"5\.00"),
    (r"a.b", r"a[^\n]b"),
    (r"[\d\-]", r"[\p{Nd}\-]"),
    (r"^No", "^No"),
    (r"\bzwei\b", None),
    (r"\w+", None),
    (r"yes$", None),
    (r"(?P<x>a)", None),
    (r"(?i)a", None),
    (r"(?s)a", None),
    (r"a{,3}", None),
    (r"a{", None),
    (r"a++", None),
    (r"a+?b", "a+?b"),
    (r"[]a]", None),
    (r"[[a]", None),
    (r"(a)\1", None),
]


@pytest.mark.parametrize(("pattern", "javascript"), PATTERNS)
def test_a_pattern_is_taken_over_only_where_it_means_the_same(pattern: str, javascript: str | None) -> None:
    assert to_javascript(pattern) == javascript


TEXTS = [
    "It’s  done,\nsee “this” — 5–7 days\u00a0on",
    "STRASSE straße ΣΑΣ σας İstanbul",
    "\u200bno\u00adthing \x85 here \ufeff",
    "cafe\u0301 ✅ 👩‍💻 5\u20117 ok",
    "cafe\u200d\u0301 5\u20127 \u22123 re\u200efu\u2063nd a\u034f 5\u20147",
    "",
    " \t\n ",
    "{} [x] a\r\nb 4 000 ₸",
]
GRADERS: list[tuple[str, str, dict[str, Any]]] = [
    ("startsWith", "starts_with", {"any": ["It's done", "strasse", "nothing", "café"], "ignore_case": True}),
    ("startsWith", "starts_with", {"any": ["It's done", "STRASSE strasse"]}),
    ("equals", "equals", {"any": ["", "nothing \x85 here"]}),
    ("equals", "equals", {"any": [" \t\n "], "strip": False}),
    ("wordCount", "word_count", {"min": 1, "max": 5}),
    ("regex", "regex", {"pattern": "[5-7]-7|\u2014|[{}]"}),
    ("regex", "regex", {"pattern": "[ΣЯ]", "ignore_case": True, "absent": True}),
]


@pytest.mark.skipif(NODE is None, reason="there is no node on this machine")
def test_the_script_grades_every_text_as_casemill_does() -> None:
    asked: list[list[Any]] = [[name, text, arguments] for name, _, arguments in GRADERS for text in TEXTS]
    asked += [["phrase", text, None] for text in TEXTS] + [["anyCase", text, None] for text in TEXTS if "İ" not in text]
    code = (
        f"const tools = require({json.dumps(str(SCRIPT))});"
        "const asked = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "const say = ([name, text, config]) => config ? tools[name](text, {config}).pass : tools[name](text);"
        "process.stdout.write(JSON.stringify(asked.map(say)));"
    )
    done = subprocess.run([NODE or "", "-e", code], input=json.dumps(asked), capture_output=True, text=True, check=True)
    wanted: list[Any] = []
    for _, grader, arguments in GRADERS:
        made = build(Assertion(grader=grader, arguments=arguments))
        wanted += [made.look(Reply(text=text), make.case()).result == "pass" for text in TEXTS]
    wanted += [fold_phrase(text, ignore_case=False) for text in TEXTS]
    wanted += [fold_phrase(text, ignore_case=True) for text in TEXTS if "İ" not in text]
    assert json.loads(done.stdout) == wanted
    assert {True, False} <= {one for one in wanted if isinstance(one, bool)}
