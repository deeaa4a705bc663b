"""Traces: spans, by which keys they are found, what tickets look for; arrivals that are to be read again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("arrivals", sa.Column("again", sa.Integer(), server_default="0", nullable=False))
    spans()
    trace_keys()
    trace_wishes()


def downgrade() -> None:
    op.drop_index("ix_trace_wishes_lookup_kind", table_name="trace_wishes")
    op.drop_table("trace_wishes")
    op.drop_index("ix_trace_keys_trace", table_name="trace_keys")
    op.drop_table("trace_keys")
    op.drop_table("spans")
    with op.batch_alter_table("arrivals") as table:
        table.drop_column("again")


def spans() -> None:
    op.create_table(
        "spans",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.Column("span", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spans")),
        sa.UniqueConstraint("trace", "span", name=op.f("uq_spans_trace_span")),
    )


def trace_keys() -> None:
    op.create_table(
        "trace_keys",
        sa.Column("lookup", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("lookup", "kind", "trace", name=op.f("pk_trace_keys")),
    )
    op.create_index("ix_trace_keys_trace", "trace_keys", ["trace"], unique=False)


def trace_wishes() -> None:
    op.create_table(
        "trace_wishes",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lookup", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("source", "external_id", "kind", "lookup", name=op.f("pk_trace_wishes")),
    )
    op.create_index("ix_trace_wishes_lookup_kind", "trace_wishes", ["lookup", "kind"], unique=False)
