"""Midnight UTC changes the key chats are found by, and not the order of a chat's messages."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.base import Ambiguous, NotSent, Outcome, Payload, Throttled
from desk import outbox
from tests.bot.posting import put, sender
from tests.fakes import PaperChannel
from tests.storage.rows import Owner
from tests.world import World

EVENING = datetime(2026, 3, 2, 23, 59, 50, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def owner(owner_url: str) -> Iterator[Owner]:
    with Owner(owner_url) as owner:
        yield owner


class Failing(PaperChannel):
    """Fails so many times for Lan; everybody else is reached."""

    def __init__(self, outcome: Outcome, times: int) -> None:
        super().__init__()
        self._outcome, self._times = outcome, times

    async def send(self, address: str, payload: Payload) -> Outcome:  # noqa: D102 # as Channel
        sent = await super().send(address, payload)
        if address != "lan" or self._times == 0:
            return sent
        self._times -= 1
        return self._outcome


def took(world: World) -> list[str]:
    """What a sender would send now; it dies before it does."""
    with world.office.begin("sweeps") as desk:
        return [one.payload["text"] for one in outbox.take(desk, ("paper",))]


@pytest.mark.parametrize(
    "outcome",
    [Ambiguous("TimedOut"), NotSent("UnsentError"), Throttled(30 * SECOND)],
    ids=lambda outcome: type(outcome).__name__,
)
async def test_what_waits_for_another_try_over_midnight_holds_back_the_new_days_messages(
    world: World, workers: ThreadPoolExecutor, owner: Owner, outcome: Outcome
) -> None:
    world.clock.at = EVENING
    channel = Failing(outcome, 3)
    sending = sender(world, workers, channel)
    put(world, "một")
    await sending.once(["paper"])
    world.clock.at += 11 * SECOND
    put(world, "hai")
    put(world, "ba")
    put(world, "khác", address="minh")
    for _ in range(300):
        await sending.once(["paper"])
        world.clock.at += SECOND

    assert [text for text in channel.texts if text != "một"] == ["khác", "hai", "ba"]
    assert channel.texts.count("một") == 4
    assert channel.texts.index("hai") > 3, "after the last try of the first"
    assert {row[0] for row in owner.all("SELECT state FROM outbox")} == {"sent"}


def test_what_is_on_its_way_at_midnight_is_waited_for(world: World) -> None:
    world.clock.at = EVENING
    put(world, "một")
    with world.office.begin("sweeps") as desk:
        (under_way,) = outbox.take(desk, ("paper",))
    world.clock.at += 11 * SECOND
    put(world, "hai")
    assert took(world) == []

    with world.office.begin("sweeps") as desk:
        outbox.done(desk, under_way, "sent")
    world.clock.at += SECOND
    assert took(world) == ["hai"]


def test_of_two_days_that_are_due_together_the_older_goes_first(world: World) -> None:
    world.clock.at = EVENING
    for number in range(14):
        put(world, f"{number:02}")
        world.clock.at += SECOND
    assert took(world) == [f"{number:02}" for number in range(14)]


async def test_two_days_without_the_channel_cost_no_order_over_midnight_either(
    world: World, workers: ThreadPoolExecutor
) -> None:
    world.clock.at = EVENING
    channel = Failing(NotSent("UnsentError"), 40)
    sending = sender(world, workers, channel)
    words = [f"Câu {number}" for number in range(40)]
    for text in words:
        put(world, text)
        await sending.once(["paper"])
        world.clock.at += DAY / 20
    tried = len(channel.sent)
    for _ in range(60):
        await sending.once(["paper"])
        world.clock.at += MINUTE

    assert channel.texts[tried:] == words
