"""One failure of a ticket becomes a draft: a case, its checks, and what is still missing; pure."""

import re
from datetime import datetime, timedelta
from typing import NamedTuple

from casemill.domain.article import Article
from casemill.domain.case import Case, Dates, Draft, Expect, Input, Lineage, Since, case_id
from casemill.domain.failure import Failure
from casemill.domain.taxonomy import Taxonomy
from casemill.domain.ticket import Ticket
from casemill.domain.word import changed
from casemill.normalize.checks import NO_GOOD, check, choose
from casemill.normalize.expected import NOBODY, Expectation, expected_of, notes_of
from casemill.normalize.ladder.facts import Facts
from casemill.normalize.minimal import Cut, Told, cut
from casemill.normalize.outcome import outcome_of
from casemill.normalize.reference import good_reply
from casemill.normalize.traits import card_of, stratum_of

NOT_ADMITTED = "a draft: nobody admitted it yet"
_ARTICLE = re.compile(r"(?<![\w-])[A-Z]{2,6}-\d{1,6}(?![\w-])")


class Origins(NamedTuple):
    """What surrounds a ticket: the article its macro stands for, the articles it cites, the AI's tools, the modes the
    proposal names and what it quotes for them, and the ids of the proposal and of the review that decided it."""

    macro: Article | None = None
    articles: tuple[Article, ...] = ()
    tools: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    proposal: int | None = None
    review: int | None = None


class Terms(NamedTuple):
    """What a draft is made by: the taxonomy, after how many days a case is looked at again, and the time."""

    taxonomy: Taxonomy
    review_after_days: int
    now: datetime


class Slot(NamedTuple):
    """Which failure of its ticket, counted from 1, and the id of a case that guards it already."""

    failure: Failure
    number: int = 1
    known: str | None = None


def draft_of(ticket: Ticket, slot: Slot, *, origins: Origins, terms: Terms) -> Draft:
    """The case a failure asks for; the same ticket gives the same draft."""
    expectation = expected_of(ticket, origins.macro)
    told = Facts(mode=slot.failure.mode, bad="", expected=expectation.text, wrong=expectation.wrong)
    found = cut(ticket, slot.failure.turn, told=Told(told.blamed, told.wanted))
    expect = _expect(ticket, found, mode=slot.failure.mode, expected=expectation.text)
    bare = _bare(ticket, slot, found=found, terms=terms)
    case = changed(
        bare,
        input=changed(bare.input, context=_context(ticket, origins.articles, expected=expectation.text)),
        expect=expect,
        lineage=_lineage(ticket, slot, origins=origins, macro=expectation.macro),
    )
    chosen = choose(case, _facts(ticket, found, case=case, told=expectation, origins=origins))
    case = changed(case, assert_=chosen.rules)
    return Draft(
        ticket=ticket.key,
        version=ticket.version,
        failure=slot.number,
        case=case,
        checks=check(case),
        missing=(*found.missing, *_missing(expect), *chosen.hints),
    )


def articles_named(ticket: Ticket) -> tuple[str, ...]:
    """The ids of articles that the ticket speaks of, as `KB-1042`."""
    texts = [*(turn.text for turn in ticket.turns), *notes_of(ticket), ticket.expected or ""]
    return tuple(dict.fromkeys(name for text in texts for name in _ARTICLE.findall(text)))


def version_of(article: Article) -> str:
    """`KB-1042@4`."""
    return f"{article.id}@{article.revision}"


def _bare(ticket: Ticket, slot: Slot, *, found: Cut, terms: Terms) -> Case:
    """Everything about the case but what should happen."""
    failure, day = slot.failure, terms.now.date()
    mode = terms.taxonomy.mode(failure.mode)
    name = case_id(failure.mode, source=ticket.source, ticket=ticket.external_id, failure=slot.number)
    said = Input(turns=found.turns)
    return Case(
        id=slot.known or name,
        failure_mode=failure.mode,
        severity=failure.severity,
        stratum=stratum_of(said, failure.mode),
        status="quarantined",
        quarantine=Since(since=day.isoformat(), because=NOT_ADMITTED),
        why=mode.means if mode else "",
        input=said,
        card=card_of(said),
        dates=Dates(created=day.isoformat(), review_by=(day + timedelta(days=terms.review_after_days)).isoformat()),
    )


def _expect(ticket: Ticket, found: Cut, *, mode: str, expected: str) -> Expect:
    after = found.failing if found.failing is not None else 0
    return Expect(
        outcome=outcome_of(mode, expected),
        behavior=expected,
        good=good_reply(ticket, after=after, expected=expected),
        bad=found.bad,
        bad_calls=found.bad_calls,
    )


def _context(ticket: Ticket, articles: tuple[Article, ...], *, expected: str) -> dict[str, object]:
    """Only facts the answer depends on: the plan, and the articles that the expectation names."""
    context: dict[str, object] = {"plan": ticket.plan} if ticket.plan else {}
    named = [version_of(article) for article in articles if article.id in expected]
    return context | ({"articles": named} if named else {})


def _lineage(ticket: Ticket, slot: Slot, *, origins: Origins, macro: str | None) -> Lineage:
    return Lineage(
        source=ticket.source,
        ticket=ticket.external_id,
        failure=slot.number,
        payload=ticket.digest or None,
        trace=ticket.trace,
        proposal=origins.proposal,
        review=origins.review,
        macro=macro,
        articles=tuple(map(version_of, origins.articles)),
        link=ticket.link,
        root_cause=ticket.root_cause,
    )


def _facts(ticket: Ticket, found: Cut, *, case: Case, told: Expectation, origins: Origins) -> Facts:
    asked = [said.customer for said in found.turns if said.customer is not None]
    called = [said.tool.name for said in found.turns if said.tool is not None]
    after = ticket.turns[found.failing + 1 :] if found.failing is not None else ()
    # A proposal's quotes speak for this failure only where it named no other.
    quotes = origins.quotes if set(origins.modes) == {case.failure_mode} else ()
    mine = [turn.call.name for turn in ticket.turns if turn.call is not None]
    return Facts(
        mode=case.failure_mode,
        bad=found.bad or "",
        good=case.expect.good or "",
        calls=found.bad_calls,
        asked=asked[-1] if asked else "",
        earlier="\n".join(asked[:-1]),
        complaint="\n".join(turn.text for turn in after if turn.role == "customer"),
        expected=told.text,
        wrong=told.wrong,
        quotes=tuple(quote for quote in quotes if found.bad and quote in found.bad),
        sure=found.sure,
        general=told.source == "macro",
        tools=tuple(dict.fromkeys((*mine, *origins.tools))),
        called=tuple(called),
    )


def _missing(expect: Expect) -> tuple[str, ...]:
    told = (NOBODY if not expect.behavior else "", NO_GOOD if expect.good is None else "")
    return tuple(filter(None, told))
