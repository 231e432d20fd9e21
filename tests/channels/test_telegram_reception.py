"""Fetching goes on whatever fails: a disk, a table, an update nobody can read, photographs."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
from structlog.testing import capture_logs

from bot.channels.telegram_bot import BATCH
from handlers.texts import say
from tests import pictures
from tests.channels.telegram_office import Lan, running
from tests.fakes_telegram import BotApi
from tests.storage.rows import Owner
from tests.world import World

LAN = 700_000_001


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as found:
        yield found


@pytest.fixture
def owner(owner_url: str) -> Iterator[Owner]:
    with Owner(owner_url) as owner:
        yield owner


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 # what it waits for is a log, or a row
            await asyncio.sleep(0.01)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.reception.AGAIN", 0.02)


async def test_a_day_whose_key_cannot_be_read_only_makes_it_later(
    world: World, api: BotApi
) -> None:
    # As on a full disk at the first message of a day, or a folder that is away for a while.
    keyring = world.office.tools.keyring
    day = world.clock.at.date()
    keyring.channel(day)
    keyring.destroy_channel(day)
    in_its_place = keyring._folder / "channel" / day.isoformat()
    in_its_place.mkdir()

    with capture_logs() as logged:
        async with running(world, api.url):
            written = await api.say(LAN, "/start")
            await until(lambda: [x["event"] for x in logged].count("reception.failed") >= 2)
            assert api.confirmed <= written, "what could not be stored is not acknowledged"
            in_its_place.rmdir()
            answer = await api.answer_to(LAN, 0)

    assert answer.text == say("menu.hello")
    faults = {type(x["exc_info"]) for x in logged if x["event"] == "reception.failed"}
    assert faults == {IsADirectoryError}


async def test_a_table_that_takes_nothing_only_makes_it_later(
    world: World, api: BotApi, owner: Owner
) -> None:
    owner.run("ALTER TABLE inbox ADD CONSTRAINT broken CHECK (channel <> 'telegram') NOT VALID")

    with capture_logs() as logged:
        async with running(world, api.url):
            await api.say(LAN, "/start")
            await until(lambda: "reception.failed" in [x["event"] for x in logged])
            owner.run("ALTER TABLE inbox DROP CONSTRAINT broken")
            answer = await api.answer_to(LAN, 0)

    assert answer.text == say("menu.hello")


async def test_an_update_that_can_never_be_stored_is_put_aside_and_the_others_go_on(
    world: World, api: BotApi, owner: Owner
) -> None:
    owner.run("ALTER TABLE inbox ADD CONSTRAINT broken CHECK (length(sealed) < 2500) NOT VALID")

    async with running(world, api.url):
        await api.say(LAN, "kẻ trộm " * 400)
        answer = await Lan(api, LAN + 1).says("/start")

    assert answer.text == say("menu.hello")
    aside = owner.all("SELECT fault, sealed FROM inbox WHERE state = 'quarantined'")
    assert [(str(fault).split(" at ")[0], sealed) for fault, sealed in aside] == [
        ("IntegrityError", None)
    ]


async def test_a_button_no_program_can_read_holds_nobody_up(
    world: World, api: BotApi, owner: Owner
) -> None:
    half = "v1:tip:\ud83d"  # of a pair: no bytes say it

    async with running(world, api.url):
        await api.press(LAN, half)
        answer = await Lan(api, LAN + 1).says("/start")

    assert answer.text == say("menu.hello")
    fault = owner.one("SELECT fault FROM inbox WHERE state = 'quarantined'")
    assert str(fault).startswith("UnicodeEncodeError")


async def test_of_a_word_that_only_begins_like_an_officers_nothing_is_lost(
    world: World, api: BotApi
) -> None:
    lan = Lan(api, LAN)
    async with running(world, api.url):
        answer = await lan.says("/trucban Có người bẻ khoá lấy xe máy của hàng xóm tối qua")
        officers = await lan.says("/truc 0000-0000")

    assert answer.text != say("duty.wrong")
    assert officers.text == say("duty.wrong")


async def test_photographs_nobody_takes_are_held_no_longer_than_their_update(
    world: World, api: BotApi
) -> None:
    api.files["AgAD"] = pictures.jpeg(pictures.picture(), "all")
    photo = [{"file_id": "AgAD", "file_unique_id": "u", "width": 90, "height": 90}]
    lan = Lan(api, LAN)
    async with running(world, api.url) as program:
        said = [
            await lan._after(api.update(message=api.message(LAN, photo=photo, caption=caption)))
            for caption in ("/truc 0000-0000", "/thoitruc")
        ]
        held = dict(program.channel._album._coming)

    assert held == {}
    assert say("duty.wrong") not in [message.text for message in said], "it is a photograph"


async def test_a_photograph_of_a_message_that_is_dropped_is_dropped_too(
    world: World, api: BotApi
) -> None:
    api.files["AgAD"] = pictures.jpeg(pictures.picture(), "all")
    photo = [{"file_id": "AgAD", "file_unique_id": "u", "width": 90, "height": 90}]
    async with running(world, api.url) as program:
        # Without its number it is fetched for, and then cannot be read.
        await api.update({"update_id": 7, "message": api.message(LAN, photo=photo, caption=["x"])})
        await Lan(api, LAN + 1).says("/start")

        assert program.channel._album._coming == {}


async def test_no_more_updates_come_at_once_than_photographs_may_be_held(
    world: World, api: BotApi
) -> None:
    await api.bring(*(
        {"update_id": 900 + n, "message": api.message(LAN + n, text="/start")}
        for n in range(BATCH + 5)
    ))  # fmt: skip
    asked = []
    fetch = api._getupdates

    async def noted(fields: dict[str, object]) -> object:
        asked.append(fields["limit"])
        return await fetch(fields)

    api._getupdates = noted  # type: ignore[method-assign, assignment] # only written down
    async with running(world, api.url):
        await api.until(lambda: len({m.chat for m in api.sent}) == BATCH + 5)

    assert {int(str(limit)) for limit in asked} == {BATCH}
