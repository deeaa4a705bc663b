"""Webhooks: which tickets they asked to be looked at, and by which a delivery that comes again is known."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hooks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("heard", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("held_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hooks")),
        sa.UniqueConstraint("source", "external_id", name=op.f("uq_hooks_source_external_id")),
    )
    op.create_index("ix_hooks_source_due_at", "hooks", ["source", "due_at"], unique=False)
    op.create_table(
        "hook_deliveries",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_hook_deliveries")),
    )
    op.create_index("ix_hook_deliveries_received_at", "hook_deliveries", ["received_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_hook_deliveries_received_at", table_name="hook_deliveries")
    op.drop_table("hook_deliveries")
    op.drop_index("ix_hooks_source_due_at", table_name="hooks")
    op.drop_table("hooks")
