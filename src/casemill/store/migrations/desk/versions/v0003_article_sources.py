"""Two helpdesks may number their macros and articles alike: each is kept under its own."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_OLD, _NEW = "uq_articles_kind_name_revision", "uq_articles_source_kind_name_revision"


def upgrade() -> None:
    """What is there stays, under no source."""
    with op.batch_alter_table("articles", table_args=(_kinds(),)) as table:
        table.add_column(sa.Column("source", sa.Text(), nullable=False, server_default=""))
        table.drop_constraint(op.f(_OLD), type_="unique")
        table.create_unique_constraint(op.f(_NEW), ["source", "kind", "name", "revision"])


def downgrade() -> None:
    """Of those that are alike but for their source, the last stays."""
    op.execute("DELETE FROM articles WHERE id NOT IN (SELECT MAX(id) FROM articles GROUP BY kind, name, revision)")
    with op.batch_alter_table("articles", table_args=(_kinds(),)) as table:
        table.drop_constraint(op.f(_NEW), type_="unique")
        table.drop_column("source")
        table.create_unique_constraint(op.f(_OLD), ["kind", "name", "revision"])


def _kinds() -> sa.CheckConstraint:
    """SQLite lays the table out anew, and would leave this out."""
    return sa.CheckConstraint("kind IN ('article', 'macro')", name=op.f("ck_articles_kind"))
