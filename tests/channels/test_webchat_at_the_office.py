"""The page with everything behind it: inbox, conversations, desk and database."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.webchat import WebChat
from bot.inbox import Intake
from tests.channels.page import Page
from tests.world import World

TIP = "Khuya qua có hai người đi xe wave đỏ bẻ khoá lấy xe máy của hàng xóm."
PLACE = "xã Rạch Kiến, tỉnh Tây Ninh"


class Lan:
    """A citizen with a browser: sees a page, presses, types."""

    def __init__(self, client: TestClient[web.Request, web.Application]) -> None:
        self.client = client
        self.page = Page("")
        self.sent: dict[str, str] = {}

    async def comes(self, path: str = "/") -> None:
        """Open the page: a new conversation."""
        self.page = Page(await (await self.client.get(path)).text())

    async def presses(self, choice: str) -> None:
        """A button that is on the page."""
        assert choice in self.page.buttons
        await self._sends(self.page.press(choice))

    async def says(self, text: str) -> None:
        """Type something and press "Gửi"."""
        await self._sends(self.page.press(text=text))

    async def presses_again(self) -> None:
        """The same button of the same page, once more."""
        await self._sends(self.sent)

    async def _sends(self, fields: dict[str, str]) -> None:
        self.sent = fields
        self.page = Page(await (await self.client.post("/", data=fields)).text())


@asynccontextmanager
async def started(world: World) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    """The web chat as it runs; leaving the block stops it."""
    with ThreadPoolExecutor(4) as workers:
        intake = Intake(world.office, workers, pull=frozenset({WebChat.name}))
        app = web.Application()
        app.add_routes(WebChat(intake, "Công an tỉnh Tây Ninh").routes())
        async with TestClient(TestServer(app)) as client:
            yield client
        await intake.close()


@pytest.fixture
async def lan(world: World) -> AsyncIterator[Lan]:
    async with started(world) as client:
        citizen = Lan(client)
        await citizen.comes()
        yield citizen


async def to_review(lan: Lan) -> None:
    """As far as the last look before anything is sent."""
    await lan.presses("tip")
    await lan.presses("danger_no")
    await lan.says(TIP)
    if "go_on" in lan.page.buttons:  # it sounded urgent
        await lan.presses("go_on")
    await lan.says(PLACE)


async def test_a_tip_typed_into_the_page_reaches_the_queue_of_its_commune(
    lan: Lan, world: World
) -> None:
    await to_review(lan)
    before = world.waiting(world.hoa)
    await lan.presses("send")
    (tip_id,) = world.waiting(world.hoa)

    assert before == []
    assert "Rạch Kiến" in lan.page.lines[-1]
    assert len(lan.page.code.replace("-", "")) == 17
    assert world.opened(world.hoa, tip_id).report["text"] == TIP


async def test_pressing_send_twice_sends_one_tip_and_shows_its_receipt(
    lan: Lan, world: World
) -> None:
    await to_review(lan)
    await lan.presses("send")
    receipt = lan.page.code
    await lan.presses_again()

    assert lan.page.code == receipt != ""
    assert len(world.waiting(world.hoa)) == 1


async def test_who_goes_back_and_says_there_is_danger_reads_the_numbers(lan: Lan) -> None:
    await lan.presses("tip")
    asked = lan.page
    await lan.presses("danger_no")
    lan.page = asked  # the browser's back button
    await lan.presses("danger_yes")

    assert "gọi điện là nhanh nhất" in lan.page.lines[-1]
    lan.page = asked
    await lan.presses("danger_no")  # a second press of what was pressed before
    assert "gọi điện là nhanh nhất" in lan.page.lines[-1]


async def test_a_restart_in_the_middle_loses_nothing(world: World) -> None:
    async with started(world) as client:
        lan = Lan(client)
        await lan.comes()
        await to_review(lan)
    async with started(world) as client:
        lan.client = client
        await lan.presses("send")

    assert lan.page.code
    assert len(world.waiting(world.hoa)) == 1


async def test_with_the_receipt_one_comes_back_from_another_browser(lan: Lan) -> None:
    await to_review(lan)
    await lan.presses("send")
    receipt = lan.page.code
    await lan.comes()
    await lan.presses("receipt")
    await lan.says(receipt.lower().replace("-", " "))

    assert "chưa có cán bộ mở tin" in lan.page.lines[-1]
    assert receipt not in lan.page.html


async def test_a_button_that_was_never_offered_changes_nothing(lan: Lan, world: World) -> None:
    await lan.presses("tip")
    lan.page.buttons["send"] = "forged"
    await lan.presses("send")

    assert "không còn dùng được" in lan.page.lines[-1]
    assert "danger_no" in lan.page.buttons
    assert world.waiting(world.hoa) == []


async def test_cancelling_wipes_what_was_typed_from_the_page(lan: Lan) -> None:
    await to_review(lan)
    await lan.presses("cancel")

    assert TIP not in lan.page.html
    assert "Đã hủy" in lan.page.lines[-1]


async def test_free_words_that_sound_like_a_tip_are_offered_never_sent(
    lan: Lan, world: World
) -> None:
    await lan.says(TIP)

    assert "as_tip" in lan.page.buttons
    assert world.waiting(world.hoa) == []


async def test_a_printed_code_opens_the_chat_at_its_commune(lan: Lan) -> None:
    await lan.comes("/?xa=28114")
    assert lan.page.buttons["xa-28114"] == "📰 Nhận thông báo của xã, phường này"
    await lan.presses("xa-28114")

    (said,) = lan.page.lines
    assert "Bà con sẽ nhận thông báo của: Xã Rạch Kiến" in said
    assert "all_topics" in lan.page.buttons


async def test_a_code_that_is_none_opens_the_ordinary_page(lan: Lan) -> None:
    for typed in ("99999999", "<script>", "28114'"):
        await lan.comes(f"/?xa={typed}")
        assert not any(choice.startswith("xa-") for choice in lan.page.buttons)
    await lan.comes("/?xa=99999")
    await lan.presses("xa-99999")
    assert "cancel" in lan.page.buttons
