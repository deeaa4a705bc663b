"""The vault's tables: what sources sent and who is behind each placeholder, encrypted."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, UniqueConstraint

from casemill.domain.arrival import ArrivalState
from casemill.domain.erasure import ErasureState
from casemill.domain.notice import Danger, NoticeState
from casemill.store.columns import Clean, Utc, id_column, new_metadata, one_of

vault = new_metadata()

meta = Table(
    "vault_meta",
    vault,
    Column("name", Clean, primary_key=True),
    Column("value", Clean, nullable=False),
)

cursors = Table(
    "cursors",
    vault,
    Column("source", Clean, primary_key=True),
    Column("text", Clean, nullable=False),
)

# `content` is sealed to source, external_id, version and digest; `digest` is that of the bytes as they came. `again`
# grows whenever a trace came that the ticket looks for: what was masked without it does not count as masked.
arrivals = Table(
    "arrivals",
    vault,
    id_column(),
    Column("source", Clean, nullable=False),
    Column("external_id", Clean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("digest", Clean, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("fetched_at", Utc, nullable=False),
    Column("state", Clean, nullable=False),
    Column("reason", Clean),
    # What screening found: JSON, NULL where nobody has looked; who looks, until when.
    Column("flags", Clean),
    Column("leased_by", Clean),
    Column("leased_until", Utc),
    Column("again", Integer, nullable=False, server_default="0"),
    one_of("state", ArrivalState),
    UniqueConstraint("source", "external_id", "digest"),
    UniqueConstraint("source", "external_id", "version"),
    Index("ix_arrivals_state_id", "state", "id"),
)

entities = Table(
    "entities",
    vault,
    id_column(),
    Column("source", Clean, nullable=False),
    Column("external_id", Clean, nullable=False),
    Column("label", Clean, nullable=False),
    Column("number", Integer, nullable=False),
    Column("role", Clean),
    UniqueConstraint("source", "external_id", "label", "number"),
)

# `lookup` is the HMAC of a value, its conversation and its label: tells whether a form is known without opening any,
# and differs for the same value in another conversation.
entity_values = Table(
    "entity_values",
    vault,
    id_column(),
    Column("entity_id", BigInteger, ForeignKey("entities.id", ondelete="CASCADE"), nullable=False),
    Column("lookup", Clean, nullable=False),
    Column("value", LargeBinary, nullable=False),
    UniqueConstraint("entity_id", "lookup"),
)

# Whether a piece of text is anybody's: a set, with no way from a digest to a row, a conversation or a count. Without a
# rowid SQLite keeps it in the order of the digests, which tells nothing, not in that of their coming.
known = Table(
    "known",
    vault,
    Column("digest", Clean, primary_key=True),
    Column("label", Clean, nullable=False),
    sqlite_with_rowid=False,
)

# Who had which placeholder's value shown, and why (sealed). Only ever added: `chain` holds each row to those before it.
restores = Table(
    "restores",
    vault,
    id_column(),
    Column("source", Clean, nullable=False),
    Column("external_id", Clean, nullable=False),
    Column("label", Clean, nullable=False),
    Column("number", Integer, nullable=False),
    Column("by", Clean, nullable=False),
    Column("at", Utc, nullable=False),
    Column("reason", LargeBinary, nullable=False),
    Column("chain", Clean, nullable=False),
)

# What a reviewer called personal that is nobody's name, as a branch: masked in every ticket from then on.
learned = Table(
    "learned",
    vault,
    id_column(),
    Column("label", Clean, nullable=False),
    Column("lookup", Clean, nullable=False),
    Column("value", LargeBinary, nullable=False),
    UniqueConstraint("lookup"),
)

# What webhooks asked to be looked at: one row a ticket, however often it was named, and nothing of what they said. A
# fetch takes it at `due_at`, and moves that on while it holds the row; `heard` tells it what came meanwhile.
hooks = Table(
    "hooks",
    vault,
    id_column(),
    Column("source", Clean, nullable=False),
    Column("external_id", Clean, nullable=False),
    Column("received_at", Utc, nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("heard", Integer, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("held_by", Clean),
    UniqueConstraint("source", "external_id"),
    Index("ix_hooks_source_due_at", "source", "due_at"),
)

# By which a delivery that comes again is known: keyed digests.
hook_deliveries = Table(
    "hook_deliveries",
    vault,
    Column("digest", Clean, primary_key=True),
    Column("received_at", Utc, nullable=False),
    Index("ix_hook_deliveries_received_at", "received_at"),
)

# What the AI did, as its tracing told it: each span once, sealed to its trace, its id and its digest.
spans = Table(
    "spans",
    vault,
    id_column(),
    Column("trace", Clean, nullable=False),
    Column("span", Clean, nullable=False),
    Column("digest", Clean, nullable=False),
    Column("at", Utc),
    Column("content", LargeBinary, nullable=False),
    Column("fetched_at", Utc, nullable=False),
    UniqueConstraint("trace", "span"),
)

# By what a trace is found (its id, a conversation, a user, a reply's words), and what tickets look for: keyed digests.
trace_keys = Table(
    "trace_keys",
    vault,
    Column("lookup", Clean, primary_key=True),
    Column("kind", Clean, primary_key=True),
    Column("trace", Clean, primary_key=True),
    Column("at", Utc),
    Index("ix_trace_keys_trace", "trace"),
)
trace_wishes = Table(
    "trace_wishes",
    vault,
    Column("source", Clean, primary_key=True),
    Column("external_id", Clean, primary_key=True),
    Column("kind", Clean, primary_key=True),
    Column("lookup", Clean, primary_key=True),
    Column("since", Utc),
    Column("until", Utc),
    Index("ix_trace_wishes_lookup_kind", "lookup", "kind"),
)

# Tombstones: tickets that were erased and are not taken in again. `body` (sealed) is who erased it, when, why, how much
# of it there was, and, until all is done, the values that are still to be taken out of the desk and of files.
erasures = Table(
    "erasures",
    vault,
    id_column(),
    Column("source", Clean, nullable=False),
    Column("external_id", Clean, nullable=False),
    Column("state", Clean, nullable=False),
    Column("body", LargeBinary, nullable=False),
    one_of("state", ErasureState),
    UniqueConstraint("source", "external_id"),
)

# Tombstones of traces: keyed digests of their ids.
erased_traces = Table("erased_traces", vault, Column("lookup", Clean, primary_key=True))

# Whom to tell of what screening found: ids and categories, never words. `key` is the same for the same finding.
notices = Table(
    "notices",
    vault,
    id_column(),
    Column("key", Clean, nullable=False),
    Column("source", Clean, nullable=False),
    Column("external_id", Clean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("danger", Clean, nullable=False),
    Column("texts", Integer, nullable=False),
    Column("whom", Clean),
    Column("state", Clean, nullable=False),
    Column("at", Utc, nullable=False),
    Column("sent_at", Utc),
    one_of("danger", Danger),
    one_of("state", NoticeState),
    UniqueConstraint("key"),
    Index("ix_notices_state_id", "state", "id"),
)
