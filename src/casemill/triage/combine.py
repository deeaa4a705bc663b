"""The rules' verdict and what reviews taught become one proposal.

The learned proposer decides where it is surer than the rules, the rules where they are. Agreement means the same
origin and, for the AI's failures, the same first mode: then the learned probability stands as the confidence.
Otherwise the confidence is lowered, and routing never lets it pass.
"""

import re
from datetime import datetime
from typing import NamedTuple

from casemill.domain.failure import Evidence, Failure
from casemill.domain.proposal import Proposal
from casemill.domain.taxonomy import Taxonomy
from casemill.domain.ticket import Ticket
from casemill.domain.word import canonical, digest_of
from casemill.triage.learn import Learned, LocalProposer
from casemill.triage.route import Opinion
from casemill.triage.rules.quoting import around
from casemill.triage.rules.reading import NAME, judge
from casemill.triage.rules.sides import take_apart
from casemill.triage.rules.weigh import Verdict

WHEN_THEY_DISAGREE = 0.5


class Judges(NamedTuple):
    """Who answers: the rules with their taxonomy, and the local proposer when there is enough to learn from."""

    taxonomy: Taxonomy
    local: LocalProposer | None

    def opinion(self, ticket: Ticket, *, now: datetime) -> Opinion:
        """One proposal with how it came about."""
        verdict = judge(ticket, self.taxonomy)
        learned = self.local.judge(ticket) if self.local else None
        agreed = _agree(verdict, learned) if learned else None
        return Opinion(
            proposal=self._proposal(ticket, verdict, learned=learned, now=now),
            agreed=agreed,
            danger=verdict.danger,
            orders=verdict.orders,
        )

    def _proposal(self, ticket: Ticket, verdict: Verdict, *, learned: Learned | None, now: datetime) -> Proposal:
        digests = {"taxonomy": digest_of(canonical(self.taxonomy)), "rules": NAME}
        if self.local:
            digests["local"] = self.local.digest
        mine = {"ticket": ticket.key, "version": ticket.version, "digests": digests, "at": now}
        if learned is None or self.local is None or not _local_decides(verdict, learned):
            return Proposal(
                origin=verdict.origin,
                failures=verdict.failures,
                confidence=_lowered(verdict.confidence, verdict, learned=learned),
                evidence=verdict.evidence,
                proposer=NAME,
                **mine,
            )
        return Proposal(
            origin=learned.origin,
            failures=_failures(ticket, learned, verdict=verdict, taxonomy=self.taxonomy),
            confidence=_lowered(_sure(learned), verdict, learned=learned),
            evidence=_evidence(ticket, learned, verdict=verdict),
            proposer=self.local.name,
            **mine,
        )
