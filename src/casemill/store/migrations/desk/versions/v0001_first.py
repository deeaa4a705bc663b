"""The desk's first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    articles()
    asks()
    changes()
    drafts()
    proposals()
    reviews()
    runs()
    tickets()
    verdicts()


def downgrade() -> None:
    op.drop_index("ix_verdicts_run_id", table_name="verdicts")
    op.drop_index("ix_verdicts_case", table_name="verdicts")
    op.drop_table("verdicts")
    op.drop_index(
        "uq_tickets_latest", table_name="tickets", sqlite_where=sa.text("latest"), postgresql_where=sa.text("latest")
    )
    op.drop_index("ix_tickets_state_id", table_name="tickets")
    op.drop_index("ix_tickets_key_version", table_name="tickets")
    op.drop_table("tickets")
    op.drop_index("ix_runs_started_at", table_name="runs")
    op.drop_table("runs")
    op.drop_index("ix_reviews_undoes", table_name="reviews")
    op.drop_index("ix_reviews_ticket", table_name="reviews")
    op.drop_index("ix_reviews_by", table_name="reviews")
    op.drop_table("reviews")
    op.drop_index("ix_proposals_ticket_version", table_name="proposals")
    op.drop_table("proposals")
    op.drop_index("ix_drafts_ticket", table_name="drafts")
    op.drop_index("ix_drafts_state_id", table_name="drafts")
    op.drop_table("drafts")
    op.drop_index("ix_changes_state_id", table_name="changes")
    op.drop_index("ix_changes_path", table_name="changes")
    op.drop_table("changes")
    op.drop_index("ix_asks_ticket", table_name="asks")
    op.drop_index("ix_asks_state_kind_rank_id", table_name="asks")
    op.drop_table("asks")
    op.drop_table("articles")


def articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("revision", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('article', 'macro')", name=op.f("ck_articles_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("kind", "name", "revision", name=op.f("uq_articles_kind_name_revision")),
    )


def asks() -> None:
    op.create_table(
        "asks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slot", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("draft", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("whom", sa.Text(), nullable=True),
        sa.Column("leased_by", sa.Text(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('review', 'second', 'adjudicate', 'audit', 'leak', 'code', 'draft', 'still_true')",
            name=op.f("ck_asks_kind"),
        ),
        sa.CheckConstraint("state IN ('open', 'answered', 'withdrawn')", name=op.f("ck_asks_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_asks")),
        sa.UniqueConstraint("slot", name=op.f("uq_asks_slot")),
    )
    op.create_index("ix_asks_state_kind_rank_id", "asks", ["state", "kind", "rank", "id"], unique=False)
    op.create_index("ix_asks_ticket", "asks", ["ticket"], unique=False)


def changes() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('add', 'supersede', 'retire', 'mark_stale', 'taxonomy', 'label_scheme', 'erase_lineage')",
            name=op.f("ck_changes_kind"),
        ),
        sa.CheckConstraint("state IN ('waiting', 'written')", name=op.f("ck_changes_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_index("ix_changes_path", "changes", ["path"], unique=False)
    op.create_index("ix_changes_state_id", "changes", ["state", "id"], unique=False)


def drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("slot", sa.Text(), nullable=True),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("failure", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'admitted', 'rejected')", name=op.f("ck_drafts_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("slot", name=op.f("uq_drafts_slot")),
    )
    op.create_index("ix_drafts_state_id", "drafts", ["state", "id"], unique=False)
    op.create_index("ix_drafts_ticket", "drafts", ["ticket"], unique=False)


def proposals() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("proposer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    op.create_index("ix_proposals_ticket_version", "proposals", ["ticket", "version"], unique=False)


def reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("undoes", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "decision IN ('accept', 'correct', 'not_a_case', 'duplicate', 'note', 'undo')",
            name=op.f("ck_reviews_decision"),
        ),
        sa.ForeignKeyConstraint(["undoes"], ["reviews.id"], name=op.f("fk_reviews_undoes_reviews")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("digest", name=op.f("uq_reviews_digest")),
    )
    op.create_index("ix_reviews_by", "reviews", ["by"], unique=False)
    op.create_index("ix_reviews_ticket", "reviews", ["ticket"], unique=False)
    op.create_index("ix_reviews_undoes", "reviews", ["undoes"], unique=False)


def runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("run", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("told", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("run", name=op.f("uq_runs_run")),
    )
    op.create_index("ix_runs_started_at", "runs", ["started_at"], unique=False)


def tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("talk", sa.Text(), nullable=False),
        sa.Column("latest", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "state IN ('masked', 'proposed', 'decided', 'drafted', 'admitted', "
            "'not_a_case', 'duplicate', 'erased', 'stuck')",
            name=op.f("ck_tickets_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        sa.UniqueConstraint("source", "external_id", "digest", name=op.f("uq_tickets_source_external_id_digest")),
        sa.UniqueConstraint("source", "external_id", "version", name=op.f("uq_tickets_source_external_id_version")),
    )
    op.create_index("ix_tickets_key_version", "tickets", ["key", "version"], unique=False)
    op.create_index("ix_tickets_state_id", "tickets", ["state", "id"], unique=False)
    op.create_index(
        "uq_tickets_latest",
        "tickets",
        ["key"],
        unique=True,
        sqlite_where=sa.text("latest"),
        postgresql_where=sa.text("latest"),
    )


def verdicts() -> None:
    op.create_table(
        "verdicts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("run_id", sa.BigInteger(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("failure_mode", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint("result IN ('pass', 'fail', 'flaky', 'error')", name=op.f("ck_verdicts_result")),
        sa.CheckConstraint("severity IN ('P0', 'P1', 'P2')", name=op.f("ck_verdicts_severity")),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_verdicts_run_id_runs"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdicts")),
    )
    op.create_index("ix_verdicts_case", "verdicts", ["case"], unique=False)
    op.create_index("ix_verdicts_run_id", "verdicts", ["run_id"], unique=False)
