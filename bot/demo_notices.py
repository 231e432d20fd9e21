"""The demo's notices: contacts, subscribers, and notices at every step, by the desk's own rules."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from bot.tools import DATA
from desk import campaigns, contacts, notices, stations, subscriptions
from desk.clocks import VIETNAM, day_of
from desk.desk import Desk, Office
from desk.drafts import Aim, Words
from desk.officers import Signed
from desk.subscriptions import Wish

People = Mapping[str, Signed]  # by username
Sample = Mapping[str, Any]

_TOLD = ("title", "trick", "signs", "todo")
_READING = timedelta(minutes=40)  # from the writer's button to the second officer's
_DAY = timedelta(days=1)


def fill(office: Office, people: People) -> None:
    """Contacts first: notices end with the number to call. Then who reads them, then notices."""
    with office.begin("sweeps") as desk:
        lines = [_contact(desk, sample) for sample in _read("contacts.json")]
        contacts.take(desk, [",".join(contacts.COLUMNS), *lines])
    with office.begin("intake") as desk:
        for sample in _read("subscribers.json"):
            _subscribe(desk, sample)
        now = desk.at
    for sample in _read("notices.json"):
        _Story(office, people, sample, now).unfold()


@dataclass(frozen=True, slots=True)
class _Story:
    """One notice, as far on its way as the sample says."""

    office: Office
    people: People
    sample: Sample
    now: datetime

    def unfold(self) -> None:
        """Write it, and go on from step to step."""
        written = self._moment()
        notice = self._write(written)
        if "submitted" in self.sample or "approved_by" in self.sample:
            with self._desk(self.sample["by"], written) as (desk, signed):
                notices.submit(desk, signed, notice, 1)
        if "approved_by" not in self.sample:
            return
        with self._desk(self.sample["approved_by"], written + _READING) as (desk, signed):
            notices.approve(desk, signed, notice, 2)
        with self.office.begin("sweeps") as desk:
            campaigns.sweep(replace(desk, at=written + _READING))
        if "recalled_after" in self.sample:
            after = written + timedelta(hours=self.sample["recalled_after"])
            with self._desk(self.sample["approved_by"], after) as (desk, signed):
                notices.recall(desk, signed, notice, 3, self.sample["recall_reason"])

    def _write(self, at: datetime) -> UUID:
        with self._desk(self.sample["by"], at) as (desk, signed):
            where = signed.officer.station_code
            own = stations.find(desk, where)
            line = contacts.line_of(desk, own) if own else ""
            title, trick, signs, todo = (self.sample[name] for name in _TOLD)
            aim = Aim(
                _communes(desk, where),
                self.sample["topic"],
                day_of(at + self.sample["days"] * _DAY),
                only_topic=self.sample.get("only_topic", False),
            )
            return notices.write(desk, signed, Words(title, trick, signs, todo, line), aim)

    @contextmanager
    def _desk(self, username: str, at: datetime) -> Iterator[tuple[Desk, Signed]]:
        """The desk of an officer at another moment."""
        signed = self.people[username]
        with self.office.begin("desk", signed.id) as desk:
            yield replace(desk, at=at), signed

    def _moment(self) -> datetime:
        """So many hours ago; half past eight in the morning if that is another day."""
        at = self.now - timedelta(hours=self.sample["hours"])
        if self.sample["hours"] * timedelta(hours=1) < _DAY:
            return at
        morning = at.astimezone(VIETNAM).replace(hour=8, minute=30, second=0, microsecond=0)
        return morning.astimezone(UTC)


def _communes(desk: Desk, where: str) -> tuple[str, ...]:
    """A commune, or every commune of a province."""
    known = desk.tools.gazetteer.communes
    return (
        (where,)
        if where in known
        else tuple(
            sorted(commune.code for commune in known.values() if commune.province_code == where)
        )
    )


def _contact(desk: Desk, sample: Sample) -> str:
    checked = desk.today - sample["days"] * _DAY
    return f'{sample["code"]},{sample["phone"]},"{sample["address"]}",{checked}'


def _subscribe(desk: Desk, sample: Sample) -> None:
    """People with a page of their own; its key is random, so nobody can open it."""
    wish = Wish(tuple(sample["communes"]), tuple(sample["topics"]), sample["audience"])
    for _ in range(sample["count"]):
        subscriptions.follow(desk, subscriptions.new_page(), wish)


def _read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((DATA / "demo" / name).read_text(encoding="utf-8"))
    return found
