"""Open the database: one pool per role, one transaction per unit of work."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Literal, Self
from uuid import UUID

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import Session

from storage import vault

__all__ = ["ROLES", "DatabaseDownError", "Role", "Session", "Store", "role_urls", "see_as"]

Role = Literal["intake", "desk", "sweeps"]
ROLES: tuple[Role, ...] = ("intake", "desk", "sweeps")


class DatabaseDownError(Exception):
    """The database does not answer. Nothing of this unit of work was stored.

    Unless the connection broke at its very COMMIT: then nobody can know. So whoever tries again
    must be able to do it twice: what came in has a key it is known again by (`inbox.put`), and each
    lease of what goes out is one attempt more.
    """


def role_name(role: Role) -> str:
    """The PostgreSQL name of a log-in role."""
    return f"tiengloa_{role}"


def role_password(secret: str, role: Role) -> str:
    """The role's password, derived from the one secret an operator keeps."""
    return vault.derive(secret.encode(), f"database role {role}").hex()


def role_urls(database_url: str) -> dict[Role, str]:
    """One URL per role from the operator's DATABASE_URL, whose password is the common secret."""
    url = make_url(database_url)
    return {
        role: url.set(
            username=role_name(role), password=role_password(url.password or "", role)
        ).render_as_string(hide_password=False)
        for role in ROLES
    }


class Store:
    """The database as the running program sees it: never as its owner."""

    def __init__(self, urls: Mapping[Role, str], *, pool_size: int = 8) -> None:
        """Prepare pools; nothing connects yet.

        Args:
            urls: one per role this process needs.
            pool_size: connections per role; the thread pool must not be larger.
        """
        self._engines = {role: _engine(url, pool_size) for role, url in urls.items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        for engine in self._engines.values():
            engine.dispose()

    @contextmanager
    def begin(self, role: Role, officer: UUID | None = None) -> Iterator[Session]:
        """One transaction: commits at the end, rolls back when an error leaves it.

        Args:
            role: what this unit of work may touch.
            officer: whose tips row level security shows; without one, none.

        Raises:
            DatabaseDownError: no connection, or it broke on the way.
        """
        try:
            with Session(self._engines[role], expire_on_commit=False) as session, session.begin():
                if officer is not None:
                    see_as(session, officer)
                yield session
        except PoolTimeoutError as error:
            raise DatabaseDownError("every connection is busy") from error
        except DBAPIError as error:
            if isinstance(error, OperationalError) or error.connection_invalidated:
                raise DatabaseDownError(_first_line(error)) from None
            raise


def see_as(session: Session, officer: UUID) -> None:
    """From here to the end of the transaction row level security shows this officer's tips."""
    session.connection().execute(
        text("SELECT set_config('tiengloa.officer', :officer, true)"), {"officer": str(officer)}
    )


def _first_line(error: DBAPIError) -> str:
    """What went wrong, without the statement and its values."""
    return str(error.orig).splitlines()[0] if error.orig else type(error).__name__


def _engine(url: str, pool_size: int) -> Engine:
    driver: URL = make_url(url).set(drivername="postgresql+psycopg")
    return create_engine(
        driver,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        pool_pre_ping=True,
        hide_parameters=True,  # a failing statement must not print a tip
        connect_args={"connect_timeout": 5, "application_name": "tieng-loa"},
    )
