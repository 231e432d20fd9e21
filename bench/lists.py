"""The officers' list among 1,000,000 tips: beside the same query on the driver alone."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bench.rounds import Series, alternate, ratio, table
from bot import tools
from bot.demo import seed
from desk import queue, stations
from desk.desk import Desk, Office
from storage import migrate
from storage.db import Store, role_urls
from storage.keyring import Keyring
from storage.server import Server

TIPS, MINE = 1_000_000, 60_000  # all of them; in the list that is read
ROUNDS, CALLS = 5, 200
PAGES = (1, 1000)
PLACE, PROVINCE, TAB = "28114", "80", "new"
SECRET = "sample"  # noqa: S105 # of a database that is thrown away

# One tip in a thousand is urgent; days and hours as they come, in a year. Those of other stations
# lie between ours. Nothing is sealed: a list reads no text.
_FILL = f"""
    INSERT INTO tip (id, station_code, province_code, escalated, category, urgent, state, suspect,
                     clock, due_at, extended, received_hour, receipt_mac, month)
    SELECT gen_random_uuid(), code, province_code, false, 'theft', n % 1000 = 0, 'new', false,
           'take', hour + interval '1 day', 0, hour, sha256(n::text::bytea), '2026-01'
    FROM (SELECT n, CASE WHEN n <= {MINE} THEN '{PLACE}'
                         ELSE others.codes[1 + n % others.many] END AS at,
                 timestamptz '2026-01-01' + (n::bigint * 7919 % 8760) * interval '1 hour' AS hour
          FROM generate_series(1, {TIPS}) n,
               (SELECT array_agg(code) AS codes, count(*) AS many FROM station
                WHERE code <> '{PLACE}') others) made
    JOIN station ON station.code = at"""  # noqa: S608 # constants


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the list, and what asks the database for it."""

    after: UUID | None
    statements: tuple[tuple[str, Any], ...]  # with their values


def measure(folder: Path) -> str:
    """Ours, the driver as the same officer, and the driver without row level security."""
    with _office(folder) as (office, owner_url, officer):
        pages = {number: _page(office, officer, number) for number in PAGES}
        kinds = {number: _measured(office, owner_url, officer, pages[number]) for number in PAGES}
    return _section(kinds)


@contextmanager
def _office(folder: Path) -> Iterator[tuple[Office, str, UUID]]:
    keyring = Keyring(folder / "keys")
    with Server(folder, password=SECRET) as server:
        migrate.upgrade(server.owner_url, SECRET)
        with Store(role_urls(server.owner_url), pool_size=2) as store:
            office = Office(store, tools.load(keyring))
            with office.begin("sweeps") as desk:
                stations.sync(desk)
            seed(office)
            with psycopg.connect(server.owner_url, autocommit=True) as owner:
                owner.execute(_FILL)
                owner.execute("VACUUM ANALYZE")
                row = owner.execute(
                    "SELECT id FROM officer WHERE station_code = %s LIMIT 1", (PLACE,)
                ).fetchone()
            if row is None:
                raise SystemExit("nobody works there")
            yield office, server.owner_url, row[0]


def _page(office: Office, officer: UUID, number: int) -> Page:
    """The statements by which our list gets this page."""
    after = None
    with office.begin("desk", officer) as desk:
        for _ in range(number - 1):
            after = queue.waiting(desk, TAB, after=after)[-1].tip.id
        seen: list[tuple[str, Any]] = []

        def note(*said: Any) -> None:  # noqa: ANN401 # SQLAlchemy's own
            seen.append((said[2], said[3]))

        event.listen(Engine, "before_cursor_execute", note)
        queue.waiting(desk, TAB, after=after)
        event.remove(Engine, "before_cursor_execute", note)
    return Page(after, tuple(seen))


def _measured(office: Office, owner_url: str, officer: UUID, page: Page) -> dict[str, Series]:
    desk_url = role_urls(owner_url)["desk"]
    with (
        psycopg.connect(desk_url) as scoped,
        psycopg.connect(owner_url) as free,
        office.begin("desk", officer) as desk,
    ):
        scoped.execute("SELECT set_config('tiengloa.officer', %s, false)", (str(officer),))
        ours, raw, bare = alternate(
            ROUNDS,
            lambda: _p99(lambda: _ours(desk, page)),
            lambda: _p99(lambda: _raw(scoped, page.statements)),
            lambda: _p99(lambda: _raw(free, _of_one_station(page.statements))),
        )
    return {"ours": ours, "driver": raw, "without": bare}


def _ours(desk: Desk, page: Page) -> None:
    if len(queue.waiting(desk, TAB, after=page.after)) != queue.PAGE:
        raise SystemExit("a page is not full")
    desk.session.expunge_all()


def _raw(connection: psycopg.Connection[Any], statements: tuple[tuple[str, Any], ...]) -> None:
    for statement, values in statements:
        connection.execute(statement, values).fetchall()


def _of_one_station(statements: tuple[tuple[str, Any], ...]) -> tuple[tuple[str, Any], ...]:
    """What the policy adds, written out: the owner sees every station."""
    mine = f"FROM tip \nWHERE tip.station_code = '{PLACE}' AND "
    return tuple((words.replace("FROM tip \nWHERE ", mine), values) for words, values in statements)


def _p99(work: Callable[[], None]) -> float:
    """Milliseconds."""
    took = []
    for _ in range(CALLS):
        began = time.perf_counter()
        work()
        took.append(1000 * (time.perf_counter() - began))
    return sorted(took)[int(0.99 * CALLS) - 1]


def _section(kinds: dict[int, dict[str, Series]]) -> str:
    rows = [
        (f"page {number:,}", name, took, ratio(took, found["driver"]))
        for number, found in kinds.items()
        for name, took in (
            ("desk.queue.waiting", found["ours"]),
            ("the driver, the same statements", found["driver"]),
            ("the driver, without row level security", found["without"]),
        )
    ]
    first, last = (kinds[number] for number in PAGES)
    deep = ratio(last["ours"], first["ours"])
    walls = ", ".join(f"page {n:,} {ratio(k['driver'], k['without'])}" for n, k in kinds.items())
    return f"""## The officers' list

{TIPS:,} tips, {MINE:,} of them in the list of one station; {queue.PAGE} lines a page. Milliseconds,
the 99th percentile of {CALLS} calls; {ROUNDS} rounds alternating, median (lowest to highest).

{table(("", "", "p99", "of the driver's"), rows)}

Page {PAGES[1]:,} takes {deep} of page 1. Row level security: {walls}.
"""
