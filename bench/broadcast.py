"""How much slower is sending with the engine than a bare loop, and what does storage cost?

Run: python -m bench.broadcast [--people N]. Sends to N people through a stub that takes 1 ms, 64 at
a time: once in a bare asyncio loop that stores nothing, once by the engine, side by side.
"""

import argparse
import asyncio
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from bot import tools
from bot.broadcaster import Broadcaster
from bot.channels.base import Caps, Outcome, Payload, Sent
from bot.channels.render import render
from bot.pace import LocalPace
from desk import stations, subscriptions
from desk.desk import Desk, Office
from desk.topics import topic_ids
from handlers.chat import Reply
from storage import migrate, vault
from storage.campaigns import FIRST
from storage.db import Store, role_urls
from storage.keyring import Keyring
from storage.models import Campaign, Notice, Officer, Subscriber, Subscription
from storage.server import OWNER, Server

PEOPLE = 110_240  # printed notices of Cần Đước
SECONDS = 0.001  # one sending
IN_FLIGHT = 64
COMMUNE, PROVINCE = "28114", "80"
_SECRET = "benchmark"  # noqa: S105 # of a database that lives a minute
_BATCH = 10_000
_BEGAN = time.monotonic()


@dataclass(frozen=True, slots=True)
class Cost:
    """What one way of sending took."""

    wall: float
    cpu: float
    sent: int


class Stub:
    """A channel that takes a millisecond and remembers nothing but a count."""

    name = "stub"
    caps = Caps(anonymity="pseudonymous", buttons=8, silent=True)

    def __init__(self) -> None:
        self.sent = 0

    def render(self, reply: Reply, caps: Caps) -> list[Payload]:
        """One message."""
        return render(reply, caps)

    async def send(self, _address: str, _payload: Payload) -> Outcome:
        """A millisecond."""
        await asyncio.sleep(SECONDS)
        self.sent += 1
        return Sent("1")


async def bare(people: int) -> Cost:
    """The loop anybody would write: 64 tasks, one list, nothing stored."""
    stub, left = Stub(), iter(range(people))
    payload = Payload("x")

    async def work() -> None:
        for number in left:
            await stub.send(str(number), payload)

    wall, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(work() for _ in range(IN_FLIGHT)))
    return Cost(time.perf_counter() - wall, time.process_time() - cpu, stub.sent)


async def engine(office: Office, rate: float) -> Cost:
    """The same by the engine, with everything it stores."""
    stub = Stub()
    with ThreadPoolExecutor(4) as workers:
        sending = Broadcaster(office, workers, {"stub": stub}, {"stub": LocalPace(rate)})  # type: ignore[dict-item] # only what is used
        wall, cpu = time.perf_counter(), time.process_time()
        await sending.drain("stub")
        return Cost(time.perf_counter() - wall, time.process_time() - cpu, stub.sent)


def fill(office: Office, people: int) -> UUID:
    """So many subscribers of one commune, and a notice for them; returns its writer."""
    with office.begin("sweeps") as desk:
        stations.sync(desk)
    done = 0
    while done < people:
        with office.begin("intake") as desk:
            _subscribe(desk, done, min(_BATCH, people - done))
        done += _BATCH
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


def _subscribe(desk: Desk, first: int, count: int) -> None:
    key = vault.derive(desk.tools.keyring.subscribers, "subscriber mac")
    topics = list(topic_ids())
    people, places = [], []
    for number in range(first, first + count):
        id_ = uuid4()
        address = f"77{number:08}"
        people.append(
            {
                "id": id_,
                "channel": "stub",
                "address_mac": vault.mac(key, f"stub\0{address}".encode()),
                "sealed": subscriptions.seal_address(desk, id_, address),
                "audience": "household",
                "topics": topics,
                "paused": False,
                "since": desk.today,
            }
        )
        places.append({"channel": "stub", "commune_code": COMMUNE, "subscriber_id": id_})
    desk.session.bulk_insert_mappings(Subscriber, people)
    desk.session.bulk_insert_mappings(Subscription, places)


def campaign(office: Office, writer: UUID) -> None:
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
            notice_id=notice.id, channel="stub", begins_at=desk.at, cursor_subscriber=FIRST
        )
        desk.session.add(row)


@contextmanager
def office_in(folder: Path) -> Iterator[Office]:
    """An office on a new, durable embedded database; its clock runs from three in the afternoon."""
    keyring = Keyring(folder / "keys")
    with Server(folder / "data", password=_SECRET) as server:
        url = server.url(OWNER, _SECRET, "postgres")
        migrate.upgrade(url, _SECRET)
        urls = role_urls(url)
        with Store(urls, pool_size=6) as store:
            yield Office(store, tools.load(keyring), _afternoon)


def _afternoon() -> datetime:
    """A clock that runs, and never reads night: nothing would be sent then."""
    return datetime(2026, 3, 2, 8, tzinfo=UTC) + timedelta(seconds=time.monotonic() - _BEGAN)


def main(arguments: Sequence[str]) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--rate", type=float, default=0, help="messages a second; 0: no limit")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, office_in(Path(folder)) as office:
        writer = fill(office, options.people)
        for round_ in range(3 if not options.rate else 1):
            loop = asyncio.run(bare(options.people)) if not options.rate else None
            campaign(office, writer)
            ours = asyncio.run(engine(office, options.rate))
            _print(round_, loop, ours)
    return 0


def _print(round_: int, loop: Cost | None, ours: Cost) -> None:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rate = ours.sent / ours.wall
    print(
        f"round {round_ + 1}: engine {ours.sent} in {ours.wall:.2f} s ({rate:.0f}/s), "
        f"CPU {ours.cpu:.2f} s, peak RSS {memory:.0f} MiB"
    )
    if loop is not None:
        extra = (ours.cpu - loop.cpu) / ours.sent * 1e6
        print(
            f"         bare loop {loop.wall:.2f} s, CPU {loop.cpu:.2f} s: "
            f"ratio {ours.wall / loop.wall:.2f}, {extra:.0f} µs CPU more per delivery"
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
