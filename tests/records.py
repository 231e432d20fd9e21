"""What a data folder really holds, opened by the desk's own rules, beside or after a program."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from bot.database import visited
from bot.demo import PASSWORD
from bot.settings import Settings
from console import cookies
from desk import logins, officers, passwords, queue, receipts, roles, subscriptions
from desk.desk import Desk, Office, Tools
from desk.officers import Signed
from storage.db import Store
from storage.keyring import Keyring
from storage.vault import CHEAP_PASSWORD_COST, SealError
from tests.citizen import RACHKIEN
from tests.officer import Console


def now() -> datetime:
    """What `Office` takes for a clock."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Records:
    """An office on a folder's database, and the owner's way to its rows."""

    office: Office
    owner_url: str

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What SQL sees, past every policy."""
        with psycopg.connect(self.owner_url) as connection:
            return connection.execute(query.encode(), values).fetchall()

    def run(self, statement: str, *values: object) -> None:
        """Change rows as their owner."""
        with psycopg.connect(self.owner_url) as connection:
            connection.execute(statement.encode(), values)

    def texts(self, station: str) -> Counter[str]:
        """The text of every tip a station holds, opened as its officer would."""
        ids = [row[0] for row in self.rows("SELECT id FROM tip WHERE station_code = %s", station)]
        with self.office.begin("desk") as desk:
            reader = signed(desk, station)
        found: Counter[str] = Counter()
        for tip_id in ids:
            with self.office.begin("desk", reader.id) as desk:
                found[queue.open_tip(desk, reader, tip_id).report["text"]] += 1
        return found

    def text_of(self, receipt: str) -> str:
        """The text of the tip a receipt opens."""
        with self.office.begin("intake") as desk:
            return receipts.follow(desk, receipt).lines[0].text

    def console(self, port: int, role: str, station: str = RACHKIEN) -> Console:
        """A sample officer's browser, logged in already, whatever a password costs there."""
        with self.office.begin("desk") as desk:
            cookie = logins.open_session(desk, signed(desk, station, role))
        browser = Console(port)
        browser.cookies[cookies.LOG_IN] = cookie
        return browser

    def addresses(self, channel: str) -> list[str]:
        """Every subscriber's address that the keys open."""
        query = "SELECT id, sealed FROM subscriber WHERE channel = %s"
        with self.office.begin("sweeps") as desk:
            book = subscriptions.Addresses(desk)
        found = []
        for id_, sealed in self.rows(query, channel):
            with suppress(SealError):
                found.append(book.open(id_, sealed))
        return found


@contextmanager
def opened(
    data: Path, base: Tools, clock: Callable[[], datetime] = now, keys: Path | None = None
) -> Iterator[Records]:
    """The records of a data folder, from the server that runs or one started for the while.

    Args:
        base: brings the models.
        keys: of the desk, if they are not the folder's own.
    """
    settings = Settings(data_dir=data, _env_file=None)  # type: ignore[call-arg] # pydantic's own
    tools = replace(base, keyring=Keyring(keys or data / "keys"), password_cost=CHEAP_PASSWORD_COST)
    with (
        visited(settings, Keyring(data / "keys")) as found,
        Store(found.urls, pool_size=2) as store,
    ):
        yield Records(Office(store, tools, clock), found.owner_url)


def signed(desk: Desk, station: str, role: str = "") -> Signed:
    """A sample officer of the demo; without a role one who may open what the station holds."""
    there = officers.colleagues(desk, station)
    wanted = {role} if role else roles.LEADERS & roles.READERS
    officer = next(one for one in there if one.role in wanted)
    return logins.unlock(officer, passwords.make_key(desk.tools, PASSWORD, officer.salt))
