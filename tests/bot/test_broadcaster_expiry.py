"""After its last day in Việt Nam nobody gets a notice, and the desk says why."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.base import NotSent
from desk import broadcasts, campaigns, notices
from desk.broadcasts import Span
from desk.errors import NoticeExpiredError, WrongStepError
from tests.bot.broadcasting import addresses, command, died, engine, progress, sent, until
from tests.bot.paper import PaperChannel
from tests.notices import publish_due, published, row, subscribe
from tests.world import World

# The notices of the tests hold to the end of 2026-04-01 in Việt Nam, seven hours before UTC.
LAST_EVENING = datetime(2026, 4, 1, 13, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 4, 1, 17, 0, tzinfo=UTC)
NEXT_MORNING = datetime(2026, 4, 2, 0, 30, tzinfo=UTC)


async def test_on_its_last_evening_it_goes_out_and_the_next_morning_it_does_not(
    world: World,
) -> None:
    subscribe(world, 3)
    published(world)
    channel = PaperChannel()
    world.clock.at = NEXT_MORNING
    await sent(world, channel)
    assert channel.posted == []

    world.clock.at = LAST_EVENING
    await sent(world, channel)
    assert len(channel.posted) == 3


async def test_what_a_blocked_messenger_held_up_is_not_sent_after_the_last_day(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sending._PAUSE", 0.01)
    monkeypatch.setattr("bot.sending._LONGEST", 0.02)
    subscribe(world, 3)
    id_ = published(world)
    channel = PaperChannel()
    blocked = True
    channel.ends = lambda _address, _count: NotSent("blocked") if blocked else None
    async with engine(world, channel) as broadcaster:
        sending = asyncio.ensure_future(broadcaster.drain("paper"))
        await until(lambda: progress(world, id_)[0].begun_at is not None)
        world.clock.at = NEXT_MORNING
        publish_due(world)
        await sending  # the copies are dropped while the way is still blocked
        blocked = False
        await broadcaster.drain("paper")

    assert channel.posted == []
    assert progress(world, id_)[0].state == "expired"


async def test_a_chunk_left_behind_is_not_taken_up_after_the_last_day(world: World) -> None:
    subscribe(world, 40)
    published(world)
    first, second = PaperChannel(seconds=0.05), PaperChannel()
    await died(world, first, 5)
    world.clock.at = NEXT_MORNING
    await sent(world, second)
    assert second.posted == []


def test_whoever_was_cut_off_overnight_announces_no_further_window(world: World) -> None:
    subscribe(world, 3)
    published(world)
    owner = world.hoa.id
    with world.office.begin("sweeps") as desk:
        work = broadcasts.claim(desk, "paper", owner, 10)
    assert work is not None
    ids = [recipient.id for recipient in work.recipients]
    span = Span(1, work.held.after, ids[-1])
    world.clock.at = NEXT_MORNING
    with world.office.begin("sweeps") as desk:
        assert broadcasts.record(desk, owner, work, [], span).state == "wait"


@pytest.mark.parametrize("step", ["", "pause"])
async def test_a_campaign_ends_with_the_last_day_of_its_notice(step: str, world: World) -> None:
    subscribe(world, 2)
    id_ = published(world)
    if step:
        command(world, id_, step)
    world.clock.at = MIDNIGHT - timedelta(seconds=1)
    publish_due(world)
    assert progress(world, id_)[0].state == ("paused" if step else "running")

    world.clock.at = MIDNIGHT
    publish_due(world)
    publish_due(world)

    (over,) = progress(world, id_)
    assert (over.state, over.ended_at) == ("expired", MIDNIGHT)
    with world.office.begin("desk", world.hoa.id) as desk:
        deeds = [deed.action for deed in notices.look(desk, world.hoa, id_).deeds]
    assert deeds.count("campaign.expired") == 1


async def test_a_campaign_that_everybody_has_ends_as_done(world: World) -> None:
    subscribe(world, 2)
    id_ = published(world)
    channel = PaperChannel()
    await sent(world, channel)
    with world.office.begin("sweeps") as desk:  # whoever would have said so died before
        desk.session.connection().exec_driver_sql("UPDATE campaign SET state = 'running'")
    world.clock.at = MIDNIGHT
    publish_due(world)
    assert progress(world, id_)[0].state == "done"


def test_a_paused_campaign_goes_on_until_midnight_and_not_after_it(world: World) -> None:
    subscribe(world, 2)
    id_ = published(world)
    command(world, id_, "pause")
    world.clock.at = MIDNIGHT - timedelta(seconds=1)
    command(world, id_, "resume")
    command(world, id_, "pause")
    world.clock.at = MIDNIGHT
    with pytest.raises(NoticeExpiredError):
        command(world, id_, "resume")
    publish_due(world)
    with pytest.raises(NoticeExpiredError):
        command(world, id_, "resume")
    with pytest.raises(WrongStepError):
        command(world, id_, "pause")


async def test_an_expired_notice_is_still_taken_back(world: World) -> None:
    subscribe(world, 3)
    id_ = published(world)
    channel = PaperChannel()
    await sent(world, channel)
    channel.posted.clear()
    world.clock.at = NEXT_MORNING
    publish_due(world)
    with world.office.begin("desk", world.hoa.id) as desk:
        notices.recall(desk, world.hoa, id_, row(world, id_).revision, "Số điện thoại ghi sai")
    world.clock.at += campaigns.RECALL_AFTER
    await sent(world, channel)
    assert addresses(channel) == {"0": 1, "1": 1, "2": 1}
