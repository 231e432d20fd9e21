"""Tips stored per second by `desk.tips.submit`, against raw psycopg inserts of the same bytes."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import Connection, sql
from psycopg.rows import tuple_row

from bench.rounds import alternate, ratio, table
from bot import tools
from bot.demo import seed
from desk import stations, tips
from desk.desk import Office
from storage import migrate
from storage.db import Store, role_urls
from storage.keyring import Keyring
from storage.server import Server
from storage.tuning import Tuning

THREADS = 8
TIPS = 400  # of each round
ROUNDS = 5
SECRET = "sample"  # noqa: S105 # of a database that is thrown away
PLACE = "28114"
TEXT = "Quán karaoke ở chợ xã Rạch Kiến, tỉnh Tây Ninh hát loa kẹo kéo tới hai giờ sáng mỗi đêm."
TABLES = ("tip", "tip_wrap", "tip_entry", "alert")  # what one tip is, in the order of its inserts

Rows = dict[str, list[tuple[Any, ...]]]


def measure(folder: Path) -> str:
    """Both side by side on one durable server; the section of the report."""
    with _office(folder) as (office, owner_url):
        template = _rows_of_one(office, owner_url)

        def ours() -> float:
            return _per_second(lambda n: _submit(office, n))

        def raw() -> float:
            return _per_second(lambda n: _insert(owner_url, template, n))

        submitted, inserted = alternate(ROUNDS, ours, raw)
    size = sum(len(v) for rows in template.values() for row in rows for v in row if _is_bytes(v))
    rows = [
        ("psycopg, the same rows and bytes", inserted, 1),
        ("desk.tips.submit", submitted, ratio(submitted, inserted)),
    ]
    return f"""## Tips stored

Both write {sum(map(len, template.values()))} rows a tip ({", ".join(TABLES)}; {size:,} bytes of
them sealed) in one transaction with fsync, from {THREADS} threads; {ROUNDS} rounds of {TIPS} tips
each, alternating; median (lowest to highest). psycopg inserts a real tip's rows again under new
ids, as the database's owner, without row level security and without an ORM. `desk.tips.submit`
also judges the text, picks the station, seals the text and wraps its key three times.

{table(("tips a second", "median (spread)", "of psycopg"), rows)}
"""


@contextmanager
def _office(folder: Path) -> Iterator[tuple[Office, str]]:
    keyring = Keyring(folder / "keys")
    tuning = Tuning(max_connections=3 * THREADS + 16)
    with Server(folder, password=SECRET, tuning=tuning) as server:
        migrate.upgrade(server.owner_url, SECRET)
        with Store(role_urls(server.owner_url), pool_size=THREADS) as store:
            office = Office(store, tools.load(keyring))
            with office.begin("sweeps") as desk:
                stations.sync(desk)
            seed(office)
            yield office, server.owner_url


def _rows_of_one(office: Office, owner_url: str) -> Rows:
    """The rows of one more tip."""
    with psycopg.connect(owner_url) as connection:
        known = connection.execute("SELECT id FROM tip").fetchall()
    with office.begin("intake") as desk:
        tips.submit(desk, tips.Draft(TEXT, PLACE))
    with psycopg.connect(owner_url, row_factory=tuple_row) as connection:
        query = "SELECT id FROM tip WHERE id <> ALL(%s)"
        found = connection.execute(query, ([row[0] for row in known],)).fetchone()
        if found is None:
            raise SystemExit("the tip was not stored")
        return {table: _rows(connection, table, found[0]) for table in TABLES}


def _rows(
    connection: Connection[tuple[Any, ...]], table: str, tip: object
) -> list[tuple[Any, ...]]:
    key = "id" if table == "tip" else "tip_id"
    query = sql.SQL("SELECT * FROM {} WHERE {} = %s")
    return connection.execute(
        query.format(sql.Identifier(table), sql.Identifier(key)), (tip,)
    ).fetchall()


def _submit(office: Office, number: int) -> None:
    for _ in range(number):
        with office.begin("intake") as desk:
            tips.submit(desk, tips.Draft(TEXT, PLACE))


def _insert(owner_url: str, template: Rows, number: int) -> None:
    statements = {
        table: sql.SQL("INSERT INTO {} VALUES ({})").format(
            sql.Identifier(table), sql.SQL(", ").join([sql.Placeholder()] * len(rows[0]))
        )
        for table, rows in template.items()
    }
    old = template["tip"][0][0]
    with psycopg.connect(owner_url) as connection:
        for _ in range(number):
            new, mac = uuid4(), uuid4().bytes * 2
            with connection.transaction():
                for table, rows in template.items():
                    connection.cursor().executemany(
                        statements[table], [_renamed(row, old, new, mac, table) for row in rows]
                    )


def _renamed(
    row: tuple[Any, ...], old: object, new: object, mac: bytes, table: str
) -> tuple[Any, ...]:
    """The row under another id; a tip's receipt must be another one too."""
    return tuple(
        new if value == old else mac if table == "tip" and _is_bytes(value) else value
        for value in row
    )


def _is_bytes(value: object) -> bool:
    return isinstance(value, bytes)


def _per_second(work: Callable[[int], None]) -> float:
    began = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(work, repeat(TIPS // THREADS, THREADS)))
    return TIPS / (time.perf_counter() - began)
