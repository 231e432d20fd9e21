"""Alembic's entry: runs on the connection that `storage.migrate` hands over."""

from alembic import context
from sqlmodel import SQLModel

from storage import models  # noqa: F401 # fills the metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    compare_type=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
