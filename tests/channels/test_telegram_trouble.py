"""A campaign on Telegram while something is wrong: no database, a slow server, a storm of 429."""

import asyncio
from collections import Counter

from desk import subscriptions
from desk.inbox import Lane
from desk.subscriptions import Wish
from desk.topics import topic_ids
from handlers.texts import say
from tests.bot.broadcasting import progress, until
from tests.bot.outage import Outage
from tests.channels import story
from tests.channels.phones import TelegramPhone, browser
from tests.channels.telegram_office import running
from tests.fakes_telegram import BotApi
from tests.limits import SlidingWindow
from tests.notices import SHIPPER, published
from tests.server import Databases
from tests.world import COMMUNE, World

FIRST, LAN = 610_000_000, 700_000_001


def subscribe(world: World, count: int) -> set[str]:
    """So many telephones that want every notice."""
    wish = Wish((COMMUNE,), topic_ids(), "household")
    chats = [str(FIRST + number) for number in range(count)]
    with world.office.begin("intake") as desk:
        for chat in chats:
            subscriptions.follow(desk, Lane("telegram", chat), wish)
    return set(chats)


def copies(api: BotApi) -> Counter[str]:
    """How often each telephone got the notice."""
    return Counter(message.chat for message in api.sent if SHIPPER.title in message.text)


async def test_while_the_database_is_away_nothing_is_lost_or_doubled(
    world: World, databases: Databases, owner_url: str
) -> None:
    outage = Outage(databases, owner_url)
    people = subscribe(world, 40)
    notice = published(world)
    async with BotApi() as api, running(world, api.url, rate=20) as program:
        lan = TelegramPhone(api, LAN)
        await until(lambda: len(copies(api)) >= 10)
        outage.begins()
        await asyncio.sleep(0.5)  # what was announced before still goes
        held = len(copies(api))
        written = await api.say(LAN, "Xin chào")
        await asyncio.sleep(0.5)
        assert len(copies(api)) == held < 40, "nothing goes that could not be written down"
        assert api.confirmed <= written, "what could not be stored is not acknowledged"
        outage.ends()
        await story.settled(world, notice)
        await program.intake.recover()
        await api.until(lambda: bool(api.to(LAN)))

    assert copies(api) == dict.fromkeys(people, 1)
    assert not any(message.silent for message in api.sent), "none of them was in doubt"
    assert lan.labels, "answered once the database was back"


async def test_a_slow_channel_keeps_no_other_waiting_and_nobody_gets_it_twice(
    world: World,
) -> None:
    people = subscribe(world, 50)
    notice = published(world)
    async with BotApi() as api, running(world, api.url), browser(world) as lan:
        api.latency = 5.0
        await api.until(lambda: api.calls["sendmessage"] == len(people))
        assert copies(api) == {}, "all of them are on their way"
        await story.tells(lan)
        assert copies(api) == {}, "a tip in the browser was quicker than one message there"
        await story.settled(world, notice)

    assert copies(api) == dict.fromkeys(people, 1)
    assert progress(world, notice)[0].sent == len(people)


async def test_a_storm_of_too_many_requests_loses_nobody_and_dies_down(world: World) -> None:
    allowed = 15  # a second, where the operator believes in 60
    people = subscribe(world, 60)
    notice = published(world)
    async with BotApi(latency=0.02) as api, running(world, api.url, rate=60):
        lan = TelegramPhone(api, LAN)
        api.limits = [SlidingWindow(allowed, asyncio.get_running_loop().time)]
        await until(lambda: len(copies(api)) >= allowed)
        await lan.says("/start")
        await story.settled(world, notice)

    assert api.too_many > 0
    assert api.too_many < len(people), "a refusal stops everybody, so the next ones do not ask"
    assert copies(api) == dict.fromkeys(people, 1)
    assert not any(message.silent for message in api.sent), "a refused message surely did not come"
    assert lan.said == say("menu.hello")
