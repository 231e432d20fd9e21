"""Photographs on Telegram: fetched, rebuilt, joined to the tip; and what becomes of other files."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from bot.channels import telegram_photos
from desk import photos
from handlers.texts import say
from tests import pictures
from tests.channels.telegram_office import Lan, running
from tests.fakes_telegram import BotApi
from tests.storage.rows import Owner
from tests.world import World

TIP = "Khuya qua có hai người đi xe wave đỏ bẻ khoá lấy xe máy của hàng xóm."
PLACE = "xã Rạch Kiến, tỉnh Tây Ninh"
LAN = 700_000_001


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as found:
        yield found


async def test_a_picture_that_cannot_be_had_is_told_and_its_words_are_taken(
    world: World, api: BotApi
) -> None:
    lan = Lan(api, LAN)
    photo = [{"file_id": "AgAD-file", "file_unique_id": "u", "width": 1, "height": 1}]
    async with running(world, api.url):
        await api.update(message=api.message(LAN, photo=photo, caption=TIP))
        await api.until(lambda: len(api.to(LAN)) == 2)

    assert [message.text for message in api.to(LAN)] == [
        say("photo.unread"),
        say("menu.offer_tip"),
    ]
    assert lan.last.buttons


async def test_a_photograph_joins_the_tip_and_brings_nothing_else_of_its_file(
    world: World, api: BotApi, owner_url: str
) -> None:
    lan = Lan(api, LAN)
    api.files["AgAD-large"] = pictures.jpeg(pictures.picture(), "all")
    sizes = [{"file_id": f, "file_unique_id": f"u-{f}", "width": w, "height": w}
             for f, w in (("AgAD-large", 900), ("AgAD-small", 90))]  # fmt: skip
    async with running(world, api.url):
        await lan.says("/start")
        await lan.presses("button.tip")
        await lan.presses("button.danger_no")
        got = await lan._after(api.update(message=api.message(LAN, photo=sizes)))
        with Owner(owner_url) as owner:
            before = b"".join(sealed for (sealed,) in owner.all("SELECT sealed FROM draft_photo"))
        await lan.says(TIP)
        if say("button.go_on") in lan.last.buttons:
            await lan.presses("button.go_on")
        await lan.says(PLACE)
        await lan.presses("button.send")
    tip = world.newest(world.hoa)
    (id_,) = world.opened(world.hoa, tip).photos
    with world.office.begin("desk", world.hoa.id) as desk:
        jpeg = photos.whole(desk, world.hoa, tip, UUID(id_))

    assert say("photo.got", count="1") in got.text
    assert before
    assert pictures.CANARY not in before
    assert [marker for marker in pictures.MARKERS if marker in jpeg] == []
    assert api.calls["getfile"] == 1, "only the largest is fetched"


async def test_a_photograph_sent_as_a_file_is_taken_and_another_file_is_not(
    world: World, api: BotApi
) -> None:
    lan = Lan(api, LAN)
    api.files["BQAD"] = pictures.jpeg(pictures.picture(), "exif")
    kinds = {"BQAD": "image/jpeg", "BQAE": "application/pdf", "BQAF": "image/jpeg"}
    api.files["BQAF"] = b"%PDF-1.7 not what it says"
    said = {}
    async with running(world, api.url):
        for file, kind in kinds.items():
            document = {"file_id": file, "file_name": "a.b", "mime_type": kind}
            update = api.update(message=api.message(LAN, document=document))
            said[file] = (await lan._after(update)).text

    assert say("photo.offer") in said["BQAD"]
    assert said["BQAE"] == say("menu.withheld")
    assert said["BQAF"] == say("photo.unread")


async def test_photographs_that_never_come_hold_nobody_up_for_long(
    world: World, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram_photos, "SECONDS", 0.3)
    lan, minh = Lan(api, LAN), Lan(api, LAN + 1)
    api.hangs = True
    photo = [{"file_id": f"AgAD-{n}", "file_unique_id": "u", "width": 1, "height": 1}
             for n in range(20)]  # fmt: skip
    await api.bring(*(
        {"update_id": 900 + n, "message": api.message(LAN, photo=[one])}
        for n, one in enumerate(photo)
    ))  # fmt: skip
    async with running(world, api.url):
        answer = await minh.says("Xin chào")
        await api.until(lambda: len(api.to(LAN)) == 20)

    assert answer.text
    assert {message.text for message in api.to(LAN)} == {say("photo.unread")}
    assert lan.last.buttons


async def test_by_webhook_a_photograph_comes_just_so(world: World, api: BotApi) -> None:
    lan = Lan(api, LAN)
    api.files["AgAD"] = pictures.png(pictures.picture(), "all")
    sizes = [{"file_id": "AgAD", "file_unique_id": "u", "width": 90, "height": 90}]
    async with running(world, api.url, webhook=True):
        await api.until(lambda: bool(api.webhook))
        await lan.says("/start")
        await lan.presses("button.tip")
        got = await lan._after(api.update(message=api.message(LAN, photo=sizes)))

    assert say("photo.got", count="1") in got.text
    assert say("tip.danger") in got.text
