"""By which files cases are graded, what those say, and that a run tells it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import make
from casemill.domain.case import AssertItem, Input, Said
from casemill.errors import FileError
from casemill.run import read_run
from casemill.run.graders import GRADERS, Grader, Surroundings
from casemill.run.yardsticks import digests_now, yardsticks_of
from llm.loopback import serving
from run.judging.court import grading, honest, judged_case
from run.shop import answering, bot_at, run, shop

SCHEMA = '{"type": "object", "required": ["total"]}'
RUBRIC = "rubrics/support@1.md"


@pytest.fixture
def around(tmp_path: Path) -> Surroundings:
    """A shop with one file of each kind."""
    evals = shop(tmp_path).joinpath("evals")
    for name, text in {
        "schemas/total.json": SCHEMA,
        "checks/house.yaml": "means: ours\nalways:\n  - json_schema: {file: schemas/total.json}\n",
        "labels/2.yaml": "version: 2\nintents: [refund]\n",
        "articles/KB-1@1.md": "Thirty days.\n",
        "../mine.py": "def polite(reply, case):\n    return True\n",
    }.items():
        path = evals / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return Surroundings(tmp_path, evals, make.NOW)


def names(around: Surroundings, *items: AssertItem, judged: bool = True) -> tuple[str, ...]:
    return yardsticks_of([make.case(assert_=items)], around, judged=judged).by.get(make.case().id, ())


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ({"contains": {"any": ["refund"]}}, ()),
        ({"json_schema": {"schema": {"type": "object"}}}, ()),
        ({"json_schema": {"file": "./schemas/total.json"}}, ("schemas/total.json",)),
        ({"cites": {}}, ("articles/",)),
        ({"intent_in": {}}, ("labels/*.yaml",)),
        ({"intent_in": "refund"}, ()),
        ({"python": "mine:polite"}, ("../mine.py",)),
        ({"checks": "house"}, ("checks/house.yaml", "schemas/total.json")),
        ({"checks": "support_draft"}, ("articles/", "checks/support_draft.yaml", "labels/*.yaml")),
        ({"judge": {"criterion": "tone", "rubric": "support@1"}}, (RUBRIC,)),
        ({"judge": {"criterion": "tone"}}, ("rubrics/support@*.md",)),
    ],
)
def test_an_assertion_names_the_files_it_is_graded_by(
    around: Surroundings, item: AssertItem, told: tuple[str, ...]
) -> None:
    assert names(around, item) == told


def test_a_case_names_what_any_of_its_assertions_does_once(around: Surroundings) -> None:
    items: tuple[AssertItem, ...] = ({"checks": "house"}, {"json_schema": {"file": "schemas/total.json"}})
    assert names(around, *items) == ("checks/house.yaml", "schemas/total.json")


def test_a_judge_that_sees_articles_is_graded_by_those_that_the_case_names(around: Surroundings) -> None:
    told = Input(turns=(Said(customer="hi"),), context={"articles": ["KB-1@1", "../KB-2@1", 3]})
    sees, blind = (make.case(assert_=({"judge": {"criterion": name}},), input=told) for name in SEES_OR_NOT)
    assert yardsticks_of([sees], around).by[sees.id] == ("articles/KB-1@1.md", "rubrics/support@*.md")
    assert yardsticks_of([blind], around).by[blind.id] == ("rubrics/support@*.md",)


SEES_OR_NOT = ("factual_accuracy", "tone")


def test_where_nobody_judges_no_rubric_is_a_yardstick(around: Surroundings) -> None:
    assert names(around, {"judge": {"criterion": "tone"}}, {"cites": {}}, judged=False) == ("articles/",)


def test_every_grader_that_prepares_itself_from_files_names_them() -> None:
    reads = {name for name in GRADERS.table if GRADERS.get(name).prepared is not Grader.prepared}
    tells = {name for name in GRADERS.table if GRADERS.get(name).yardsticks is not Grader.yardsticks}
    assert reads <= tells
    assert tells - reads == {"checks", "judge"}


EDITS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "a schema": ("schemas/total.json", lambda path: path.write_text('{"type": "object"}')),
    "a preset": ("checks/house.yaml", lambda path: path.write_text("always: [no_pii: {}]\n")),
    "a rubric": (RUBRIC, lambda path: path.write_text(path.read_text() + "\nBe strict.\n")),
    "a check": ("../mine.py", lambda path: path.write_text("def polite(reply, case):\n    return False\n")),
    "an article": ("articles/KB-1@1.md", lambda path: path.write_text("Sixty days.\n")),
    "a file that is gone": ("schemas/total.json", lambda path: path.unlink()),
}


@pytest.mark.parametrize("what", EDITS)
def test_what_says_something_else_has_another_digest(around: Surroundings, what: str) -> None:
    name, edit = EDITS[what]
    before = digests_now(around.suite, [name])
    assert digests_now(around.suite, [name]) == before
    edit(around.suite / name)
    assert digests_now(around.suite, [name])[name] != before[name]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("schemas/total.json", '{\n  "required": ["total"],\n  "type": "object"\n}\n'),
        ("checks/house.yaml", '# ours\nmeans: "ours"\nalways: [{json_schema: {file: schemas/total.json}}]\n'),
        ("articles/KB-1@1.md", "Thirty days.\r\n"),
    ],
)
def test_how_a_file_is_laid_out_does_not_matter(around: Surroundings, name: str, text: str) -> None:
    before = digests_now(around.suite, [name])
    (around.suite / name).write_bytes(text.encode())
    assert digests_now(around.suite, [name]) == before


def test_the_newest_version_stands_for_itself(around: Surroundings) -> None:
    wanted = ["rubrics/support@*.md", "labels/*.yaml", RUBRIC]
    before = digests_now(around.suite, wanted)
    text = (around.suite / RUBRIC).read_text()
    (around.suite / "rubrics" / "support@2.md").write_text(text)
    (around.suite / "labels" / "3.yaml").write_text("version: 3\nintents: [refund, delivery]\n")
    after = digests_now(around.suite, wanted)
    assert {name for name in wanted if before[name] != after[name]} == {"rubrics/support@*.md", "labels/*.yaml"}


def test_articles_are_told_by_what_may_be_cited_and_not_by_their_words(around: Surroundings) -> None:
    folder, known = around.suite / "articles", ["articles/"]
    before = digests_now(around.suite, known)
    (folder / "KB-1@1.md").write_text("Sixty days.\n")
    assert digests_now(around.suite, known) == before
    (folder / "KB-1@1.md").write_text("---\nstatus: deprecated\n---\nSixty days.\n")
    gone = digests_now(around.suite, known)
    (folder / "KB-1@2.md").write_text("Sixty days.\n")
    newer = digests_now(around.suite, known)
    assert len({told["articles/"] for told in (before, gone, newer)}) == 3


def test_a_preset_of_ones_own_takes_the_place_of_the_one_that_comes_with_casemill(around: Surroundings) -> None:
    name = "checks/support_draft.yaml"
    before = digests_now(around.suite, [name])
    (around.suite / name).write_text("always: [no_pii: {}]\n")
    after = digests_now(around.suite, [name])
    assert before[name]
    assert after[name] not in ("", before[name])


@pytest.mark.parametrize("name", ["../secret.txt", "/etc/passwd", "..\\secret.txt", "a/../../secret.json", "../no.py"])
def test_a_name_that_leads_out_of_the_suite_is_not_looked_at(around: Surroundings, name: str) -> None:
    (around.root / "secret.txt").write_text("x")
    (around.root / "secret.json").write_text("{}")
    assert digests_now(around.suite, [name]) == {}


def test_a_folder_or_a_file_that_cannot_be_read_says_nothing(around: Surroundings) -> None:
    (around.suite / "schemas" / "total.json").write_bytes(b"\xff\xfe")
    wanted = ["schemas", "schemas/total.json", "rubrics/none@1.md"]
    assert digests_now(around.suite, wanted) == dict.fromkeys(wanted, "")


def test_a_run_tells_its_yardsticks_in_the_head_and_their_names_in_each_verdict(around: Surroundings) -> None:
    cases = (make.case("plain-aaaaaa"), make.case("house-aaaaaa", assert_=({"checks": "house"},)), judged_case())
    with serving(answering(lambda _: '{"total": 5}')) as bot, serving(grading(honest)) as judge:
        toml = f'{bot_at(bot.url)}[model.judge]\nbase_url = "{judge.url}/v1"\nmodel = "judge-1"\n'
        told = read_run(Path(run(shop(around.root, *cases, toml=toml)).file))
    assert told.head.yardsticks == digests_now(around.suite, told.head.yardsticks or ())
    assert {verdict.case: verdict.yardsticks for verdict in told.verdicts} == {
        "plain-aaaaaa": (),
        "house-aaaaaa": ("checks/house.yaml", "schemas/total.json"),
        judged_case().id: ("rubrics/support@*.md",),
    }


def test_a_run_that_nobody_judged_was_graded_by_no_rubric(tmp_path: Path) -> None:
    case = make.case(assert_=({"contains": "refund"}, {"judge": {"criterion": "tone"}}))
    with serving(answering()) as bot:
        told = read_run(Path(run(shop(tmp_path, case, toml=bot_at(bot.url))).file))
    assert (told.head.yardsticks, told.verdicts[0].yardsticks) == ({}, ())


def test_a_run_whose_cases_need_no_file_says_so_and_an_old_file_says_nothing(tmp_path: Path) -> None:
    with serving(answering()) as bot:
        file = Path(run(shop(tmp_path, make.case(), toml=bot_at(bot.url))).file)
    assert read_run(file).head.yardsticks == {}
    file.write_text(file.read_text().replace(',"yardsticks":{}', "", 1))
    assert read_run(file).head.yardsticks is None


@pytest.mark.parametrize("recorded", [None, {}, {"schemas/b.json": "sha256:b"}])
def test_a_verdict_by_a_file_that_the_head_does_not_tell_is_refused(tmp_path: Path, recorded: object) -> None:
    head = {"id": "r", "release": 0, "suite_digest": "", "target": "t", "target_kind": "http", "cases": 1}
    head |= {"started_at": "2026-11-21T09:00:00Z", **({} if recorded is None else {"yardsticks": recorded})}
    verdict = {"case": "a-aaaaaa", "digest": "x", "failure_mode": "m", "severity": "P1", "result": "pass"}
    path = tmp_path / "run.jsonl"
    path.write_text(f"{json.dumps(head)}\n{json.dumps(verdict | {'yardsticks': ['schemas/a.json']})}\n")
    with pytest.raises(FileError, match=r"run\.jsonl:2: a-aaaaaa is graded by files that the head does not tell"):
        read_run(path)


def test_a_name_of_a_yardstick_that_a_terminal_would_obey_is_refused(tmp_path: Path) -> None:
    head = {"id": "r", "release": 0, "suite_digest": "", "target": "t", "target_kind": "http", "cases": 0}
    path = tmp_path / "run.jsonl"
    path.write_text(
        json.dumps(head | {"started_at": "2026-11-21T09:00:00Z", "yardsticks": {"schemas/\x1b[31m.json": ""}}) + "\n"
    )
    with pytest.raises(FileError, match="a name in it holds a line end or a control character"):
        read_run(path)
