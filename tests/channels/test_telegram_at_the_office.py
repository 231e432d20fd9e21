"""The tip's whole way on Telegram: through our Bot API server, the real inbox, desk and sender."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import unused_port
from sqlmodel import select

from bot.channels.telegram_bot import BATCH
from bot.channels.telegram_update import Buttons
from desk import alerts, duty, outbox
from desk.inbox import Lane
from handlers.texts import say
from storage.models import Inbox
from tests.channels.telegram_office import Lan, running
from tests.fakes_telegram import BotApi, Message
from tests.limits import SlidingWindow, TokenBucket
from tests.world import COMMUNE, World

TIP = "Khuya qua có hai người đi xe wave đỏ bẻ khoá lấy xe máy của hàng xóm."
PLACE = "xã Rạch Kiến, tỉnh Tây Ninh"
LAN = 700_000_001


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as found:
        yield found


async def told(lan: Lan) -> str:
    """Tell a tip; the receipt."""
    await lan.says("/start")
    await lan.presses("button.tip")
    await lan.presses("button.danger_no")
    await lan.says(TIP)
    if say("button.go_on") in lan.last.buttons:  # it sounded urgent
        await lan.presses("button.go_on")
    await lan.says(PLACE)
    sent = await lan.presses("button.send")
    return sent.copied


async def test_the_receipt_can_be_read_copied_and_not_forwarded(world: World, api: BotApi) -> None:
    lan = Lan(api, LAN)
    async with running(world, api.url):
        receipt = await told(lan)

    assert len(receipt) == 21
    assert receipt in lan.last.text
    assert lan.last.fields["protect_content"] is True
    assert all("protect_content" not in message.fields for message in api.to(LAN)[:-1])


async def test_before_a_tip_its_writer_reads_who_else_can_see_it(world: World, api: BotApi) -> None:
    lan = Lan(api, LAN)
    async with running(world, api.url):
        await told(lan)

    warnings = [i for i, m in enumerate(api.to(LAN)) if say("tip.app", app="Telegram") in m.text]
    review = next(m for m in api.to(LAN) if "KHÔNG gửi" in m.text)
    assert len(warnings) == 1
    assert warnings[0] < len(api.to(LAN)) - 1
    assert "Máy không có những thứ đó" not in review.text


async def test_danger_is_red_and_numbers_come_as_text(world: World, api: BotApi) -> None:
    lan = Lan(api, LAN)
    async with running(world, api.url):
        hello = await lan.says("/start")
        emergency = await lan.presses("button.emergency")

    styles = {
        b["text"]: b.get("style")
        for row in hello.fields["reply_markup"]["inline_keyboard"]
        for b in row
    }
    assert styles[say("button.emergency")] == "danger"
    assert styles[say("button.tip")] == "primary"
    assert emergency.text.startswith("☎ 113")


async def test_a_button_signed_for_somebody_else_does_nothing(world: World, api: BotApi) -> None:
    lan, thief = Lan(api, LAN), Lan(api, LAN + 1)
    async with running(world, api.url):
        await lan.says("/start")
        await thief.says("/start")
        data = lan.last.buttons[say("button.tip")]
        await api.press(thief.chat, data)
        await api.until(lambda: len(api.to(thief.chat)) == 2)

    assert thief.last.text == say("menu.forged")


async def test_one_poison_update_among_a_hundred_delays_none(world: World, api: BotApi) -> None:
    people = range(LAN, LAN + 99)
    poison = {"update_id": 1050, "message": {"chat": {"id": "canary"}, "text": ["kẻ trộm"]}}
    crowd = [{"update_id": 1001 + i, "message": api.message(p, text="Xin chào")}
             for i, p in enumerate(people)]  # fmt: skip
    crowd = [*crowd[:49], poison, *({**u, "update_id": u["update_id"] + 1} for u in crowd[49:])]
    await api.bring(*crowd)
    async with running(world, api.url):
        await api.until(lambda: len({m.chat for m in api.sent}) == 99)
        polls = api.calls["getupdates"]

    with world.office.begin("sweeps") as desk:
        rows = list(desk.session.exec(select(Inbox)))
        states = sorted(row.state for row in rows)
        (bad,) = [row for row in rows if row.state == "quarantined"]
        fault = bad.fault
    assert states == ["done"] * 99 + ["quarantined"]
    assert fault == "malformed: message.chat.id must be int"
    assert bad.sealed is None
    assert polls <= len(crowd) / BATCH + 2


async def test_an_update_without_a_number_holds_nobody_up(world: World, api: BotApi) -> None:
    lan = Lan(api, LAN)
    async with running(world, api.url):
        await api.bring({"message": api.message(LAN + 5, text="không số")})
        await api.until(lambda: api.calls["getupdates"] >= 1)
        answer = await lan.says("Xin chào")

    assert answer.text
    assert api.calls["getupdates"] < 10


def test_every_button_fits() -> None:
    buttons = Buttons("x" * 32)
    longest = "-1009876543210"

    for choice in ("at:28114", "about:" + "x" * 30, "not_about_station", "unknown_place"):
        data = buttons.sign(longest, choice)
        assert len(data.encode()) <= 64
        assert buttons.read(longest, data) == choice


async def test_officers_connect_their_group_by_a_code_and_are_told_without_words(
    world: World, api: BotApi
) -> None:
    group = -1_001_234_567_890
    with world.office.begin("desk") as desk:
        code = duty.new_code(desk, COMMUNE)
    async with running(world, api.url):
        await api.say(group, "Anh em có ai trực không?")
        wrong = await said_in(api, group, "/truc 0000-0000")
        connected = await said_in(api, group, f"/truc@loa_bot {code}")
        world.submit("Đang có cháy nhà ở chợ, còn người kẹt bên trong")
        with world.office.begin("sweeps") as desk:
            alerts.sweep(desk, "https://tin.example.vn/desk")
        await api.until(lambda: len(api.to(group)) == 3)
        alert = api.to(group)[-1]
        gone = await said_in(api, group, "/thoitruc")

    assert wrong.text == say("duty.wrong")
    assert "Công an xã Rạch Kiến" in connected.text
    assert alert.text == f"{alerts.URGENT}\nhttps://tin.example.vn/desk"
    assert gone.text == say("duty.disconnected")


async def test_a_group_that_threw_the_bot_out_is_told_nothing_more(
    world: World, api: BotApi
) -> None:
    group = -1_001_234_567_890
    with world.office.begin("desk") as desk:
        code = duty.new_code(desk, COMMUNE)
    async with running(world, api.url):
        await said_in(api, group, f"/truc {code}")
        api.blocked.add(str(group))
        world.submit("Có nhóm trộm xe ở chợ Rạch Kiến tối qua")
        before = api.calls["sendmessage"]
        with world.office.begin("sweeps") as desk:
            alerts.sweep(desk)
        await api.until(lambda: api.calls["sendmessage"] > before)
        while await told_in(world):  # noqa: ASYNC110 # a row in the database goes
            await asyncio.sleep(0.02)

    assert not await told_in(world)


async def test_a_group_that_moved_is_told_at_its_new_place(world: World, api: BotApi) -> None:
    group, later = -4_001, -1_001_234_567_890
    with world.office.begin("desk") as desk:
        code = duty.new_code(desk, COMMUNE)
    async with running(world, api.url):
        await said_in(api, group, f"/truc {code}")
        api.moved[str(group)] = later
        world.submit("Có nhóm trộm xe ở chợ Rạch Kiến tối qua")
        with world.office.begin("sweeps") as desk:
            alerts.sweep(desk)
        await api.until(lambda: len(api.to(later)) == 1)

    assert api.to(later)[0].text == alerts.WAITING
    assert await told_in(world) == [Lane("telegram", str(later))]


async def test_while_telegram_is_away_everything_else_goes_on(world: World) -> None:
    nowhere = f"http://127.0.0.1:{unused_port()}"
    async with running(world, nowhere) as program:
        lane = Lane("web", "A" * 22)
        done = await program.intake.receive(lane, "1", {"text": "", "choice": "tip"})
        chat = await program.intake.chat(lane)
        health = await program.channel.health()

    assert done
    assert chat is not None
    assert chat.step == "tip.danger"
    assert not health.ok
    assert "TELEGRAM_PROXY" in health.detail


async def test_the_web_page_says_nothing_of_another_company(world: World) -> None:
    async with running(world, "http://127.0.0.1:9") as program:
        lane = Lane("web", "A" * 22)
        await program.intake.receive(lane, "1", {"text": "", "choice": "tip"})
        chat = await program.intake.chat(lane)

    assert chat is not None
    assert chat.lines[-1]["text"] == say("tip.danger")


async def test_a_limit_of_telegram_is_never_touched(world: World, api: BotApi) -> None:
    # As real, three times as fast; how fast it was is no matter here: tests/bot/test_pacer.py.
    clock = asyncio.get_running_loop().time
    window = SlidingWindow(90, clock)
    api.limits = [TokenBucket(90, 90, clock), window]
    api.latency = 0.01
    with world.office.begin("sweeps") as desk:
        for number in range(180):
            outbox.put(desk, "telegram", str(LAN + number), {"text": "Xin chào"})
    async with running(world, api.url, rate=90):
        await api.until(lambda: len(api.sent) == 180)

    assert api.too_many == 0
    assert window.most <= 91
    assert len({message.chat for message in api.sent}) == 180


async def said_in(api: BotApi, chat: int, text: str) -> Message:
    before = len(api.to(chat))
    await api.say(chat, text)
    return await api.answer_to(chat, before)


async def told_in(world: World) -> list[Lane]:
    """Chats the station is told in."""
    with world.office.begin("sweeps") as desk:
        return duty.chats(desk, COMMUNE)
