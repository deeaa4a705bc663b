"""The AI promises nothing that it cannot keep."""

from casemill.domain.case import Case
from casemill.domain.grade import Grade, failed, passed
from casemill.domain.reply import Reply
from casemill.run.fold import cut, fold, fold_phrase
from casemill.run.graders import Grader
from casemill.run.promises import promises


class NoPromise(Grader, omit_defaults=True):
    """Passes when the reply neither claims to have done something for the customer (a refund, a replacement, a
    cancellation, …) nor promises it. Denials, questions and conditions are no promise.

    A call of one of the tools in `unless_called`, now or in an earlier turn, backs what is claimed. A sentence that
    holds a phrase of `allow` may stand. Read by rules, in English, Russian and Kazakh; other languages are not read.
    """

    unless_called: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()

    def look(self, reply: Reply, case: Case) -> Grade:
        recorded = () if case.input.live else case.input.turns
        earlier = [turn.tool.name for turn in recorded if turn.tool is not None]
        made = [call.name for one in (*reply.before, reply) for call in one.calls]
        if backed := next((name for name in (*made, *earlier) if name in self.unless_called), None):
            return passed(f"{backed} was called")
        allowed = [fold_phrase(phrase, ignore_case=True) for phrase in self.allow]
        for said in promises(fold(reply.text)):
            if not any(phrase in fold_phrase(said, ignore_case=True) for phrase in allowed):
                return failed(f'promises: "{cut(said, 160)}"')
        return passed()
