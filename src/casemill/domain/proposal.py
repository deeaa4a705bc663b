"""The classifier's answer about a ticket."""

from datetime import datetime

from casemill.domain.failure import Evidence, Failure, Origin
from casemill.domain.word import Word


class Proposal(Word, omit_defaults=True):
    """Whose failure, which failures, how sure (0 to 1), with evidence quoted verbatim.

    `proposer` names who answered (`rules@1`, `local@3f9a…`); `digests` hold prompt, model and taxonomy.
    """

    ticket: str
    version: int
    origin: Origin
    failures: tuple[Failure, ...] = ()
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    proposer: str
    digests: dict[str, str] = {}
    at: datetime
    id: int | None = None
