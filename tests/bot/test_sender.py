"""What was decided goes out: once if possible, again without a sound if need be."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest

from bot.channels.base import (
    Ambiguous,
    Gone,
    Moved,
    NotSent,
    Outcome,
    Refused,
    Sent,
    Throttled,
)
from bot.sender import Sender
from desk import outbox, subscriptions
from desk.inbox import Lane
from desk.outbox import LEASE
from desk.subscriptions import Wish
from tests.bot.outage import Outage
from tests.bot.posting import put, sender
from tests.fakes import PaperChannel
from tests.storage.rows import Owner
from tests.world import World

ROW = "SELECT state, outcome, sealed IS NOT NULL, due_at FROM outbox ORDER BY seq"


@pytest.fixture
def owner(owner_url: str) -> Iterator[Owner]:
    with Owner(owner_url) as owner:
        yield owner


@pytest.mark.parametrize(
    ("outcome", "settled"),
    [
        (Sent("17"), ("sent", "sent", None)),
        (Throttled(timedelta(seconds=90)), ("due", "throttled", 90)),
        (NotSent("timeout"), ("due", "not sent: timeout", 2)),
        (Ambiguous("reset"), ("due", "ambiguous: reset", 30)),
        (Gone("blocked"), ("failed", "gone: blocked", None)),
        (Refused("too old"), ("failed", "refused: too old", None)),
        (RuntimeError("an adapter's slip"), ("due", "ambiguous: RuntimeError", 30)),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_each_way_a_sending_can_end_is_settled_as_written(
    world: World,
    workers: ThreadPoolExecutor,
    owner: Owner,
    outcome: Outcome | Exception,
    settled: tuple[str, str, int | None],
) -> None:
    state, noted, seconds = settled
    put(world)

    assert await sender(world, workers, PaperChannel(outcome)).once(["paper"])

    ((found, said, kept, due_at),) = owner.all(ROW)
    assert (found, said) == (state, noted)
    assert kept == (seconds is not None)
    if seconds is not None:
        assert due_at == world.clock.at + timedelta(seconds=seconds)


async def test_a_chat_that_moved_gets_the_message_at_its_new_address(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    channel = PaperChannel(Moved("lan-2"))
    put(world)

    await sender(world, workers, channel).once(["paper"])
    await sender(world, workers, channel).once(["paper"])

    assert [address for address, _ in channel.sent] == ["lan", "lan-2"]
    assert [row[:2] for row in owner.all(ROW)] == [("sent", "moved"), ("sent", "sent")]


@pytest.mark.parametrize(("outcome", "still"), [(Gone("blocked"), None), (Moved("lan-2"), "lan-2")])
async def test_a_subscription_ends_or_moves_with_its_chat(
    world: World, workers: ThreadPoolExecutor, outcome: Outcome, still: str | None
) -> None:
    with world.office.begin("intake") as desk:
        subscriptions.follow(desk, Lane("paper", "lan"), Wish(("28114",), (), "household"))
    put(world)

    await sender(world, workers, PaperChannel(outcome)).once(["paper"])

    with world.office.begin("intake") as desk:
        known = [a for a in ("lan", "lan-2") if subscriptions.find(desk, Lane("paper", a))]
    assert known == ([still] if still else [])


async def test_nothing_due_is_nothing_sent(world: World, workers: ThreadPoolExecutor) -> None:
    put(world, channel="another")
    channel = PaperChannel()

    assert not await sender(world, workers, channel).once(["paper"])
    assert channel.sent == []


async def test_messages_go_out_in_the_order_they_were_decided(
    world: World, workers: ThreadPoolExecutor
) -> None:
    words = [f"Câu {number}" for number in range(5)]
    for text in words:
        put(world, text)
    channel = PaperChannel()

    await sender(world, workers, channel).once(["paper"])

    assert channel.texts == words
    assert not any(payload.silent for _, payload in channel.sent)


async def test_what_a_dead_sender_had_taken_is_sent_again_without_a_sound(
    world: World, workers: ThreadPoolExecutor
) -> None:
    put(world)
    channel = PaperChannel()
    with world.office.begin("sweeps") as desk:  # and then it died
        assert outbox.take(desk, ("paper",))

    assert not await sender(world, workers, channel).once(["paper"])
    world.clock.at += LEASE
    assert await sender(world, workers, channel).once(["paper"])

    assert [payload.silent for _, payload in channel.sent] == [True]


async def test_what_failed_surely_is_tried_again_and_arrives(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    put(world)
    channel = PaperChannel(NotSent("timeout"), NotSent("timeout"))
    sending = sender(world, workers, channel)

    for _ in range(3):
        await sending.once(["paper"])
        world.clock.at += timedelta(seconds=5)

    assert len(channel.sent) == 3
    assert owner.all(ROW)[0][:3] == ("sent", "sent", False)


async def test_a_message_no_channel_can_show_is_given_up_and_the_others_go_out(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    with world.office.begin("intake") as desk:
        outbox.put(desk, "paper", "lan", {"no": "text"})
    put(world)
    channel = PaperChannel()

    await sender(world, workers, channel).once(["paper"])

    assert channel.texts == ["Chào bà con"]
    assert [row[:3] for row in owner.all(ROW)] == [
        ("failed", "refused: KeyError", False),
        ("sent", "sent", False),
    ]


async def test_the_loop_goes_on_after_the_database_was_away(
    world: World,
    workers: ThreadPoolExecutor,
    outage: Outage,
) -> None:
    put(world)
    outage.begins()
    channel = PaperChannel()
    running = asyncio.create_task(
        Sender(world.office, workers, {channel.name: channel}, idle=0.01).run()
    )

    await asyncio.sleep(0.05)
    assert channel.sent == []
    outage.ends()
    for _ in range(3000):
        if channel.sent:
            break
        await asyncio.sleep(0.01)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running

    assert channel.texts == ["Chào bà con"]
