"""Screening: who looks at an arrival until when, what was found, and the Notices of it."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("arrivals", sa.Column("flags", sa.Text(), nullable=True))
    op.add_column("arrivals", sa.Column("leased_by", sa.Text(), nullable=True))
    op.add_column("arrivals", sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "notices",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("danger", sa.Text(), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("whom", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("danger IN ('distress', 'threat', 'legal', 'unscreened')", name=op.f("ck_notices_danger")),
        sa.CheckConstraint("state IN ('waiting', 'sent')", name=op.f("ck_notices_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("key", name=op.f("uq_notices_key")),
    )
    op.create_index("ix_notices_state_id", "notices", ["state", "id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_notices_state_id", table_name="notices")
    op.drop_table("notices")
    with op.batch_alter_table("arrivals") as table:
        table.drop_column("leased_until")
        table.drop_column("leased_by")
        table.drop_column("flags")
