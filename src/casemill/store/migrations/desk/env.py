"""Alembic's entry for the desk's migrations."""

from alembic import context

from casemill.store.desk_tables import desk
from casemill.store.schema import run_migrations

run_migrations(context, name="desk", metadata=desk)
