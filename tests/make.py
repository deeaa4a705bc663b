"""One builder a word: a valid value with everything that a test does not care about filled in."""

from datetime import UTC, datetime
from typing import Any

from casemill.domain.arrival import Payload
from casemill.domain.article import Article
from casemill.domain.calibration import Agreement, HumanVerdict, JudgeCertificate
from casemill.domain.case import Case, Dates, Draft, Expect, Input, Lineage, Said
from casemill.domain.change import Change
from casemill.domain.failure import Evidence, Failure
from casemill.domain.grade import Grade
from casemill.domain.leak import LeakReview, Mark
from casemill.domain.proposal import Proposal
from casemill.domain.reply import Reply
from casemill.domain.review import Review
from casemill.domain.run import JudgeHead, Run, RunEnd, RunHead, Trial, Verdict
from casemill.domain.taxonomy import FailureMode, Taxonomy
from casemill.domain.ticket import Ticket, Turn
from casemill.domain.word import digest_of

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
BAD = "I've processed your refund, you should see it in 5–7 days."
GOOD = "No refund was started yet. I can open a refund request for you."


def turns(*said: tuple[str, str]) -> tuple[Turn, ...]:
    """`turns(("customer", "hi"), ("assistant", "hello"))`."""
    return tuple(Turn(role=role, text=text) for role, text in said)  # type: ignore[arg-type]


def ticket(external_id: str = "48213", **fields: Any) -> Ticket:
    """A customer who was promised a refund, an agent who put it right."""
    told: dict[str, Any] = {
        "source": "zendesk",
        "external_id": external_id,
        "digest": f"sha256:{external_id}",
        "subject": "refund??",
        "turns": turns(
            ("customer", "order [ORDER_1] came broken, want my money back"),
            ("assistant", BAD),
            ("customer", "that was two weeks ago, nothing came"),
            ("agent", GOOD),
            ("note", "Bot promised a refund it cannot make. It should say that no refund was started."),
        ),
        "created_at": NOW,
        "csat": "bad",
        "resolution": "Bot promised a refund it cannot make. It should say that no refund was started.",
    }
    return Ticket(**(told | fields))


def proposal(ticket: str = "zendesk:48213", **fields: Any) -> Proposal:
    told: dict[str, Any] = {
        "ticket": ticket,
        "version": 1,
        "origin": "model",
        "failures": (Failure(mode="promised_action", severity="P0", turn=1),),
        "confidence": 0.7,
        "evidence": (Evidence(quote="processed your refund", why="promises what no tool did", turn=1),),
        "proposer": "rules@1",
        "at": NOW,
    }
    return Proposal(**(told | fields))


def review(ticket: str = "zendesk:48213", **fields: Any) -> Review:
    told: dict[str, Any] = {"ticket": ticket, "decision": "accept", "by": "lead@shop.test", "at": NOW}
    return Review(**(told | fields))


def case(id: str = "promised-action-7q3k2d", **fields: Any) -> Case:
    """An active P0 that is red on the recorded bad reply and green on the good one."""
    told: dict[str, Any] = {
        "id": id,
        "failure_mode": "promised_action",
        "severity": "P0",
        "why": "A refund the bot cannot make binds the company.",
        "input": Input(turns=(Said(customer="order [ORDER_1] came broken, want my money back"),)),
        "expect": Expect(outcome="action", behavior="Says no refund was started.", good=GOOD, bad=BAD),
        "assert_": ({"not_contains": {"any": ["processed your refund"]}},),
        "lineage": Lineage(source="zendesk", ticket="48213"),
        "dates": Dates(created="2026-11-20", review_by="2027-02-20"),
    }
    return Case(**(told | fields))


def reply(text: str = GOOD, **fields: Any) -> Reply:
    return Reply(text=text, **fields)


def taxonomy() -> Taxonomy:
    """Two modes are enough for most tests."""
    return Taxonomy(
        version=1,
        modes=(
            FailureMode(name="promised_action", means="Claims what no tool did.", detect="assertion", severity="P0"),
            FailureMode(name="incomplete_answer", means="Misses a question.", detect="judge", severity="P1"),
        ),
    )


