"""Sample rows, put in by the owner; and the database as the program's roles see it."""

from datetime import UTC, date, datetime
from types import TracebackType
from typing import Any, Self
from uuid import UUID, uuid4

import psycopg

from storage.db import Store, role_urls

SECRET = "sample secret of the roles"
MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
TODAY = date(2026, 3, 2)


def store_on(owner_url: str, pool_size: int = 8) -> Store:
    scheme, rest = owner_url.split("://", 1)
    secret = SECRET.replace(" ", "%20")
    return Store(role_urls(f"{scheme}://x:{secret}@{rest.split('@', 1)[1]}"), pool_size=pool_size)


class Owner:
    """The owner's connection: sees everything and obeys no policy. Every statement is committed."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def run(self, statement: str, *values: object) -> int:
        """Run a statement; how many rows it touched."""
        return self._connection.execute(statement.encode(), values).rowcount

    def all(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        """Every row of the answer."""
        return self._connection.execute(question.encode(), values).fetchall()

    def one(self, question: str, *values: object) -> Any:
        """The first value of the first row."""
        row = self._connection.execute(question.encode(), values).fetchone()
        return row[0] if row else None

    def station(self, code: str, province: str) -> None:
        """A station nobody works at yet."""
        kind = "province" if code == province else "commune"
        self.run(
            "INSERT INTO station (code, kind, name, sort_key, province_code)"
            " VALUES (%s, %s, %s, %s, %s)",
            *(code, kind, f"Công an {code}", code, province),
        )

    def officer(self, station: str) -> UUID:
        """An officer who may see this station's tips."""
        officer = uuid4()
        self.run(
            "INSERT INTO officer (id, username, name, role, station_code, state, salt, public_key,"
            " sealed_key, sealed_totp, totp_step, failures)"
            " VALUES (%s, %s, 'Hoa', 'officer', %s, 'active', '', '', '', '', 0, 0)",
            *(officer, f"hoa-{officer.hex[:8]}", station),
        )
        self.run("INSERT INTO officer_scope VALUES (%s, %s)", officer, station)
        return officer

    def tip(self, station: str, province: str, *, escalated: bool = False) -> UUID:
        """A tip with two wraps and one entry. Its receipt's HMAC is its id's bytes."""
        tip = uuid4()
        self.run(
            "INSERT INTO tip (id, station_code, province_code, escalated, category, urgent, state,"
            " received_hour, receipt_mac, month, suspect, clock, due_at, extended)"
            " VALUES (%s, %s, %s, %s, 'theft', false, 'new', %s, %s, '2026-03', false, 'take',"
            " %s, 0)",
            *(tip, station, province, escalated, MONDAY, tip.bytes, MONDAY),
        )
        for holder in ("receipt", f"station:{station}"):
            self.run("INSERT INTO tip_wrap VALUES (%s, %s, %s)", tip, holder, b"enclosed")
        self.entry(tip, 1, "tip")
        return tip

    def entry(self, tip: UUID, no: int, kind: str) -> None:
        """One more line of a tip."""
        self.run(
            "INSERT INTO tip_entry (tip_id, no, kind, at_hour, sealed) VALUES (%s, %s, %s, %s, %s)",
            *(tip, no, kind, MONDAY, kind.encode()),
        )
