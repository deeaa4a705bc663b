"""The rules' verdict and what reviews taught become one proposal.

They agree when both name the same origin and, for the AI's failures, the same first mode; then the learned
probability is the confidence. Where they differ, the learned proposer decides if its calibrated probability is higher
than the share of reviewed tickets on which the rules were right, else the rules do; routing never lets it pass.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from casemill.domain.failure import Evidence, Failure
from casemill.domain.proposal import Proposal
from casemill.domain.taxonomy import Taxonomy
from casemill.domain.ticket import Ticket
from casemill.domain.word import canonical, digest_of
from casemill.triage.learn import Learned, Lesson, LocalProposer
from casemill.triage.route import Opinion
from casemill.triage.rules.fields import macro_title
from casemill.triage.rules.passage import Passage
from casemill.triage.rules.quoting import around
from casemill.triage.rules.reading import NAME, judge
from casemill.triage.rules.sides import take_apart
from casemill.triage.rules.weigh import MOST_QUOTES, Verdict, evidence_for

MOST_LEARNED_QUOTES = 2
RECORD_OVER = 500


class Record(NamedTuple):
    """How often the rules were right on reviewed tickets: on the origin, and on the first mode of the AI's failures."""

    origin: float = 0.5
    mode: float = 0.5


class Judges(NamedTuple):
    """Who answers: the rules with their record, and the local proposer when there is enough to learn from.

    `reviewed` is how many decisions stood; a proposal remembers it.
    """

    taxonomy: Taxonomy
    local: LocalProposer | None
    reviewed: int
    record: Record = Record()

    def opinion(self, ticket: Ticket, *, now: datetime) -> Opinion:
        """One proposal with how it came about."""
        verdict = judge(ticket, self.taxonomy)
        learned = _in_taxonomy(self.local.judge(ticket), self.taxonomy) if self.local else None
        agreed = _agree(verdict, learned) if learned is not None else None
        if learned is not None and (agreed or self._local_knows_better(verdict, learned)):
            proposal = self._by_local(ticket, learned, verdict=verdict, now=now)
        else:
            proposal = self._by_rules(ticket, verdict, now=now)
        return Opinion(proposal, agreed=agreed, danger=verdict.danger, orders=verdict.orders)

    def _local_knows_better(self, verdict: Verdict, learned: Learned) -> bool:
        if verdict.origin != learned.origin:
            return learned.probability > self.record.origin
        return self._local_knows_the_mode(learned)

    def _local_knows_the_mode(self, learned: Learned) -> bool:
        return learned.mode_probability * (self.local.covers if self.local else 0.0) > self.record.mode

    def _by_rules(self, ticket: Ticket, verdict: Verdict, *, now: datetime) -> Proposal:
        return Proposal(
            ticket=ticket.key,
            version=ticket.version,
            origin=verdict.origin,
            failures=verdict.failures,
            confidence=verdict.confidence,
            evidence=verdict.evidence,
            proposer=NAME,
            digests=self._digests(),
            at=now,
        )

    def _by_local(self, ticket: Ticket, learned: Learned, *, verdict: Verdict, now: datetime) -> Proposal:
        failures = self._failures(learned, verdict) if learned.origin == "model" else ()
        return Proposal(
            ticket=ticket.key,
            version=ticket.version,
            origin=learned.origin,
            failures=failures,
            confidence=round(learned.sure, 3),
            evidence=_evidence(ticket, learned, verdict=verdict),
            proposer=self.local.name if self.local else NAME,
            digests=self._digests(),
            at=now,
        )

    def _failures(self, learned: Learned, verdict: Verdict) -> tuple[Failure, ...]:
        """The learned mode at the turn the rules found for it, or the rules' where they know modes better."""
        mode = self.taxonomy.mode(learned.mode) if learned.mode else None
        if mode is None or (verdict.origin != "model" and not self._local_knows_the_mode(learned)):
            return verdict.suspected[:1]
        turn = next((one.turn for one in verdict.suspected if one.mode == mode.name), verdict.turn)
        more = verdict.failures[1:] if _agree(verdict, learned) else ()
        return (Failure(mode=mode.name, severity=mode.severity, turn=turn), *more)

    def _digests(self) -> dict[str, str]:
        told = {"taxonomy": digest_of(canonical(self.taxonomy)), "rules": NAME, "reviews": str(self.reviewed)}
        return told | ({"local": self.local.digest} if self.local else {})


def rules_record(lessons: Sequence[Lesson], taxonomy: Taxonomy) -> Record:
    """The rules held against the newest reviews; with few of them the record stays near one half."""
    judged = [(judge(lesson.ticket, taxonomy), lesson) for lesson in lessons[-RECORD_OVER:]]
    origins = [verdict.origin == lesson.origin for verdict, lesson in judged]
    modes = [
        bool(verdict.suspected) and verdict.suspected[0].mode == lesson.mode
        for verdict, lesson in judged
        if lesson.mode is not None
    ]
    return Record((sum(origins) + 1) / (len(origins) + 2), (sum(modes) + 1) / (len(modes) + 2))


def _in_taxonomy(learned: Learned, taxonomy: Taxonomy) -> Learned:
    """A mode that an older taxonomy had is not proposed any more."""
    if learned.mode is None or taxonomy.mode(learned.mode):
        return learned
    return learned._replace(mode=None, mode_probability=0.0)


def _agree(verdict: Verdict, learned: Learned) -> bool:
    if verdict.origin != learned.origin:
        return False
    return learned.origin != "model" or (bool(verdict.failures) and verdict.failures[0].mode == learned.mode)


def _evidence(ticket: Ticket, learned: Learned, *, verdict: Verdict) -> tuple[Evidence, ...]:
    """The rules' quotes for the same thing, and the sentences with the words that reviews tie to it."""
    modes = (learned.mode,) if learned.mode else ()
    quoted = evidence_for(learned.origin, modes, signals=verdict.signals)
    seen = {evidence.quote for evidence in quoted}
    more = [evidence for evidence in _learned_quotes(ticket, learned) if evidence.quote not in seen]
    return (*quoted, *more[:MOST_LEARNED_QUOTES])[: MOST_QUOTES + MOST_LEARNED_QUOTES]


def _learned_quotes(ticket: Ticket, learned: Learned) -> Iterator[Evidence]:
    sides = take_apart(ticket)
    passages = (*sides.staff, *macro_title(ticket), *sides.complaint)
    for words in learned.words:
        found = next((quote for passage in passages if (quote := _quote(passage, words, learned=learned))), None)
        if found is not None:
            yield found


def _quote(passage: Passage, words: str, *, learned: Learned) -> Evidence | None:
    """The sentence with the words; between two of them one letter may stand, which the model does not read."""
    pattern = r"\W+(?:\w\W+)?".join(re.escape(word) for word in words.split())
    match = re.search(rf"\b{pattern}\b", passage.text, re.IGNORECASE)
    if match is None:
        return None
    what = learned.mode or learned.origin
    quote = around(passage.text, start=match.start(), end=match.end())
    return Evidence(quote=quote, why=f"“{words}”: reviews tie it to {what}", turn=passage.turn)
