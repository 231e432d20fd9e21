"""One embedded server for a whole test run, and databases copied from a template within it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

from storage.server import OWNER, Server, Tuning

PASSWORD = "a sample password"


class Databases:
    """Makes and drops databases of one server. A template costs its making once."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._numbers = count(1)

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

    def _execute(self, statement: str, *names: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def databases_in(folder: Path) -> Iterator[Databases]:
    """Start the server; for a fixture of session scope. What it holds does not outlive a crash."""
    with Server(folder, password=PASSWORD, tuning=Tuning(durable=False)) as server:
        yield Databases(server)
