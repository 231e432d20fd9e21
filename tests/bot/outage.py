"""A database that goes away and comes back, without stopping the server of the other tests."""

from urllib.parse import urlsplit

import psycopg

from tests.server import Databases


class Outage:
    """Cuts every connection to one database and refuses new ones, until it ends."""

    def __init__(self, databases: Databases, owner_url: str) -> None:
        """Nothing happens yet."""
        self._url = databases.url("postgres")
        self._name = urlsplit(owner_url).path[1:]

    def begins(self) -> None:
        """From now on nobody is answered."""
        self._allow(connections=False)
        self._run(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s",
            self._name,
        )

    def ends(self) -> None:
        """Everything is as before."""
        self._allow(connections=True)

    def _allow(self, *, connections: bool) -> None:
        self._run(f"ALTER DATABASE {self._name} ALLOW_CONNECTIONS {connections}")

    def _run(self, statement: str, *values: object) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(statement.encode(), values or None)
