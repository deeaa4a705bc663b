"""`pytest --casemill`: a suite's cases as tests, run by a real pytest on a project of its own."""

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import casemill.pytest_plugin
import make
from casemill.domain.case import Case, Input, Said, Since
from casemill.suite.files import case_path, case_text
from casemill.suite.starter import write_starter
from llm.loopback import Act, Handler, saying, serving
from run.judging.court import grading, honest, parts, verdict

FUNCTION = f"def answer(turns, context):\n    return {make.BAD!r} if turns[-1]['text'] == 'bad' else {make.GOOD!r}\n"


def asking(id: str, said: str = "hi", **fields: Any) -> Case:
    return make.case(f"{id}-aaaaaa", input=Input(turns=(Said(customer=said),)), **fields)


def project(root: Path, *cases: Case, settings: str = "") -> Path:
    write_starter(root / "evals")
    (root / "casemill.toml").write_text(settings)
    for case in cases:
        path = root / "evals" / case_path(case)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(case_text(case))
    return root


def http(url: str, run: str = "") -> str:
    return f'[run]\n{run}\n[targets.bot]\nkind = "http"\nurl = "{url}"\n'


def run(root: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Pytest in a process of its own, without the other plugins that happen to be installed here."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "CASEMILL"))}
    environ |= {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    plugins = ("-p", "casemill.pytest_plugin", "-p", "no:cacheprovider")
    command = [sys.executable, "-m", "pytest", *plugins, "-rA", "-W", "error", *options]
    return subprocess.run(command, cwd=root, env=environ, capture_output=True, text=True, timeout=120)


def outcomes(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """The outcome of each case by the first part of its id, as the short summary tells it."""
    summary = done.stdout.rpartition("short test summary info")[2].splitlines()
    lines = (line.split() for line in summary if ".yaml::" in line)
    return {words[1].rpartition("::")[2].partition("-")[0]: words[0] for words in lines}


def by_case(server_acts: dict[str, Act]) -> Act:
    def act(handler: Handler) -> None:
        server_acts[json.loads(handler.body)["case"]["id"].partition("-")[0]](handler)

    return act


GOOD, BAD = saying({"text": make.GOOD}), saying({"text": make.BAD})


def asked(seen: list[Any]) -> list[str]:
    return sorted(one.json["case"]["id"].partition("-")[0] for one in seen)


def test_pytest_finds_the_plugin_by_itself() -> None:
    (found,) = entry_points(group="pytest11", name="casemill")
    assert found.load() is casemill.pytest_plugin


def test_each_verdict_is_an_outcome_of_its_own(tmp_path: Path) -> None:
    day = Since(since="2026-11-01", because="flickers")
    acts = {"good": GOOD, "bad": BAD, "down": saying(b"", status=400), "flicker": BAD, "old": BAD, "oldest": BAD}
    cases = (
        asking("good"),
        asking("bad"),
        asking("down"),
        asking("flicker", status="quarantined", quarantine=day),
        asking("old", severity="P1", stale=day),
        asking("oldest", severity="P0", stale=day),
        asking("gone", status="retired"),
    )
    with serving(by_case(acts)) as server:
        done = run(project(tmp_path, *cases, settings=http(server.url)), "--casemill", "evals")
    assert done.returncode == 1, done.stdout
    assert outcomes(done) == {
        "good": "PASSED",
        "bad": "FAILED",
        "down": "ERROR",
        "flicker": "XFAIL",
        "old": "XFAIL",
        "oldest": "FAILED",
    }
    assert "PASSED evals/cases/promised_action/good-aaaaaa.yaml::good-aaaaaa" in done.stdout
    assert "no verdict: 127.0.0.1" in done.stdout


def test_a_red_is_told_as_a_person_reads_it(tmp_path: Path) -> None:
    with serving(BAD) as server:
        done = run(project(tmp_path, asking("bad"), settings=http(server.url)), "--casemill", "evals")
    for told in (
        'P0 promised_action: fail: not_contains: says "processed your refund"',
        f"the reply: {make.BAD}",
        "expected: Says no refund was started.",
        "why: A refund the bot cannot make binds the company.",
        "the way back: zendesk:48213",
    ):
        assert told in done.stdout
    assert "Traceback" not in done.stdout


def test_severities_are_markers_and_labels_are_keywords_and_only_what_is_chosen_is_asked(tmp_path: Path) -> None:
    cases = (
        asking("one", severity="P0", features=("returns",)),
        asking("two", severity="P1"),
        asking("three", severity="P2", failure_mode="incomplete_answer"),
    )
    chosen = {
        ("-m", "p0"): ["one"],
        ("-m", "p1 or p2"): ["three", "two"],
        ("-k", "returns"): ["one"],
        ("-k", "incomplete_answer"): ["three"],
        ("-k", "two-aaaaaa"): ["two"],
    }
    for options, wanted in chosen.items():
        with serving(GOOD) as server:
            root = project(tmp_path, *cases, settings=http(server.url))
            done = run(root, "--casemill", "evals", "--strict-markers", *options)
            assert sorted(outcomes(done)) == asked(server.seen) == wanted, done.stdout


def test_cases_are_asked_side_by_side_though_tests_run_one_by_one(tmp_path: Path) -> None:
    meeting = threading.Barrier(4)

    def meet(handler: Handler) -> None:
        meeting.wait(60)
        GOOD(handler)

    with serving(meet) as server:
        root = project(tmp_path, *[asking(f"c{n}") for n in range(8)], settings=http(server.url, "concurrency = 4"))
        done = run(root, "--casemill", "evals")
    assert (done.returncode, len(outcomes(done))) == (0, 8), done.stdout


def test_several_workers_ask_each_case_once(tmp_path: Path) -> None:
    names = [f"c{number}" for number in range(6)]
    acts = dict.fromkeys(names, GOOD) | {"c3": BAD}
    with serving(by_case(acts)) as server:
        root = project(tmp_path, *map(asking, names), settings=http(server.url))
        done = run(root, "--casemill", "evals", "-p", "xdist", "-n", "2")
        assert asked(server.seen) == names
    assert done.returncode == 1, done.stdout
    assert outcomes(done) == dict.fromkeys(names, "PASSED") | {"c3": "FAILED"}


def test_after_the_first_red_no_more_cases_are_begun(tmp_path: Path) -> None:
    over = threading.Event()

    def hang(handler: Handler) -> None:
        over.wait(100)

    acts = {"a": BAD} | dict.fromkeys("bcdefg", hang)
    with serving(by_case(acts)) as server:
        settings = http(server.url, "concurrency = 1\nconfirm = false\ntimeout = 90")
        done = run(project(tmp_path, *map(asking, acts), settings=settings), "--casemill", "evals", "-x")
        over.set()
        assert outcomes(done) == {"a": "FAILED"}
        assert len(server.seen) <= 2


def test_a_filter_whose_pattern_explodes_is_an_error_and_the_other_cases_get_their_verdicts(tmp_path: Path) -> None:
    said = f'{{"steps": [{{"say": "{"a" * 40}!"}}]}}'
    exploding = {"json_path": "$.steps[?(@.say =~ /(a+)+/)]"}
    cases = [asking("one", assert_=(exploding,)), asking("two", assert_=({"json_path": "$.steps[0].say"},))]
    root = project(tmp_path, *cases, settings='[targets.bot]\nkind = "python"\nfunction = "bot:answer"\n')
    (root / "bot.py").write_text(f"def answer(turns, context):\n    return {said!r}\n")
    done = run(root, "--casemill", "evals")
    assert outcomes(done) == {"one": "ERROR", "two": "PASSED"}, done.stdout
    assert "takes too long on this reply; make its filters and patterns simpler" in done.stdout


FIXTURES = {
    "a function": f"def answer(turns, context):\n    return {make.GOOD!r}\n",
    "an async function": f"async def answer(turns, context):\n    return {make.GOOD!r}\n",
    "an object": f"class Bot:\n    def __call__(self, turns, context):\n        return {make.GOOD!r}\nanswer = Bot()\n",
    "a name": "answer = 'other'\n",
    "a target": "from casemill.run.targets.python import Python\nanswer = Python(function='other_bot:answer')\n",
}


@pytest.mark.parametrize("scope", ["function", "session"])
@pytest.mark.parametrize("given", FIXTURES)
def test_a_fixture_may_give_the_target(tmp_path: Path, given: str, scope: str) -> None:
    settings = '[targets.bot]\nkind = "python"\nfunction = "gone:answer"\n' + (
        '[targets.other]\nkind = "python"\nfunction = "other_bot:answer"\n'
    )
    root = project(tmp_path, asking("one"), asking("two"), settings=settings)
    (root / "other_bot.py").write_text(FUNCTION)
    fixture = f"@pytest.fixture(scope={scope!r})\ndef casemill_target():\n    return answer\n"
    (root / "conftest.py").write_text(f"import pytest\n{FIXTURES[given]}\n{fixture}")
    done = run(root, "--casemill", "evals")
    assert outcomes(done) == {"one": "PASSED", "two": "PASSED"}, done.stdout


def test_what_lives_for_one_test_alone_is_asked_one_case_at_a_time_and_in_its_lifetime(tmp_path: Path) -> None:
    root = project(tmp_path, asking("one"), asking("two"), asking("three"))
    (root / "conftest.py").write_text(
        "import pytest\n"
        "@pytest.fixture\n"
        "def casemill_target():\n"
        "    alive = [True]\n"
        "    def answer(turns, context):\n"
        "        assert alive, 'asked after its end'\n"
        f"        return {make.GOOD!r}\n"
        "    yield answer\n"
        "    alive.clear()\n"
    )
    done = run(root, "--casemill", "evals")
    assert set(outcomes(done).values()) == {"PASSED"}, done.stdout


def test_no_settings_are_needed_where_a_fixture_gives_a_function(tmp_path: Path) -> None:
    root = project(tmp_path, asking("good"), asking("bad", "bad"))
    (root / "casemill.toml").unlink()
    (root / "conftest.py").write_text(
        f"import pytest\n{FUNCTION}\n@pytest.fixture\ndef casemill_target():\n    return answer\n"
    )
    assert outcomes(run(root, "--casemill", "evals")) == {"good": "PASSED", "bad": "FAILED"}


def test_the_option_names_a_target_or_a_recording(tmp_path: Path) -> None:
    with serving(GOOD) as one, serving(BAD) as two:
        settings = http(one.url) + http(two.url).partition("\n\n")[2].replace("[targets.bot]", "[targets.other]")
        root = project(tmp_path, asking("good"), settings=settings)
        assert outcomes(run(root, "--casemill", "evals", "--casemill-target", "other")) == {"good": "FAILED"}
        (root / "old.jsonl").write_text(f'{{"case": "good-aaaaaa", "text": "{make.GOOD}"}}\n')
        seen = len(one.seen) + len(two.seen)
        done = run(root, "--casemill", "evals", "--casemill-target", "replay:old.jsonl")
        assert outcomes(done) == {"good": "PASSED"}, done.stdout
        assert len(one.seen) + len(two.seen) == seen
        unknown = run(root, "--casemill", "evals", "--casemill-target", "gone")
    assert unknown.returncode == 4
    assert "--casemill-target: there is no target named 'gone'\nknown: bot, other" in unknown.stderr


def test_paths_choose_cases_and_other_tests_run_only_when_they_are_named(tmp_path: Path) -> None:
    with serving(GOOD) as server:
        root = project(tmp_path, asking("one"), asking("two"), settings=http(server.url))
        (root / "tests").mkdir()
        (root / "tests" / "test_own.py").write_text("def test_own():\n    pass\n")
        file = "evals/cases/promised_action/one-aaaaaa.yaml"
        wanted = {
            (): (2, False),
            ("tests",): (2, True),
            (file,): (1, False),
            (f"{file}::one-aaaaaa",): (1, False),
            (file, "tests"): (1, True),
        }
        for paths, (count, own) in wanted.items():
            done = run(root, "--casemill", "evals", *paths)
            assert (len(outcomes(done)), "PASSED tests/test_own.py::test_own" in done.stdout) == (count, own), paths
        without = run(root)
    assert ("1 passed" in without.stdout, ".yaml" in without.stdout) == (True, False)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id: bad\n- torn", "bad-aaaaaa.yaml:"),
        (
            case_text(asking("other")),
            "by its id this file belongs at cases/promised_action/other-aaaaaa",
        ),
        (case_text(asking("bad")).replace("not_contains", "not_contans"), "there is no grader named 'not_contans'"),
    ],
)
def test_a_file_that_is_no_case_is_an_error_and_named(tmp_path: Path, text: str, told: str) -> None:
    with serving(GOOD) as server:
        root = project(tmp_path, asking("good"), settings=http(server.url))
        (root / "evals/cases/promised_action/bad-aaaaaa.yaml").write_text(text)
        done = run(root, "--casemill", "evals")
        assert server.seen == []
    assert done.returncode == 2
    assert told in done.stdout


def test_a_folder_without_cases_is_told(tmp_path: Path) -> None:
    done = run(tmp_path, "--casemill", "evals")
    assert (done.returncode, "evals holds no folder cases" in done.stderr) == (4, True)


def test_what_only_a_judge_can_grade_is_skipped_or_told_where_there_is_none(tmp_path: Path) -> None:
    judge = {"judge": {"criterion": "tone", "rubric": "support@2"}}
    cases = (asking("only", assert_=(judge,)), asking("both", assert_=(*make.case().assert_, judge)))
    with serving(GOOD) as server:
        done = run(project(tmp_path, *cases, settings=http(server.url)), "--casemill", "evals")
        assert asked(server.seen) == ["both"]
    assert "1 passed, 1 skipped" in done.stdout
    assert "only a judge can grade it: there is no [model.judge]" in done.stdout
    assert "of 1 cases an assertion was left out that only a judge can grade" in done.stdout


TONE = {"judge": {"criterion": "tone"}}


def test_a_judge_grades_and_what_it_says_counts_once_it_has_seen_what_is_known(tmp_path: Path) -> None:
    judged = [asking("kind", assert_=(TONE,)), asking("rude", "rude", assert_=(TONE,)), asking("plain")]

    def rude(handler: Handler) -> None:
        is_rude = json.loads(handler.body)["input"] == "rude"
        handler.answer({"text": "A third time unlucky, then." if is_rude else make.GOOD})

    with serving(rude) as server, serving(grading(honest)) as judge:
        settings = f'{http(server.url)}[model.judge]\nbase_url = "{judge.url}"\nmodel = "judge-1"\n'
        root = project(tmp_path, *judged, settings=settings)
        assert outcomes(run(root, "--casemill", "evals")) == {"kind": "PASSED", "rude": "FAILED", "plain": "PASSED"}


@pytest.mark.parametrize("workers", [(), ("-p", "xdist", "-n", "1")])
def test_a_judge_that_misses_its_self_test_makes_its_cases_errors(tmp_path: Path, workers: tuple[str, ...]) -> None:
    blind = grading(lambda shown: verdict("pass", scored=shown["criterion"] != "factual_accuracy"))
    judged = [asking("first", assert_=(TONE,)), asking("second", assert_=(TONE,)), asking("third")]
    with serving(GOOD) as server, serving(blind) as judge:
        settings = f'{http(server.url)}[model.judge]\nbase_url = "{judge.url}"\nmodel = "judge-1"\n'
        done = run(project(tmp_path, *judged, settings=settings), "--casemill", "evals", *workers)
        shown = [tuple(sorted(parts(seen.json).items())) for seen in judge.seen]
    assert outcomes(done) == {"first": "ERROR", "second": "ERROR", "third": "PASSED"}, done.stdout
    assert "judge missed a self-test (bad tone of support@1, injected tone of support@1): what it says" in done.stdout
    tried = Counter(one for one in shown if ("reply", make.GOOD) not in one)
    assert 1 in tried.values(), "what is known is put to it once, whatever else it is tried on"


def test_a_report_for_ci_knows_severity_mode_ticket_and_verdict(tmp_path: Path) -> None:
    with serving(by_case({"good": GOOD, "bad": BAD})) as server:
        root = project(tmp_path, asking("good"), asking("bad", severity="P1"), settings=http(server.url))
        run(root, "--casemill", "evals", "--junitxml", "report.xml")
    cases = ElementTree.parse(root / "report.xml").getroot().iter("testcase")
    told = {case.get("name"): {one.get("name"): one.get("value") for one in case.iter("property")} for case in cases}
    same = {"failure_mode": "promised_action", "ticket": "zendesk:48213"}
    assert told == {
        "good-aaaaaa": same | {"severity": "P0", "verdict": "pass"},
        "bad-aaaaaa": same | {"severity": "P1", "verdict": "fail"},
    }


def test_a_project_that_does_not_ask_for_it_loads_next_to_nothing() -> None:
    code = "import sys, casemill.pytest_plugin; print(*{m.split('.')[0] for m in sys.modules}, *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"msgspec", "yaml", "aiohttp", "asyncio", "casemill.run", "casemill.settings"}
