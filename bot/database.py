"""Which database a run uses: the operator's, or the embedded one in the data folder."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from bot.settings import Settings, SettingsError
from storage import migrate, vault
from storage.db import Role, role_urls
from storage.door import data_of
from storage.keyring import Keyring
from storage.server import Server, borrowed
from storage.tuning import Tuning

_NEVER_RUN = "nothing has run {where} yet: start it once with `python -m bot run`, then try again"
STOP_PATIENCE = 4.0  # seconds; the whole program is to stop within ten


@dataclass(frozen=True, slots=True)
class Database:
    """Where the rows are. `server` is ours to watch and restart, None if it is the operator's."""

    urls: Mapping[Role, str]
    owner_url: str
    secret: str  # what the roles' passwords are derived from
    server: Server | None = None


@contextmanager
def running(settings: Settings, keyring: Keyring, say: Callable[[str], None]) -> Iterator[Database]:
    """The database for `run`: started if it is ours, migrated in any case.

    Raises:
        storage.folder.ServerError: the embedded server does not start.
        SettingsError: only one of the two database settings is there.
    """
    with alone(settings, keyring, say) as database:
        migrate.upgrade(database.owner_url, database.secret)
        yield database


@contextmanager
def alone(settings: Settings, keyring: Keyring, say: Callable[[str], None]) -> Iterator[Database]:
    """The database as it is, with the data folder held: nobody else runs on it meanwhile.

    Raises:
        storage.folder.ServerError: another program holds the folder, or PostgreSQL does not start.
    """
    secret, owner = _external(settings)
    if owner is not None:
        url = settings.database_url
        yield Database(role_urls(url.get_secret_value() if url else ""), owner, secret)
        return
    server = Server(
        settings.data_dir,
        password=owner_password(keyring),
        # One pool per role, the owner, and ten to spare (DESIGN §2 row 2).
        tuning=Tuning(max_connections=3 * settings.workers + 16),
        progress=say,
    )
    server.start()
    try:
        urls = _embedded_urls(server.owner_url, keyring)
        yield Database(urls, server.owner_url, keyring.database, server)
    finally:
        server.stop(patience=STOP_PATIENCE)


@contextmanager
def visited(settings: Settings, keyring: Keyring) -> Iterator[Database]:
    """The database for a command beside `run`: the one that runs, or one started for the while."""
    secret, owner = _external(settings)
    if owner is not None:
        url = settings.database_url
        yield Database(role_urls(url.get_secret_value() if url else ""), owner, secret)
        return
    password = owner_password(keyring)
    with borrowed(settings.data_dir, password=password) as door:
        owner_url = door.url("tiengloa_owner", password)
        yield Database(_embedded_urls(owner_url, keyring), owner_url, keyring.database)


def require_started(settings: Settings) -> None:
    """Refuse a command that reads what a run has stored, where nothing has run yet.

    Raises:
        SettingsError: the data folder holds no database.
    """
    embedded = settings.database_url is None
    if embedded and not (data_of(settings.data_dir) / "PG_VERSION").exists():
        raise SettingsError(_NEVER_RUN.format(where=f"in {settings.data_dir}"))


def require_schema(database: Database) -> None:
    """Refuse a database that no run has brought to date.

    Raises:
        SettingsError: it is empty.
    """
    if migrate.is_empty(database.owner_url):
        raise SettingsError(_NEVER_RUN.format(where="on this database"))


def owner_password(keyring: Keyring) -> str:
    """The embedded owner's password."""
    return vault.derive(keyring.database.encode(), "database owner").hex()


def _embedded_urls(owner_url: str, keyring: Keyring) -> dict[Role, str]:
    return role_urls(owner_url.replace(owner_password(keyring), keyring.database))


def _external(settings: Settings) -> tuple[str, str | None]:
    """The roles' secret and the owner's URL; (…, None) for the embedded database."""
    if (settings.database_url is None) != (settings.database_owner_url is None):
        raise SettingsError(
            "DATABASE_URL and DATABASE_OWNER_URL go together: set both, or neither for the "
            "embedded database"
        )
    if settings.database_url is None or settings.database_owner_url is None:
        return "", None
    return roles_secret(settings.database_url.get_secret_value()), (
        settings.database_owner_url.get_secret_value()
    )


def roles_secret(url: str) -> str:
    """The password in DATABASE_URL: the roles' passwords are derived from it.

    Raises:
        SettingsError: there is none.
    """
    password = urlsplit(url).password
    if not password:
        raise SettingsError(
            "DATABASE_URL holds no password: the log-in roles' passwords are derived from it; "
            "write postgresql://tiengloa:SECRET@host/database"
        )
    return unquote(password)
