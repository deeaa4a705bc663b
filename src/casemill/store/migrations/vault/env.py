"""Alembic's entry for the vault's migrations."""

from alembic import context

from casemill.store.schema import run_migrations
from casemill.store.vault_tables import vault

run_migrations(context, name="vault", metadata=vault)