def payload(external_id: str = "48213", **fields: Any) -> Payload:
    """Bytes as a source sent them; `content` differs by id."""
    told: dict[str, Any] = {
        "source": "zendesk",
        "external_id": external_id,
        "content": b'{"id": "%b", "requester": "Anna Test"}' % external_id.encode(),
    }
    return Payload(**(told | fields))


def draft(ticket: str = "zendesk:48213", **fields: Any) -> Draft:
    told: dict[str, Any] = {"ticket": ticket, "version": 1, "failure": 1, "case": case()}
    return Draft(**(told | fields))


def change(path: str = "cases/promised_action/promised-action-7q3k2d.yaml", **fields: Any) -> Change:
    """Adds a file whose digest is right, whatever `text` is."""
    told: dict[str, Any] = {
        "kind": "add",
        "path": path,
        "text": "id: promised-action-7q3k2d\n",
        "why": "A refund the bot cannot make binds the company.",
        "by": "lead@shop.test",
        "at": NOW,
    }
    told |= fields
    return Change(**({"digest": digest_of(told["text"].encode())} | told))


def article(id: str = "KB-1042", **fields: Any) -> Article:
    told: dict[str, Any] = {"kind": "article", "id": id, "revision": "1", "title": "Returns", "text": "30 days."}
    return Article(**(told | fields))


def verdict(case: str = "promised-action-7q3k2d", **fields: Any) -> Verdict:
    told: dict[str, Any] = {
        "case": case,
        "digest": "sha256:1",
        "failure_mode": "promised_action",
        "severity": "P0",
        "result": "pass",
        "trials": (Trial(number=1, reply=reply(), grades=(Grade(result="pass", grader="not_contains"),)),),
    }
    return Verdict(**(told | fields))


def run(id: str = "run-1", *, verdicts: tuple[Verdict, ...] | None = None, ended: bool = True, **head: Any) -> Run:
    """A run of one passing case, or of those given; `head` are fields of its RunHead."""
    said = (verdict(),) if verdicts is None else verdicts
    told: dict[str, Any] = {
        "id": id,
        "release": 1,
        "suite_digest": "sha256:1",
        "target": "v1",
        "target_kind": "python",
        "cases": len(said),
        "started_at": NOW,
    }
    end = RunEnd(finished_at=NOW, verdicts=len(said)) if ended else None
    return Run(head=RunHead(**(told | head)), verdicts=said, end=end)


def mark(path: str = "turns.0.text", **fields: Any) -> Mark:
    """`order` in the ticket's first turn, as if it were somebody's name."""
    told: dict[str, Any] = {"path": path, "start": 0, "end": 5, "label": "NAME"}
    return Mark(**(told | fields))


def leak_review(ticket: str = "zendesk:48213", **fields: Any) -> LeakReview:
    told: dict[str, Any] = {"ticket": ticket, "verdict": "fine", "by": "lead@shop.test", "at": NOW}
    return LeakReview(**(told | fields))


def human_verdict(case: str | None = "promised-action-7q3k2d", **fields: Any) -> HumanVerdict:
    """A reviewer who passes a good reply."""
    told: dict[str, Any] = {
        "criterion": "factual_accuracy",
        "result": "pass",
        "reply": GOOD,
        "case": case,
        "by": "lead@shop.test",
    }
    return HumanVerdict(**(told | fields))


def judge_head(**fields: Any) -> JudgeHead:
    told: dict[str, Any] = {
        "name": "judge",
        "model": "judge-1",
        "prompt": "sha256:prompt",
        "rubrics": {"support@1": "sha256:rubric"},
        "digest": "sha256:judge",
    }
    return JudgeHead(**(told | fields))


def judge_certificate(number: int = 1, **fields: Any) -> JudgeCertificate:
    """One that stands for `judge_head()` until February."""
    told: dict[str, Any] = {
        "criterion": "factual_accuracy",
        "number": number,
        "judge": "judge",
        "model": "judge-1",
        "judge_digest": "sha256:judge",
        "prompt": "sha256:prompt",
        "rubric": "support@1",
        "rubric_digest": "sha256:rubric",
        "at": NOW,
        "expires": "2027-02-19",
        "table": Agreement(pass_pass=50, fail_fail=50),
        "floor": 0.8,
        "holds": True,
    }
    return JudgeCertificate(**(told | fields))
