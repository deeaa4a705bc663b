"""A target as the trial loop asks it: talks played live, replies fit to be kept and read, timed and priced."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count
from secrets import token_hex
from typing import NamedTuple

from casemill.domain.case import Case
from casemill.domain.reply import Reply
from casemill.domain.word import changed
from casemill.run.input import TALK
from casemill.run.live import play
from casemill.run.reply import cost_of, readable
from casemill.run.targets import Around, Asked, Target


@asynccontextmanager
async def open_target(target: Target, around: Around) -> AsyncIterator[Asked]:
    """What can be asked as long as the block runs; a UsageError when the target's settings cannot work.

    Every reply is whole JSON without control characters, knows its milliseconds, and its cost where the target has
    a price and told its tokens. A case that is to be played live is, unless the target answers whole talks itself.
    """
    mark = token_hex(6)  # talks of two runs must not meet in a bot that remembers
    async with target.opened(around) as asked:
        yield _Asking(target, asked, (f"{mark}-{number}" for number in count(1)))


class _Asking(NamedTuple):
    target: Target
    asked: Asked
    talks: Iterator[str]

    async def ask(self, case: Case) -> Reply:
        TALK.set(next(self.talks))
        if case.input.live and not self.target.answers_whole_talks:
            return await play(case, self._one, hands_tools_out=self.target.hands_tools_out)
        return await self._one(case)

    async def _one(self, case: Case) -> Reply:
        loop = asyncio.get_running_loop()
        started = loop.time()
        reply = readable(await self.asked.ask(case))
        if reply.latency_ms is None:
            reply = changed(reply, latency_ms=round((loop.time() - started) * 1000, 1))
        price = self.target.price
        if price is not None and reply.cost is None and reply.usage is not None:
            reply = changed(reply, cost=cost_of(reply.usage, price))
        return reply
