"""From a judge on a real socket through the run file to the gate: who is believed, and who is not."""

from pathlib import Path

import make
from casemill.domain.gate import Judgement
from casemill.gate import judge_run, read_rules
from casemill.run import read_run
from casemill.suite.certificates import write_certificate
from gate.weighing import certificate, rule
from llm.loopback import serving
from run.judging.court import Rule, grading, honest, judged_case, obedient
from run.shop import answering, bot_at, run, shop

CASES = (
    judged_case(id="judged-aaaaaa", severity="P1"),
    make.case("plain-aaaaaa", assert_=({"contains": {"any": ["refund"]}},)),
)


def put(root: Path, judge: Rule, says: str) -> Path:
    """The run file of a bot that always says the same, graded by a judge."""
    with serving(answering(lambda _: says)) as bot, serving(grading(judge)) as model:
        toml = f'{bot_at(bot.url)}[model.judge]\nbase_url = "{model.url}/v1"\nmodel = "judge-1"\n'
        return Path(run(shop(root, *CASES, toml=toml)).file)


def gate(root: Path, file: Path) -> Judgement:
    return judge_run(read_run(file), read_rules(root / "evals"), now=make.NOW)


def test_a_red_by_a_judge_shuts_the_gate_once_people_have_vouched_for_the_judge(tmp_path: Path) -> None:
    file = put(tmp_path, honest, make.BAD)
    before = gate(tmp_path, file)
    assert (before.state, before.judged) == ("open", 1)
    assert before.reds[0].doubt == "judge judge was never calibrated on factual_accuracy"
    head = read_run(file).head.judges[0]
    (rubric,) = head.rubrics
    told = {"criterion": "factual_accuracy", "judge": head.name, "judge_digest": head.digest, "prompt": head.prompt}
    vouched = certificate(**told, rubric=rubric, rubric_digest=head.rubrics[rubric])
    write_certificate(tmp_path / "evals", vouched)
    after = gate(tmp_path, file)
    assert (after.state, rule(after, "judges")) == ("shut", ("held", ""))
    assert after.because[0] == "1 P1 case fails with no override that counts"


def test_a_judge_that_obeys_what_it_grades_leaves_a_green_run_unjudged(tmp_path: Path) -> None:
    judgement = gate(tmp_path, put(tmp_path, obedient, make.GOOD))
    assert judgement.state == "unjudged"
    assert judgement.because[0] == "judge judge follows orders from what it grades, by factual_accuracy of support@1"
