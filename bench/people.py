"""A database with so many subscribers of one commune, and notices for them."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from bot import tools
from desk import stations, subscriptions
from desk.desk import Desk, Office
from desk.topics import topic_ids
from storage import vault
from storage.campaigns import FIRST
from storage.db import Store, role_urls
from storage.keyring import Keyring
from storage.models import Campaign, Notice, Officer, Subscriber, Subscription

PEOPLE = 110_240  # printed notices of Cần Đước
COMMUNE, PROVINCE = "28114", "80"
SECRET = "benchmark"  # noqa: S105 # of a database that lives a minute
_BATCH = 10_000
_BEGAN = time.monotonic()


@dataclass(frozen=True, slots=True)
class Place:
    """Where the database and the keys are, as another process needs them."""

    url: str
    keys: Path


@contextmanager
def town(folder: Path, channel: str, people: int) -> Iterator[tuple[Place, UUID]]:
    """A new, durable embedded database with these people, and an officer who writes notices."""
    # Only here: a process that sends has no use for migrations, and they take 21 MiB.
    from storage import migrate  # noqa: PLC0415 # as above
    from storage.server import OWNER, Server  # noqa: PLC0415 # as above

    with Server(folder / "data", password=SECRET) as server:
        place = Place(server.url(OWNER, SECRET, "postgres"), folder / "keys")
        migrate.upgrade(place.url, SECRET)
        with office_at(place) as office:
            yield place, _fill(office, channel, people)


@contextmanager
def office_at(place: Place) -> Iterator[Office]:
    """An office that sends; its clock runs from three in the afternoon."""
    keyring = Keyring(place.keys)
    with Store(role_urls(place.url), pool_size=6) as store:
        yield Office(store, tools.for_sending(keyring), _afternoon)


def campaign(office: Office, channel: str, writer: UUID) -> None:
    """A published notice, about to be sent."""
    with office.begin("desk") as desk:
        notice = Notice(
            id=uuid4(),
            station_code=COMMUNE,
            province_code=PROVINCE,
            state="published",
            title="Giả danh shipper",
            trick="x" * 200,
            signs="y" * 150,
            todo="z" * 150,
            contact="113",
            topic="shopping",
            communes=[COMMUNE],
            preview_code=uuid4().hex[:8],
            written_by=writer,
            written_at=desk.at,
            publish_at=desk.at,
            expires_on=desk.today + timedelta(days=9),
        )
        desk.session.add(notice)
        desk.session.flush()
        row = Campaign(
            notice_id=notice.id, channel=channel, begins_at=desk.at, cursor_subscriber=FIRST
        )
        desk.session.add(row)


def _fill(office: Office, channel: str, people: int) -> UUID:
    with office.begin("sweeps") as desk:
        stations.sync(desk)
    for first in range(0, people, _BATCH):
        with office.begin("intake") as desk:
            subscribe(
                desk, channel, [f"77{first + n:08}" for n in range(min(_BATCH, people - first))]
            )
    officer = Officer(
        id=uuid4(),
        username="bench",
        name="Bench",
        role="officer",
        station_code=COMMUNE,
        salt=b"",
        public_key=b"",
        sealed_key=b"",
        sealed_totp=b"",
    )
    with office.begin("desk") as desk:
        desk.session.add(officer)
    return officer.id


def subscribe(desk: Desk, channel: str, addresses: Iterable[str]) -> None:
    """All of them want every notice of the commune; in bulk, because one by one takes minutes."""
    key = vault.derive(desk.tools.keyring.subscribers, "subscriber mac")
    topics = list(topic_ids())
    people, places = [], []
    for address in addresses:
        id_ = uuid4()
        people.append(
            {
                "id": id_,
                "channel": channel,
                "address_mac": vault.mac(key, f"{channel}\0{address}".encode()),
                "sealed": subscriptions.seal_address(desk, id_, address),
                "audience": "household",
                "topics": topics,
                "paused": False,
                "since": desk.today,
            }
        )
        places.append({"channel": channel, "commune_code": COMMUNE, "subscriber_id": id_})
    desk.session.bulk_insert_mappings(Subscriber, people)
    desk.session.bulk_insert_mappings(Subscription, places)


def _afternoon() -> datetime:
    """A clock that runs, and never reads night: nothing would be sent then."""
    return datetime(2026, 3, 2, 8, tzinfo=UTC) + timedelta(seconds=time.monotonic() - _BEGAN)
