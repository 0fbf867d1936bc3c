"""Runs migrations on the connection that the program opened (an encrypted file has no URL)."""

from __future__ import annotations

from alembic import context

from tlbb_desktop.data.models import Record

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Record.metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
