"""Migrations: there, back, and there again; and what the database then looks like."""

from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

from storage import migrate
from tests.server import Databases
from tests.storage.rows import SECRET, Owner, store_on

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def revision(url: str) -> str | None:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        found = migrate.revision_of(connection)
    engine.dispose()
    return found


def test_the_models_and_the_migrations_say_the_same(bare_url: str) -> None:
    migrate.check(bare_url)  # raises when they differ


def test_a_difference_between_models_and_database_is_noticed(bare_url: str, owner: Owner) -> None:
    owner.run("ALTER TABLE tip ADD COLUMN phone text")

    with pytest.raises(Exception, match="New upgrade operations detected"):
        migrate.check(bare_url)


def test_down_and_up_again_leaves_the_same_database(bare_url: str) -> None:
    migrate.downgrade(bare_url)
    with Owner(bare_url) as owner:
        nothing = owner.all(TABLES)
        at_base = revision(bare_url)

    migrate.upgrade(bare_url, SECRET)
    migrate.check(bare_url)
    with Owner(bare_url) as owner:
        found = {name for (name,) in owner.all(TABLES)}

    assert nothing == [("alembic_version",)]
    assert at_base is None
    assert revision(bare_url) == migrate.head()
    assert found == {*SQLModel.metadata.tables, "alembic_version"}


def test_starting_twice_changes_nothing_and_keeps_the_rows(bare_url: str, owner: Owner) -> None:
    owner.station("28114", "80")
    owner.tip("28114", "80")

    migrate.upgrade(bare_url, SECRET)

    assert owner.one("SELECT count(*) FROM tip") == 1


def test_every_revision_can_be_brought_to_date() -> None:
    assert migrate.head() in migrate.revisions()


def test_another_secret_shuts_the_door_to_the_old_one(bare_url: str) -> None:
    migrate.upgrade(bare_url, "another secret")
    try:
        with (
            store_on(bare_url) as store,
            pytest.raises(Exception, match="password authentication failed"),
            store.begin("desk") as session,
        ):
            session.connection()
    finally:  # roles belong to the whole server
        migrate.upgrade(bare_url, SECRET)


def test_an_owner_who_is_no_superuser_can_bring_a_database_to_date(
    backup_server: Databases,
) -> None:
    def as_superuser(statement: str) -> None:
        with psycopg.connect(backup_server.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    as_superuser("CREATE ROLE plain_owner LOGIN CREATEROLE PASSWORD 'plain'")
    as_superuser("CREATE DATABASE plain OWNER plain_owner")
    url = backup_server.url("plain", "plain_owner", "plain")
    try:
        migrate.upgrade(url, SECRET)
        with Owner(backup_server.url("plain")) as superuser:
            superuser.station("28114", "80")
            superuser.tip("28114", "80")
            migrate.downgrade(url, "20261123_deliveries")  # before a tip had clocks
            migrate.upgrade(url, SECRET)
            tips = superuser.all("SELECT clock, due_at - received_hour FROM tip")
        assert tips == [("take", timedelta(days=1))], "filled by a migration its owner may not read"
        migrate.check(url)
        with store_on(url) as store, store.begin("desk") as session:
            session.connection()
    finally:  # the other tests of this server restore roles of these names
        as_superuser("DROP DATABASE plain WITH (FORCE)")
        for role in ("intake", "desk", "sweeps", "gate"):
            as_superuser(f"DROP ROLE IF EXISTS tiengloa_{role}")
        as_superuser("DROP ROLE plain_owner")
