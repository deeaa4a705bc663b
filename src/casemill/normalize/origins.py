"""What the desk knows around a ticket: its macro, the articles it cites, its proposal and its review."""

from typing import TYPE_CHECKING

from casemill.domain.article import Article
from casemill.domain.ticket import Ticket
from casemill.normalize.draft import Origins, articles_named
from casemill.normalize.expected import macro_number
from casemill.store import articles, proposals, reviews

if TYPE_CHECKING:
    from casemill.store.database import Db


def origins_of(db: "Db", ticket: Ticket, *, tools: tuple[str, ...] = ()) -> Origins:
    """Everything a draft of this ticket may point to; `tools` are the names of tools known on the desk."""
    proposal = proposals.latest(db, ticket.key, ticket.version)
    review = reviews.standing(db, ticket.key, version=ticket.version)
    named = (articles.latest(db, "article", name, source=ticket.source) for name in articles_named(ticket))
    return Origins(
        macro=macro_of(db, ticket),
        articles=tuple(article for article in named if article is not None),
        tools=tools,
        modes=tuple(failure.mode for failure in proposal.failures) if proposal else (),
        quotes=tuple(said.quote for said in proposal.evidence) if proposal else (),
        proposal=proposal.id if proposal else None,
        review=review.id if review else None,
    )


def macro_of(db: "Db", ticket: Ticket) -> Article | None:
    """The macro in the revision that was used where that is known and kept, else the newest."""
    used, number, source = ticket.macro, macro_number(ticket), ticket.source
    if used is not None and used.revision:
        exact = articles.revision(db, "macro", used.id, used.revision, source=source)
        if exact is not None:
            return exact
    return articles.macro_numbered(db, number, source=source) if number is not None else None
