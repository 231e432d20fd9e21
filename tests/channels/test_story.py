"""The scripted dialogue on every channel, and on two Bot API servers in both modes."""

import asyncio

import aiohttp
import pytest
from aiohttp.test_utils import unused_port

from desk import subscriptions
from desk.inbox import Lane
from desk.subscriptions import Wish
from desk.topics import topic_ids
from handlers.texts import say
from tests.bot.broadcasting import followed, progress
from tests.channels import story
from tests.channels.peer import PeerPhone, needed, peer, secret_adder
from tests.channels.peer_request import QUIRKS, PeerRequest
from tests.channels.phones import TelegramPhone, browser
from tests.channels.telegram_office import running
from tests.fakes_telegram import BotApi
from tests.world import COMMUNE, World

LAN, AN = 700_000_001, 700_000_002
both_ways = pytest.mark.parametrize("webhook", [False, True], ids=["fetched", "brought"])


def neighbour(world: World) -> None:
    """An stays subscribed: that he hears proves that what Lan does not hear was sent."""
    with world.office.begin("intake") as desk:
        wish = Wish((COMMUNE,), topic_ids(), "household")
        subscriptions.follow(desk, Lane("telegram", str(AN)), wish)


async def test_the_dialogue_in_a_browser(world: World) -> None:
    async with browser(world) as lan:
        told = await story.lived(lan, world)
        gone = await lan.client.get(lan.bookmark)

    story.answered(world, told)
    assert gone.status == 404


@both_ways
async def test_the_dialogue_on_telegram(world: World, *, webhook: bool) -> None:
    neighbour(world)
    async with BotApi() as api, running(world, api.url, webhook=webhook):
        lan = TelegramPhone(api, LAN)
        await api.until(lambda: bool(api.calls["setwebhook" if webhook else "getupdates"]))
        told = await story.lived(lan, world)
        heard = [message.text for message in api.to(AN)]

    story.answered(world, told)
    assert len(api.answered) == lan.pressed > 0, "every press is answered"
    assert len(heard) == 3
    assert story.THIRD.title in heard[-1]
    assert api.calls["editmessagetext"] == 2
    assert not followed(world, Lane("telegram", str(LAN)))


@needed
@both_ways
async def test_the_dialogue_on_a_server_made_by_others(
    world: World, monkeypatch: pytest.MonkeyPatch, *, webhook: bool
) -> None:
    # It answers an empty poll at once, where Telegram waits.
    monkeypatch.setattr("bot.channels.telegram.EMPTY_PAUSE", 0.05)
    neighbour(world)
    own = unused_port()
    async with (
        peer() as url,
        secret_adder(f"http://127.0.0.1:{own}") as front,
        aiohttp.ClientSession() as session,
        running(
            world, url, webhook=webhook, port=own, front=front, request=PeerRequest()
        ) as program,
    ):
        lan = PeerPhone(session, url)
        if webhook:
            async with asyncio.timeout(30):
                while not program.announced:  # noqa: ASYNC110 # once
                    await asyncio.sleep(0.02)
        assert (await program.channel.health()).ok
        told = await story.lived(lan, world)

    story.answered(world, told)


async def test_whoever_blocked_the_bot_is_unsubscribed_by_the_first_notice(world: World) -> None:
    neighbour(world)
    async with BotApi() as api, running(world, api.url):
        lan = TelegramPhone(api, LAN)
        await story.subscribes(lan)
        api.blocked.add(str(LAN))
        notice = await story.warned(world, story.FIRST)
        after = followed(world, Lane("telegram", str(LAN)))
        api.blocked.clear()
        await story.warned(world, story.SECOND)

    (sent,) = progress(world, notice)
    assert (sent.sent, sent.gone) == (1, 1)
    assert not after
    assert await story.read(lan) == [], "blocking is not undone by unblocking"
    assert len(api.to(AN)) == 2


async def test_xoadulieu_deletes_at_once_what_is_known_of_a_chat(world: World) -> None:
    neighbour(world)
    async with BotApi() as api, running(world, api.url):
        lan = TelegramPhone(api, LAN)
        await story.subscribes(lan)
        before = followed(world, Lane("telegram", str(LAN)))
        await lan.says("/xoadulieu")
        after = followed(world, Lane("telegram", str(LAN)))
        erased = lan.said
        await story.warned(world, story.FIRST)

    assert before
    assert not after
    assert erased == say("follow.erased")
    assert await story.read(lan) == []
    assert len(api.to(AN)) == 1


async def test_a_printed_code_opens_the_subscription_with_its_commune(world: World) -> None:
    async with BotApi() as api, running(world, api.url):
        lan = TelegramPhone(api, LAN)
        await lan.says(f"/start xa{COMMUNE}")
        assert "Rạch Kiến" in lan.said
        await lan.presses(say("button.all_topics"))
        await lan.says("1")
        await lan.presses(say("button.agree"))
        await story.warned(world, story.FIRST)
        shown = await story.read(lan)
        await lan.says("/ngungnhan")

    assert shown == [story.FIRST.title]
    assert lan.said == say("follow.stopped")


def test_four_quirks_of_the_other_server_are_mended_and_no_more() -> None:
    assert len(QUIRKS) == 4
