"""Alembic's entry: the runner hands over its own connection, with the transaction already begun."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
