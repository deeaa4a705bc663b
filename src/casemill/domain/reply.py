"""What the AI under test answered."""

from casemill.domain.ticket import ToolCall
from casemill.domain.word import Word


class Usage(Word, omit_defaults=True):
    """Tokens of one call, as the provider counted them."""

    input_tokens: int = 0
    output_tokens: int = 0


class Reply(Word, omit_defaults=True):
    """The answer and what came with it. `confidence` is 0 to 1, `latency_ms` wall time of the call, `cost` US dollars.

    `before` are the answers to the earlier turns of a case that is played live, oldest first.
    """

    text: str = ""
    calls: tuple[ToolCall, ...] = ()
    citations: tuple[str, ...] = ()
    confidence: float | None = None
    intent: str | None = None
    escalated: bool | None = None
    draft_shown: bool | None = None
    usage: Usage | None = None
    latency_ms: float | None = None
    cost: float | None = None
    before: "tuple[Reply, ...]" = ()
