"""What a data folder really holds, opened by the desk's own rules, beside or after a program."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import psycopg

from bot.database import Database, visited
from bot.demo import PASSWORD
from bot.settings import Settings
from desk import officers, passwords, queue, receipts
from desk.desk import Desk, Office, Tools
from desk.officers import Signed
from storage.db import Store
from storage.keyring import Keyring
from storage.vault import CHEAP_PASSWORD_COST


@contextmanager
def database(data: Path) -> Iterator[Database]:
    """The folder's database: the one that runs, or one started for the while."""
    settings = Settings(data_dir=data, _env_file=None)  # type: ignore[call-arg] # pydantic's own word
    with visited(settings, Keyring(data / "keys")) as found:
        yield found


@contextmanager
def office(
    data: Path, base: Tools, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Iterator[Office]:
    """A desk on the folder. Args: base: brings the models."""
    tools = replace(base, keyring=Keyring(data / "keys"), password_cost=CHEAP_PASSWORD_COST)
    with database(data) as found, Store(found.urls, pool_size=2) as store:
        yield Office(store, tools, clock)


def signed(desk: Desk, station: str) -> Signed:
    """A sample officer of the demo who may open what the station holds."""
    officer = next(o for o in officers.colleagues(desk, station) if o.role != "officer")
    return officers.unlock(officer, passwords.make_key(desk.tools, PASSWORD, officer.salt))


def texts(office: Office, station: str) -> Counter[str]:
    """The text of every tip a station holds, opened as its officer would."""
    with psycopg.connect(_owner(office)) as connection:
        query = "SELECT id FROM tip WHERE station_code = %s"
        ids: list[UUID] = [row[0] for row in connection.execute(query, (station,))]
    with office.begin("desk") as desk:
        reader = signed(desk, station)
    found: Counter[str] = Counter()
    for tip_id in ids:
        with office.begin("desk", reader.id) as desk:
            found[queue.open_tip(desk, reader, tip_id).report["text"]] += 1
    return found


def text_of(office: Office, receipt: str) -> str:
    """The text of the tip a receipt opens."""
    with office.begin("intake") as desk:
        return receipts.follow(desk, receipt).lines[0].text
