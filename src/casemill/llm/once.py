"""One request from plain code: opened, sent with its retries, closed."""

from casemill.llm.http import Answer, Limits, Request, open_caller
from casemill.llm.together import together


def ask_once(request: Request, limits: Limits) -> Answer:
    """The answer to a request; an OutsideError that names the host and what it did, a UsageError for a host that may
    not be called."""
    return together(_asked(request, limits))


async def _asked(request: Request, limits: Limits) -> Answer:
    async with open_caller(limits) as caller:
        return await caller.send(request)
