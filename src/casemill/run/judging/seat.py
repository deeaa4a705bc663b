"""One judge: a model behind an address, asked for one verdict at a time, as often as its settings say."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from casemill.domain.grade import GradeResult
from casemill.domain.reply import Usage
from casemill.errors import CasemillError
from casemill.llm.chat import Ask, chat_body, read_chat
from casemill.llm.http import Caller, Request
from casemill.run.judging.answer import Answer, Unusable, clean, read_answer
from casemill.run.judging.panel import JudgeSpent
from casemill.run.judging.prompting import Prompt, Shown, answer_schema
from casemill.run.reply import cost_of
from casemill.settings import Price

if TYPE_CHECKING:
    from casemill.run.judging.recall import Recall

TRIES = 2


class Seat(NamedTuple):
    """A judge before it is opened: its name in the settings, address with key, model, how it is asked."""

    name: str
    model: str
    request: Request
    params: Mapping[str, Any]
    price: Price | None
    repeat: int
    schema: bool

    @property
    def needed(self) -> int:
        """How many votes must agree: more than half."""
        return self.repeat // 2 + 1


class Opinion(NamedTuple):
    """What one judge says of a reply after all its votes; `result` is an error when it could not tell."""

    judge: str
    result: GradeResult
    reason: str
    votes: tuple[GradeResult, ...] = ()
    quote: str = ""
    score: int | None = None
    abstained: bool = False


class Purse:
    """Counts what one judge costs."""

    def __init__(self, price: Price | None) -> None:
        self.price = price
        self.spent = JudgeSpent(cost=0.0 if price else None)

    def pay(self, usage: Usage) -> JudgeSpent:
        """One more call; what it cost alone."""
        one = JudgeSpent(1, usage, cost_of(usage, self.price) if self.price else None)
        self.spent = added(self.spent, one)
        return one


class OpenSeat(NamedTuple):
    """A judge that can be asked; calls at once are bounded by `slots`. What `recall` holds is not asked again."""

    seat: Seat
    caller: Caller
    slots: asyncio.Semaphore
    purse: Purse
    recall: "Recall | None" = None

    async def opinion(self, prompt: Prompt, shown: Shown) -> tuple[Opinion, JudgeSpent]:
        """The verdict that more than half of the votes agree on, and what it cost. Never raises for the outside.

        As many votes are asked for at once as must agree; further ones only while they can still decide something.
        """
        seat = self.seat
        answers: list[tuple[Answer, JudgeSpent]] = []
        while len(answers) < seat.repeat and not _decided(answers, seat):
            results = [answer.result for answer, _ in answers]
            missing = seat.needed - max(results.count("pass"), results.count("fail"))
            more = min(missing, seat.repeat - len(answers))
            answers += await asyncio.gather(*(self._vote(prompt, shown) for _ in range(more)))
        spent = JudgeSpent(cost=0.0 if seat.price else None)
        for _, one in answers:
            spent = added(spent, one)
        return _opinion([answer for answer, _ in answers], seat), spent

    async def _vote(self, prompt: Prompt, shown: Shown) -> tuple[Answer, JudgeSpent]:
        """One verdict, or what was said in its place before; what nobody answered is not kept."""
        spent = JudgeSpent(cost=0.0 if self.seat.price else None)
        if self.recall is None:
            return await self._fresh(prompt, shown, spent=spent)
        key = self.recall.next_key(self._request(prompt, shown), prompt.criterion)
        if (before := self.recall.get(key)) is not None:
            return before, spent
        answer, spent = await self._fresh(prompt, shown, spent=spent)
        if not answer.unheard:
            await self.recall.keep(key, answer)
        return answer, spent

    async def _fresh(self, prompt: Prompt, shown: Shown, *, spent: JudgeSpent) -> tuple[Answer, JudgeSpent]:
        """An answer that cannot be used is asked for once more, with what was wrong."""
        again = ""
        for _ in range(TRIES):
            try:
                text, one = await self._ask(prompt, shown, again=again)
            except CasemillError as error:
                return Answer("error", clean(str(error)), unheard=True), spent
            spent = added(spent, one)
            try:
                return read_answer(text, prompt.criterion, shown=shown), spent
            except Unusable as error:
                again = str(error)
        return Answer("error", f"no verdict in its answer: {clean(again)}"), spent

    async def _ask(self, prompt: Prompt, shown: Shown, *, again: str) -> tuple[str, JudgeSpent]:
        request = self._request(prompt, shown, again=again)
        async with self.slots:
            answer = await self.caller.send(request)
        try:
            reply = read_chat(answer.body)
        except CasemillError:
            self.purse.pay(Usage())
            raise
        return reply.text, self.purse.pay(reply.usage or Usage())

    def _request(self, prompt: Prompt, shown: Shown, *, again: str = "") -> Request:
        seat = self.seat
        form = {"response_format": answer_schema(prompt.criterion)} if seat.schema else {}
        ask = Ask(seat.model, (), {**seat.params, **form})
        return seat.request._replace(body=chat_body(ask, prompt.messages(shown, again=again)))


def middle(scores: list[int]) -> int | None:
    """The median, of two in the middle the lower; None of nothing."""
    return sorted(scores)[(len(scores) - 1) // 2] if scores else None


def added(one: JudgeSpent, other: JudgeSpent) -> JudgeSpent:
    """Both together; the cost is unknown when one is."""
    usage = Usage(
        input_tokens=one.usage.input_tokens + other.usage.input_tokens,
        output_tokens=one.usage.output_tokens + other.usage.output_tokens,
    )
    cost = None if one.cost is None or other.cost is None else one.cost + other.cost
    return JudgeSpent(one.calls + other.calls, usage, cost)


def _decided(answers: list[tuple[Answer, JudgeSpent]], seat: Seat) -> bool:
    """Whether further votes can change nothing: enough agree, or no longer can."""
    results = [answer.result for answer, _ in answers]
    most = max(results.count("pass"), results.count("fail"))
    return most >= seat.needed or most + seat.repeat - len(results) < seat.needed


def _opinion(answers: list[Answer], seat: Seat) -> Opinion:
    votes = tuple(answer.result for answer in answers)
    winner = next((result for result in ("pass", "fail") if votes.count(result) >= seat.needed), None)
    if winner is None:
        silent = next((answer for answer in answers if answer.result == "error"), None)
        if silent is None:
            reason = f"its votes do not agree: {votes.count('pass')} pass, {votes.count('fail')} fail"
            return Opinion(seat.name, "error", reason, votes, abstained=True)
        unsure = f"unsure: {silent.reason}" if silent.unsure else silent.reason
        return Opinion(seat.name, "error", unsure, votes, silent.quote, abstained=silent.unsure)
    agreeing = [answer for answer in answers if answer.result == winner]
    first, scores = agreeing[0], [answer.score for answer in agreeing if answer.score is not None]
    return Opinion(seat.name, first.result, first.reason, votes, first.quote, middle(scores))
