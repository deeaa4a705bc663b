"""What people found when they read masked tickets for leaks."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    leak_reviews()
    leak_marks()


def downgrade() -> None:
    op.drop_index("ix_leak_marks_state_id", table_name="leak_marks")
    op.drop_index("ix_leak_marks_review_id", table_name="leak_marks")
    op.drop_table("leak_marks")
    op.drop_index("ix_leak_reviews_undoes", table_name="leak_reviews")
    op.drop_index("ix_leak_reviews_ticket", table_name="leak_reviews")
    op.drop_index("ix_leak_reviews_by", table_name="leak_reviews")
    op.drop_table("leak_reviews")


def leak_reviews() -> None:
    op.create_table(
        "leak_reviews",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("undoes", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('leak', 'over_masked', 'fine', 'note', 'undo')", name=op.f("ck_leak_reviews_verdict")
        ),
        sa.ForeignKeyConstraint(["undoes"], ["leak_reviews.id"], name=op.f("fk_leak_reviews_undoes_leak_reviews")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leak_reviews")),
        sa.UniqueConstraint("digest", name=op.f("uq_leak_reviews_digest")),
    )
    op.create_index("ix_leak_reviews_by", "leak_reviews", ["by"], unique=False)
    op.create_index("ix_leak_reviews_ticket", "leak_reviews", ["ticket"], unique=False)
    op.create_index("ix_leak_reviews_undoes", "leak_reviews", ["undoes"], unique=False)


def leak_marks() -> None:
    op.create_table(
        "leak_marks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("review_id", sa.BigInteger(), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'done', 'withdrawn')", name=op.f("ck_leak_marks_state")),
        sa.ForeignKeyConstraint(["review_id"], ["leak_reviews.id"], name=op.f("fk_leak_marks_review_id_leak_reviews")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leak_marks")),
    )
    op.create_index("ix_leak_marks_review_id", "leak_marks", ["review_id"], unique=False)
    op.create_index("ix_leak_marks_state_id", "leak_marks", ["state", "id"], unique=False)
