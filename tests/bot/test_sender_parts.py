"""A long reply is several messages: those which went are not sent once more for one that failed."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from bot.channels.base import Ambiguous, NotSent, Outcome, Refused, Sent, Throttled
from desk import outbox
from desk.outbox import LEASE
from tests.bot.posting import put, sender
from tests.fakes import PaperChannel
from tests.storage.rows import Owner
from tests.world import World

TEXT = " ".join(f"Câu thứ {number} dài vừa phải." for number in range(10))
WENT = Sent("1")
STATE = "SELECT state, outcome FROM outbox ORDER BY seq"


@pytest.fixture
def owner(owner_url: str) -> Iterator[Owner]:
    with Owner(owner_url) as owner:
        yield owner


@pytest.mark.parametrize(
    "outcome",
    [Throttled(timedelta(seconds=7)), NotSent("timeout"), Ambiguous("reset")],
    ids=lambda outcome: type(outcome).__name__,
)
@pytest.mark.parametrize("later", [timedelta(minutes=1), timedelta(days=1)])
async def test_after_a_part_that_failed_the_next_try_begins_with_that_part(
    world: World, workers: ThreadPoolExecutor, owner: Owner, outcome: Outcome, later: timedelta
) -> None:
    put(world, TEXT)
    channel = PaperChannel(WENT, WENT, outcome, max_text=50)
    await sender(world, workers, channel).once(["paper"])
    assert len(channel.sent) == 3
    assert owner.all(STATE)[0][0] == "due"

    world.clock.at += later
    await sender(world, workers, channel).once(["paper"])

    tried, again = channel.texts[2:4]
    assert tried == again
    assert " ".join([*channel.texts[:3], *channel.texts[4:]]) == TEXT.strip()
    assert owner.all(STATE) == [("sent", "sent")]


async def test_each_try_goes_on_where_the_last_one_ended(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    put(world, TEXT)
    down = NotSent("down")
    channel = PaperChannel(WENT, down, down, WENT, down, max_text=50)
    for _ in range(4):
        await sender(world, workers, channel).once(["paper"])
        world.clock.at += timedelta(minutes=1)

    first, second, third = channel.texts[0], channel.texts[1], channel.texts[4]
    assert channel.texts[:6] == [first, second, second, second, third, third]
    assert owner.all(STATE) == [("sent", "sent")]


async def test_what_waits_behind_a_long_reply_that_failed_is_sent_whole_after_it(
    world: World, workers: ThreadPoolExecutor
) -> None:
    put(world, TEXT)
    put(world, "Sau đó")
    channel = PaperChannel(WENT, NotSent("down"), max_text=50)
    await sender(world, workers, channel).once(["paper"])
    world.clock.at += timedelta(minutes=1)
    await sender(world, workers, channel).once(["paper"])

    assert " ".join([channel.texts[0], *channel.texts[2:]]) == f"{TEXT.strip()} Sau đó"


async def test_a_sender_that_died_in_the_middle_is_no_reason_to_leave_parts_out(
    world: World, workers: ThreadPoolExecutor
) -> None:
    put(world, TEXT)
    with world.office.begin("sweeps") as desk:  # and then it died
        assert outbox.take(desk, ("paper",))
    world.clock.at += LEASE
    channel = PaperChannel(max_text=50)
    await sender(world, workers, channel).once(["paper"])
    assert " ".join(channel.texts) == TEXT.strip()


async def test_a_later_part_that_is_refused_gives_the_message_up(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    put(world, TEXT)
    channel = PaperChannel(WENT, Refused("x"), max_text=50)
    await sender(world, workers, channel).once(["paper"])
    assert owner.all(STATE) == [("failed", "refused: x")]


async def test_a_version_that_shows_it_in_fewer_parts_sends_at_least_the_last_one(
    world: World, workers: ThreadPoolExecutor, owner: Owner
) -> None:
    put(world, TEXT)
    channel = PaperChannel(WENT, WENT, WENT, NotSent("down"), max_text=50)
    await sender(world, workers, channel).once(["paper"])
    world.clock.at += timedelta(minutes=1)
    wider = PaperChannel(max_text=4096)
    await sender(world, workers, wider).once(["paper"])

    assert wider.texts == [TEXT.strip()]
    assert owner.all(STATE) == [("sent", "sent")]
