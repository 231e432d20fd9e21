"""One embedded server for a whole test run, and databases copied from a template within it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from storage.server import OWNER, Server, Tuning

PASSWORD = "a sample password"

KEEP = """
DO $$ DECLARE name text; BEGIN
    CREATE SCHEMA kept;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('CREATE TABLE kept.%1$I AS TABLE public.%1$I', name);
    END LOOP;
END $$"""
# Fails, on purpose, where tables were added, removed or changed.
PUT_BACK = """
SET LOCAL lock_timeout = '5s';
SET LOCAL session_replication_role = replica;  -- no foreign keys between the two steps
DO $$ DECLARE name text; changed bool; BEGIN
    ASSERT (SELECT count(*) FROM pg_tables WHERE schemaname = 'public')
         = (SELECT count(*) FROM pg_tables WHERE schemaname = 'kept');
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('SELECT EXISTS ((TABLE public.%1$I EXCEPT TABLE kept.%1$I) UNION ALL '
                       '(TABLE kept.%1$I EXCEPT TABLE public.%1$I))', name) INTO changed;
        IF changed THEN
            EXECUTE format('DELETE FROM public.%I', name);
            EXECUTE format('INSERT INTO public.%1$I OVERRIDING SYSTEM VALUE TABLE kept.%1$I', name);
        END IF;
    END LOOP;
END $$"""


class Databases:
    """Makes and drops databases of one server. A template costs its making once."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._numbers = count(1)
        self._idle: dict[str, str] = {}  # template → a database that nobody uses now

    def url(self, database: str, user: str = OWNER, password: str = PASSWORD) -> str:
        """A libpq URL; the owner's unless told."""
        return self.server.url(user, password, database)

    def template(self, name: str, build: Callable[[str], None], start: str = "template1") -> None:
        """Make a database for `create` to copy.

        Args:
            name: of the template.
            build: fills it, given the owner's URL; it must close its connections.
            start: the template it starts from.
        """
        self._execute("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, start)
        build(self.url(name))

    def create(self, template: str = "template1") -> str:
        """The name of a new database, a copy of the template."""
        name = f"test_{next(self._numbers)}"
        self._execute("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy", name, template)
        return name

    def drop(self, name: str) -> None:
        """Drop a database, whoever still uses it."""
        self._execute("DROP DATABASE {} WITH (FORCE)", name)

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """A database for one test; gives the owner's URL."""
        name = self.create(template)
        try:
            yield self.url(name)
        finally:
            self.drop(name)

    @contextmanager
    def lent(self, template: str) -> Iterator[str]:
        """As `database`, many times faster: the same one each time, its rows put back between."""
        name = self._idle.pop(template, None) or self._keep(self.create(template))
        try:
            yield self.url(name)
        finally:
            try:
                with psycopg.connect(self.url(name)) as connection:
                    connection.execute(PUT_BACK)
                self._idle[template] = name
            except psycopg.Error:  # the test changed more than rows
                self.drop(name)

    def _keep(self, name: str) -> str:
        with psycopg.connect(self.url(name)) as connection:
            connection.execute(KEEP)
        return name

    def _execute(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def databases_in(folder: Path) -> Iterator[Databases]:
    """Start the server; for a fixture of session scope. What it holds does not outlive a crash."""
    with Server(folder, password=PASSWORD, tuning=Tuning(durable=False)) as server:
        yield Databases(server)
