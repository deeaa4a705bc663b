"""The whole last line of a run: how its judges did on what is known, what it came to, what was left out."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Runs that are there keep what they had: when they ended, and with how many verdicts."""
    op.add_column("runs", sa.Column("ending", sa.Text()))


def downgrade() -> None:
    op.drop_column("runs", "ending")
