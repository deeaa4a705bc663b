"""The vault's tables: what sources sent and who is behind each placeholder, encrypted."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, Table, UniqueConstraint

from casemill.domain.arrival import ArrivalState
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

# `content` is sealed to source, external_id, version and digest; `digest` is that of the bytes as they came.
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

# `lookup` is the HMAC of a value: tells whether a form is known without opening any.
entity_values = Table(
    "entity_values",
    vault,
    id_column(),
    Column("entity_id", BigInteger, ForeignKey("entities.id", ondelete="CASCADE"), nullable=False),
    Column("lookup", Clean, nullable=False),
    Column("value", LargeBinary, nullable=False),
    UniqueConstraint("entity_id", "lookup"),
)
