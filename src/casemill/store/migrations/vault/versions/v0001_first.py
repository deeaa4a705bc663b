"""The vault's first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    arrivals()
    cursors()
    entities()
    vault_meta()
    entity_values()


def downgrade() -> None:
    op.drop_table("entity_values")
    op.drop_table("vault_meta")
    op.drop_table("entities")
    op.drop_table("cursors")
    op.drop_index("ix_arrivals_state_id", table_name="arrivals")
    op.drop_table("arrivals")


def arrivals() -> None:
    op.create_table(
        "arrivals",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('arrived', 'screened', 'masked', 'stuck', 'erased')", name=op.f("ck_arrivals_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrivals")),
        sa.UniqueConstraint("source", "external_id", "digest", name=op.f("uq_arrivals_source_external_id_digest")),
        sa.UniqueConstraint("source", "external_id", "version", name=op.f("uq_arrivals_source_external_id_version")),
    )
    op.create_index("ix_arrivals_state_id", "arrivals", ["state", "id"], unique=False)


def cursors() -> None:
    op.create_table(
        "cursors",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("source", name=op.f("pk_cursors")),
    )


def entities() -> None:
    op.create_table(
        "entities",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entities")),
        sa.UniqueConstraint(
            "source", "external_id", "label", "number", name=op.f("uq_entities_source_external_id_label_number")
        ),
    )


def vault_meta() -> None:
    op.create_table(
        "vault_meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_vault_meta")),
    )


def entity_values() -> None:
    op.create_table(
        "entity_values",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("entity_id", sa.BigInteger(), nullable=False),
        sa.Column("lookup", sa.Text(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entity_id"], ["entities.id"], name=op.f("fk_entity_values_entity_id_entities"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity_values")),
        sa.UniqueConstraint("entity_id", "lookup", name=op.f("uq_entity_values_entity_id_lookup")),
    )
