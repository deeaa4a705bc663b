"""Traces of erased tickets: by which spans that come later are left out."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erased_traces",
        sa.Column("lookup", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("lookup", name=op.f("pk_erased_traces")),
    )


def downgrade() -> None:
    op.drop_table("erased_traces")
