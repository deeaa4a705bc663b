"""The desk's tables: masked words only, each row with its whole word as canonical JSON in `body`."""

from typing import Literal

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table, UniqueConstraint, text

from casemill.domain.change import ChangeKind, ChangeState
from casemill.domain.failure import Severity
from casemill.domain.leak import LeakVerdict, MarkState
from casemill.domain.review import AskKind, AskState, Decision
from casemill.domain.run import VerdictResult
from casemill.domain.ticket import TicketState
from casemill.store.columns import Clean, Utc, id_column, new_metadata, one_of

ArticleKind = Literal["article", "macro"]
DraftState = Literal["open", "admitted", "rejected"]

desk = new_metadata()

# `latest` marks the newest version. `talk` is the digest of its turns, `since` the oldest version that tells the same
# talk: what was proposed, asked or decided about any version from `since` on still holds for this one.
tickets = Table(
    "tickets",
    desk,
    id_column(),
    Column("key", Clean, nullable=False),
    Column("source", Clean, nullable=False),
    Column("external_id", Clean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("since", Integer, nullable=False),
    Column("digest", Clean, nullable=False),
    Column("talk", Clean, nullable=False),
    Column("latest", Boolean(create_constraint=False), nullable=False),
    Column("state", Clean, nullable=False),
    Column("reason", Clean),
    Column("person", Clean),
    Column("created_at", Utc),
    Column("body", Clean, nullable=False),
    one_of("state", TicketState),
    UniqueConstraint("source", "external_id", "digest"),
    UniqueConstraint("source", "external_id", "version"),
)
Index("ix_tickets_key_version", tickets.c.key, tickets.c.version)
Index(
    "uq_tickets_latest",
    tickets.c.key,
    unique=True,
    sqlite_where=text("latest"),
    postgresql_where=text("latest"),
)
Index("ix_tickets_state_id", tickets.c.state, tickets.c.id)

proposals = Table(
    "proposals",
    desk,
    id_column(),
    Column("ticket", Clean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("origin", Clean, nullable=False),
    Column("proposer", Clean, nullable=False),
    Column("at", Utc, nullable=False),
    Column("body", Clean, nullable=False),
    Index("ix_proposals_ticket_version", "ticket", "version"),
)

# `slot` names the question while it is open and is NULL after, so that it is asked at most once at a time.
asks = Table(
    "asks",
    desk,
    id_column(),
    Column("slot", Clean),
    Column("kind", Clean, nullable=False),
    Column("ticket", Clean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("draft", BigInteger),
    Column("state", Clean, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("whom", Clean),
    Column("leased_by", Clean),
    Column("leased_until", Utc),
    Column("created_at", Utc, nullable=False),
    Column("answered_by", Clean),
    Column("answered_at", Utc),
    Column("body", Clean, nullable=False),
    one_of("kind", AskKind),
    one_of("state", AskState),
    UniqueConstraint("slot"),
    Index("ix_asks_state_kind_rank_id", "state", "kind", "rank", "id"),
    Index("ix_asks_ticket", "ticket"),
)

reviews = Table(
    "reviews",
    desk,
    id_column(),
    Column("digest", Clean, nullable=False),
    Column("ticket", Clean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("decision", Clean, nullable=False),
    Column("undoes", BigInteger, ForeignKey("reviews.id")),
    Column("by", Clean, nullable=False),
    Column("at", Utc, nullable=False),
    Column("body", Clean, nullable=False),
    one_of("decision", Decision),
    UniqueConstraint("digest"),
    Index("ix_reviews_ticket", "ticket"),
    Index("ix_reviews_by", "by"),
    Index("ix_reviews_undoes", "undoes"),
)

leak_reviews = Table(
    "leak_reviews",
    desk,
    id_column(),
    Column("digest", Clean, nullable=False),
    Column("ticket", Clean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("verdict", Clean, nullable=False),
    Column("undoes", BigInteger, ForeignKey("leak_reviews.id")),
    Column("by", Clean, nullable=False),
    Column("at", Utc, nullable=False),
    Column("body", Clean, nullable=False),
    one_of("verdict", LeakVerdict),
    UniqueConstraint("digest"),
    Index("ix_leak_reviews_ticket", "ticket"),
    Index("ix_leak_reviews_by", "by"),
    Index("ix_leak_reviews_undoes", "undoes"),
)

# What somebody called personal, until `anonymize` has masked it: a place in a text, never the words.
leak_marks = Table(
    "leak_marks",
    desk,
    id_column(),
    Column("review_id", BigInteger, ForeignKey("leak_reviews.id"), nullable=False),
    Column("ticket", Clean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("state", Clean, nullable=False),
    Column("done_at", Utc),
    Column("body", Clean, nullable=False),
    one_of("state", MarkState),
    Index("ix_leak_marks_review_id", "review_id"),
    Index("ix_leak_marks_state_id", "state", "id"),
)

# `slot` as with asks: one open draft for a failure of a ticket's version.
drafts = Table(
    "drafts",
    desk,
    id_column(),
    Column("slot", Clean),
    Column("ticket", Clean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("failure", Integer, nullable=False),
    Column("state", Clean, nullable=False),
    Column("settled_at", Utc),
    Column("body", Clean, nullable=False),
    one_of("state", DraftState),
    UniqueConstraint("slot"),
    Index("ix_drafts_ticket", "ticket"),
    Index("ix_drafts_state_id", "state", "id"),
)

changes = Table(
    "changes",
    desk,
    id_column(),
    Column("kind", Clean, nullable=False),
    Column("path", Clean, nullable=False),
    Column("digest", Clean, nullable=False),
    Column("case", Clean),
    Column("state", Clean, nullable=False),
    Column("at", Utc, nullable=False),
    Column("written_at", Utc),
    Column("body", Clean, nullable=False),
    one_of("kind", ChangeKind),
    one_of("state", ChangeState),
    Index("ix_changes_path", "path"),
    Index("ix_changes_state_id", "state", "id"),
)

articles = Table(
    "articles",
    desk,
    id_column(),
    Column("source", Clean, nullable=False, server_default=""),
    Column("kind", Clean, nullable=False),
    Column("name", Clean, nullable=False),
    Column("revision", Clean, nullable=False),
    Column("title", Clean, nullable=False),
    Column("updated_at", Utc),
    Column("body", Clean, nullable=False),
    one_of("kind", ArticleKind),
    UniqueConstraint("source", "kind", "name", "revision"),
)

# `body` is the head; `finished_at` and `told` (verdicts counted by the file) are the end line.
runs = Table(
    "runs",
    desk,
    id_column(),
    Column("run", Clean, nullable=False),
    Column("digest", Clean, nullable=False),
    Column("release", Integer, nullable=False),
    Column("target", Clean, nullable=False),
    Column("started_at", Utc, nullable=False),
    Column("finished_at", Utc),
    Column("told", Integer),
    Column("body", Clean, nullable=False),
    Column("ending", Clean),
    UniqueConstraint("run"),
    Index("ix_runs_started_at", "started_at"),
)

verdicts = Table(
    "verdicts",
    desk,
    id_column(),
    Column("run_id", BigInteger, ForeignKey("runs.id", ondelete="CASCADE"), nullable=False),
    Column("case", Clean, nullable=False),
    Column("failure_mode", Clean, nullable=False),
    Column("severity", Clean, nullable=False),
    Column("result", Clean, nullable=False),
    Column("body", Clean, nullable=False),
    one_of("severity", Severity),
    one_of("result", VerdictResult),
    Index("ix_verdicts_run_id", "run_id"),
    Index("ix_verdicts_case", "case"),
)
