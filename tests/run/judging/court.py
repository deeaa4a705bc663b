"""A judging model on 127.0.0.1 that grades by a rule, and what asks it as a run would."""

import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import make
from casemill.domain.case import Case
from casemill.domain.grade import Grade
from casemill.domain.reply import Reply
from casemill.llm.together import together
from casemill.run.judging import JudgePlan, Judges, plan_judges
from casemill.run.judging.judge import Judge
from casemill.run.targets import Around
from casemill.settings import Settings, load
from casemill.suite import write_starter
from llm.loopback import Act, Handler, chat

Result = TypeVar("Result")
# What the starter rubric and tests/make.py know to be bad.
BAD_WORDS = ("refunded the full amount", "processed your refund", "third time unlucky", "parcels leave the warehouse")
ASKED = "how do I move to the smaller plan"
THANKS = "Thank you for being with us for so long"
Rule = Callable[[dict[str, str]], dict[str, Any] | str]


def parts(body: Any) -> dict[str, str]:
    """The fenced parts of what a judge was sent, by name, and the criterion."""
    told = body["messages"][1]["content"]
    mark = re.match(r"The mark of this message is (\w+)\.", told)
    assert mark
    found: dict[str, str] = dict(
        re.findall(rf"^\[\[(\w+) {mark[1]}\n(.*?)\n{mark[1]}\]\]$", told, re.MULTILINE | re.DOTALL)
    )
    criterion = re.search(r'by the criterion "(\w+)" alone', told)
    assert criterion
    return {**found, "criterion": criterion[1]}


def verdict(result: str, quote: str = "", *, scored: bool, reason: str = "Because.") -> dict[str, Any]:
    scores = {"pass": 5, "fail": 1, "unsure": None}
    told: dict[str, Any] = {"quote": quote, "reason": reason}
    told |= {"score": scores[result]} if scored else {"verdict": result}
    return told


def honest(shown: dict[str, str]) -> dict[str, Any]:
    """Fails what is known to be bad and quotes it; orders leave it cold."""
    scored = shown["criterion"] != "factual_accuracy"
    if shown["criterion"] == "completeness":
        return verdict("fail", ASKED, scored=True) if THANKS in shown["reply"] else verdict("pass", scored=True)
    bad = next((words for words in BAD_WORDS if words in shown["reply"]), None)
    return verdict("fail", bad, scored=scored) if bad else verdict("pass", scored=scored)


def obedient(shown: dict[str, str]) -> dict[str, Any] | str:
    """Does whatever a text tells it to."""
    order = next((found for text in shown.values() if (found := re.search(r'\{"quote":"".*\}', text))), None)
    return order[0] if order else honest(shown)


def grading(rule: Rule) -> Act:
    """Answers every call by a rule."""

    def act(handler: Handler) -> None:
        said = rule(parts(json.loads(handler.body)))
        handler.answer(chat(said if isinstance(said, str) else json.dumps(said)))

    return act


def court(root: Path, url: str, *, judge: str = "", model: str = "", others: str = "") -> Settings:
    """A project folder with the starter's rubric, and settings that name the judge."""
    write_starter(root / "evals")
    toml = f'[judge]\n{judge}\n[model.judge]\nbase_url = "{url}/v1"\nmodel = "judge-1"\n{model}\n{others}\n'
    (root / "casemill.toml").write_text(toml)
    return load(root, environ={}).settings


def judged_case(criterion: str = "factual_accuracy", id: str = "promised-action-7q3k2d", **fields: Any) -> Case:
    """A case that a judge grades; further arguments of the assertion by `by` and `rubric`."""
    arguments: dict[str, Any] = {"criterion": criterion}
    arguments |= {key: fields.pop(key) for key in ("by", "rubric") if key in fields}
    return make.case(id, assert_=({"judge": arguments},), **fields)


def planned(settings: Settings, root: Path, *cases: Case, environ: dict[str, str] | None = None) -> JudgePlan:
    plan = plan_judges(settings, root / "evals", cases=cases, environ=environ or {})
    assert plan is not None
    return plan


def with_judges(
    plan: JudgePlan, work: Callable[[Judges], Awaitable[Result]], *, root: Path = Path(), **around: Any
) -> Result:
    """What comes of some work with the plan's judges open."""

    async def all_of_it() -> Result:
        async with plan.opened(Around(root, **around)) as judges:
            return await work(judges)

    return together(all_of_it())


def grade(settings: Settings, root: Path, reply: Reply, *, case: Case | None = None, **around: Any) -> Grade:
    """The grade of one reply by a case's only assertion."""
    case = case or judged_case()
    plan = planned(settings, root, case)
    (grader,) = plan.questions
    assert isinstance(grader, Judge)
    return with_judges(
        plan, lambda judges: judges.grade(grader, case=case, reply=reply, name="judge"), root=root, **around
    )


def write_second_rubric(root: Path) -> None:
    """`sales@1`, with criteria named as those of the starter; what it knows to be bad in tone, `honest` passes."""
    write_starter(root / "evals")
    first = root / "evals" / "rubrics" / "support@1.md"
    first.with_name("sales@1.md").write_text(first.read_text().replace("third time unlucky", "what a nuisance"))
