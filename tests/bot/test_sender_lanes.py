"""Nobody waits for anybody: a slow chat, a long sending, an ending that cannot be recorded."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot import sender as module
from bot.channels.base import (
    Gone,
)
from bot.loops import loop
from bot.sender import IN_FLIGHT, Sender
from desk import outbox
from desk.outbox import EACH, LEASE
from tests.bot.broadcasting import until
from tests.bot.posting import SlowChannel, put, sender
from tests.fakes import PaperChannel
from tests.storage.rows import Owner
from tests.world import World

ROW = "SELECT state, outcome, sealed IS NOT NULL, due_at FROM outbox ORDER BY seq"


@pytest.fixture
def owner(owner_url: str) -> Iterator[Owner]:
    with Owner(owner_url) as owner:
        yield owner


async def test_one_slow_chat_holds_up_nobody_else(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    people = [str(number) for number in range(IN_FLIGHT + 10)]
    for address in ("lan", *people):
        put(world, address=address)
    channel = SlowChannel("lan")

    async with loop(Sender(world.office, workers, {"paper": channel}, idle=0.01).run):
        await channel.until(1 + len(people))
        channel.go.set()
        await until(lambda: {row[0] for row in owner.all(ROW)} == {"sent"})

    assert sorted(address for address, _ in channel.sent) == sorted(["lan", *people])


async def test_a_chats_next_message_waits_until_the_one_before_has_ended(
    world: World, workers: ThreadPoolExecutor
) -> None:
    put(world, "một")
    channel = SlowChannel("lan")

    async with loop(Sender(world.office, workers, {"paper": channel}, idle=0.01).run):
        await channel.until(1)
        put(world, "hai")
        put(world, "khác", address="minh")
        await channel.until(2)
        before = list(channel.texts)
        channel.go.set()
        await channel.until(3)

    assert before == ["một", "khác"]
    assert channel.texts[2] == "hai"


async def test_what_takes_longer_than_its_lease_is_not_sent_twice(
    world: World, workers: ThreadPoolExecutor, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RENEW", 0.0)
    leased = "SELECT max(lease_until) FROM outbox"
    put(world)
    channel = SlowChannel("lan")

    async with loop(Sender(world.office, workers, {"paper": channel}, idle=0.01).run):
        await channel.until(1)
        for _ in range(4):
            world.clock.at += LEASE * 0.7
            due = world.clock.at + LEASE
            await until(lambda due=due: owner.all(leased) == [(due,)])
        channel.go.set()
        await until(lambda: owner.all(ROW)[0][0] == "sent")

    assert len(channel.sent) == 1


async def test_an_ending_that_cannot_be_recorded_does_not_hold_up_the_others(
    world: World, workers: ThreadPoolExecutor, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("desk.duty.disconnect", broken)
    put(world, address="gone")
    put(world, address="here")

    await sender(world, workers, PaperChannel(Gone("blocked"))).once(["paper"])

    assert [row[0] for row in owner.all(ROW)] == ["sending", "sent"]


def test_of_one_chat_few_are_taken_at_once(world: World) -> None:
    for number in range(EACH + 3):
        put(world, str(number))
    put(world, "of another", address="minh")

    with world.office.begin("sweeps") as desk:
        taken = [outgoing.payload["text"] for outgoing in outbox.take(desk, ("paper",))]
        again = outbox.take(desk, ("paper",))

    assert taken == [*map(str, range(EACH)), "of another"]
    assert again == []


async def test_what_was_on_its_way_when_the_program_stops_is_not_sent_again_by_the_next(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    put(world)
    channel = SlowChannel("lan")

    async with loop(Sender(world.office, workers, {"paper": channel}, idle=0.01).run):
        await channel.until(1)
        asyncio.get_running_loop().call_later(0.05, channel.go.set)  # the answer comes: it arrived

    world.clock.at += LEASE * 2
    again = PaperChannel()
    await sender(world, workers, again).once(["paper"])

    assert [row[0] for row in owner.all(ROW)] == ["sent"]
    assert again.sent == []


async def test_a_stop_does_not_wait_for_an_answer_that_never_comes(
    world: World, workers: ThreadPoolExecutor, owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LAST", 0.01)
    put(world)
    channel = SlowChannel("lan")

    async with loop(Sender(world.office, workers, {"paper": channel}, idle=0.01).run):
        await channel.until(1)

    assert [row[0] for row in owner.all(ROW)] == ["sending"]  # it may have arrived: nobody knows
