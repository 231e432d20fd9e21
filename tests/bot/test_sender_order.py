"""While a channel fails: a chat keeps its order, nobody else waits, nothing is given up."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import ClassVar

import pytest

from bot.channels.base import Ambiguous, NotSent, Outcome, Payload, Throttled
from tests.bot.posting import put, sender
from tests.fakes import PaperChannel
from tests.storage.rows import Owner
from tests.world import World

ROWS = "SELECT state, outcome FROM outbox ORDER BY seq"
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def owner(owner_url: str) -> Iterator[Owner]:
    with Owner(owner_url) as owner:
        yield owner


class AwayChannel(PaperChannel):
    """Nothing goes out until it is back."""

    away: Outcome | None = NotSent("UnsentError")

    async def send(self, address: str, payload: Payload) -> Outcome:  # noqa: D102 # as Channel
        return self.away or await super().send(address, payload)


class Bell(PaperChannel):
    """The desk, where alerts ring."""

    name: ClassVar[str] = "desk"


@pytest.mark.parametrize(
    "outcome",
    [Ambiguous("TimedOut"), NotSent("UnsentError"), Throttled(10 * SECOND)],
    ids=lambda outcome: type(outcome).__name__,
)
async def test_what_is_to_be_tried_again_holds_back_what_came_after_it(
    world: World, workers: ThreadPoolExecutor, outcome: Outcome
) -> None:
    channel = PaperChannel(outcome)
    sending = sender(world, workers, channel)
    put(world, "một")
    await sending.once(["paper"])
    put(world, "hai")
    put(world, "khác", address="minh")
    await sending.once(["paper"])
    soon = list(channel.texts)
    world.clock.at += MINUTE
    await sending.once(["paper"])

    assert soon == ["một", "khác"], "another chat waits for nobody"
    assert channel.texts[2:] == ["một", "hai"]


async def test_those_behind_one_in_doubt_wait_as_long_as_it_does(
    world: World, workers: ThreadPoolExecutor
) -> None:
    channel = PaperChannel(Ambiguous("TimedOut"))
    sending = sender(world, workers, channel)
    for text in ("một", "hai", "ba"):
        put(world, text)
    await sending.once(["paper"])
    for _ in range(29):
        world.clock.at += SECOND
        assert not await sending.once(["paper"])
    world.clock.at += SECOND
    await sending.once(["paper"])

    assert channel.texts == ["một", "một", "hai", "ba"]


async def test_two_days_without_the_channel_cost_no_message_and_no_order(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    channel = AwayChannel()
    sending = sender(world, workers, channel)
    words = [f"Câu {number}" for number in range(4)]
    put(world, words[0])
    put(world, words[1])
    put(world, "khác", address="minh")
    for hour in range(47):
        await sending.once(["paper"])
        world.clock.at += HOUR
        if hour == 5:  # of the same day: the next one has another key
            put(world, words[2])
    channel.away = None
    while await sending.once(["paper"]):
        world.clock.at += MINUTE

    assert [text for text in channel.texts if text != "khác"] == words[:3]
    assert channel.texts.count("khác") == 1
    assert {state for state, _ in owner.all(ROWS)} == {"sent"}


async def test_once_a_channel_is_back_nobody_waits_longer_than_a_minute(
    world: World, workers: ThreadPoolExecutor
) -> None:
    channel = AwayChannel()
    sending = sender(world, workers, channel)
    put(world)
    for _ in range(20):
        await sending.once(["paper"])
        world.clock.at += MINUTE
    await sending.once(["paper"])
    channel.away = None
    world.clock.at += MINUTE
    await sending.once(["paper"])

    assert channel.texts == ["Chào bà con"]


async def test_one_answer_that_is_lost_after_a_long_outage_costs_no_message(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    channel = PaperChannel(*[NotSent("UnsentError")] * 20, Ambiguous("NetworkError"))
    sending = sender(world, workers, channel)
    put(world)
    for _ in range(22):
        await sending.once(["paper"])
        world.clock.at += MINUTE

    assert len(channel.sent) == 22
    assert owner.all(ROWS) == [("sent", "sent")]


async def test_nobody_gets_more_than_twelve_copies_of_what_is_never_confirmed(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    channel = PaperChannel(*[Ambiguous("TimedOut")] * 99)
    sending = sender(world, workers, channel)
    put(world)
    began, last = world.clock.at, world.clock.at
    while world.clock.at < began + 2 * HOUR:
        if await sending.once(["paper"]):
            last = world.clock.at
        world.clock.at += 30 * SECOND

    assert len(channel.sent) == 12
    assert last - began > HOUR, "an hour of timeouts is survived"
    assert owner.all(ROWS) == [("failed", "ambiguous: TimedOut")]


async def test_an_alert_at_the_desk_waits_for_none_before_it_and_rings_out(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    channel = Bell(*[NotSent("no queue page is open")] * 3)
    sending = sender(world, workers, channel)
    put(world, "chờ", "desk", "28114")
    for _ in range(3):
        await sending.once(["desk"])
        world.clock.at += 9 * SECOND
    world.clock.at -= 9 * SECOND
    put(world, "KHẨN", "desk", "28114")
    await sending.once(["desk"])
    rang = list(channel.texts)
    owner.run("UPDATE outbox SET state = 'due', attempts = 11 WHERE state = 'due'")
    channel._outcomes = [NotSent("no queue page is open")]
    world.clock.at += HOUR
    await sending.once(["desk"])

    assert rang[-1] == "KHẨN"
    assert owner.all(ROWS)[0] == ("failed", "not sent: no queue page is open")
