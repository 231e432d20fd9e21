"""The page in Chromium: what the script adds, and that nothing needs it."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Dialog, Page, Request, async_playwright, expect
from pytest_aiohttp.plugin import AiohttpServer

from bot.channels.webchat import WebChat
from handlers.chat import Choice, Reply
from tests.chromium import LAUNCH, need
from tests.fakes import PaperIntake

pytestmark = pytest.mark.browser

REPLIES = (
    Reply("Có ai đang gặp nguy hiểm không?", (Choice("danger_no", "Không"),)),
    Reply("Chuyện gì đã xảy ra?", (Choice("cancel", "Hủy", "quiet"),), calls=("113",)),
    Reply("Đã chuyển.", copy="ABCD-EFGH-JKMN-PQRS-T"),
    Reply("Hết."),
)


@pytest.fixture
def intake() -> PaperIntake:
    return PaperIntake(*REPLIES)


@pytest.fixture
async def server(intake: PaperIntake, aiohttp_server: AiohttpServer) -> TestServer:
    app = web.Application()
    app.add_routes(WebChat(intake, None).routes())
    return await aiohttp_server(app)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    need()
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(**LAUNCH)
        yield chromium
        await chromium.close()


@asynccontextmanager
async def opened(browser: Browser, server: TestServer, **how: object) -> AsyncIterator[Page]:
    """The page on a small phone; complaints of the browser fail the test."""
    context = await browser.new_context(viewport={"width": 360, "height": 640}, **how)
    page = await context.new_page()
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(str(server.make_url("/")))
    yield page
    await context.close()
    assert [line for line in complaints if "ERR_" not in line] == []


async def test_the_whole_way_without_a_script(browser: Browser, server: TestServer) -> None:
    async with opened(browser, server, java_script_enabled=False) as page:
        await page.get_by_role("button", name="Báo tin").click()
        await page.get_by_role("button", name="Không").click()
        await page.get_by_label("Viết vào đây").fill("Khuya qua có người bẻ khoá")
        await page.get_by_role("button", name="Gửi", exact=True).click()

        await expect(page.locator("code")).to_have_text("ABCD-EFGH-JKMN-PQRS-T")
        await expect(page.get_by_role("button", name="Sao chép mã")).to_be_hidden()
        assert page.url.endswith("/#cuoi")


@pytest.mark.parametrize("width", [320, 360, 390, 1280])
async def test_nothing_sticks_out_sideways(
    browser: Browser, server: TestServer, width: int
) -> None:
    async with opened(browser, server) as page:
        await page.set_viewport_size({"width": width, "height": 640})
        await page.get_by_role("button", name="Báo tin").click()
        await page.get_by_label("Hoặc viết vào đây").fill("x" * 300)
        await page.get_by_role("button", name="Gửi", exact=True).click()
        await expect(page.get_by_text("Chuyện gì đã xảy ra?")).to_be_visible()

        assert await page.evaluate("document.documentElement.scrollWidth") == width


async def test_what_can_be_touched_is_large_enough(browser: Browser, server: TestServer) -> None:
    async with opened(browser, server) as page:
        await page.get_by_role("button", name="Báo tin").click()
        await page.get_by_role("button", name="Không").click()
        boxes = [
            await found.bounding_box()
            for found in await page.locator("button:visible, nav a").all()
        ]

        assert all(box and box["height"] >= 44 and box["width"] >= 44 for box in boxes)


async def test_an_answer_comes_without_a_new_page(browser: Browser, server: TestServer) -> None:
    async with opened(browser, server) as page:
        await page.evaluate("window.same = true")
        await page.get_by_role("button", name="Báo tin").click()
        await expect(page.get_by_text("nguy hiểm")).to_be_in_viewport()

        assert await page.evaluate("window.same") is True


async def test_enter_sends_and_shift_enter_begins_a_line(
    browser: Browser, server: TestServer, intake: PaperIntake
) -> None:
    async with opened(browser, server) as page:
        field = page.get_by_label("Hoặc cứ viết vào đây")
        await field.press_sequentially("một")
        await field.press("Shift+Enter")
        await field.press_sequentially("hai")
        await field.press("Enter")
        await expect(page.get_by_text("nguy hiểm")).to_be_visible()

        assert [payload["text"] for _, payload in intake.received] == ["một\nhai"]


async def test_on_a_phone_enter_begins_a_line(
    browser: Browser, server: TestServer, intake: PaperIntake
) -> None:
    async with opened(browser, server, has_touch=True, is_mobile=True) as page:
        field = page.get_by_label("Hoặc cứ viết vào đây")
        await field.fill("một")
        await field.press("Enter")

        assert await field.input_value() == "một\n"
        assert intake.received == []


async def test_a_broken_connection_keeps_what_was_typed(
    browser: Browser, server: TestServer, intake: PaperIntake
) -> None:
    async with opened(browser, server) as page:
        field = page.get_by_label("Hoặc cứ viết vào đây")
        await field.fill("hai người bẻ khoá")
        await page.context.set_offline(offline=True)
        await page.get_by_role("button", name="Gửi", exact=True).click()
        await expect(page.get_by_text("Mạng đang yếu")).to_be_visible()
        await expect(field).to_have_value("hai người bẻ khoá")
        await page.context.set_offline(offline=False)
        await page.get_by_role("button", name="Gửi", exact=True).click()
        await expect(page.get_by_text("nguy hiểm")).to_be_visible()

        await expect(page.get_by_text("Mạng đang yếu")).to_be_hidden()
        assert len(intake.received) == 1


async def test_an_impatient_double_press_is_one_message(
    browser: Browser, server: TestServer, intake: PaperIntake
) -> None:
    async with opened(browser, server) as page:
        await page.get_by_role("button", name="Báo tin").dblclick()
        await expect(page.get_by_text("nguy hiểm")).to_be_visible()

        assert len(intake.received) == 1


@pytest.mark.parametrize("way", ["keys", "link"])
async def test_leaving_at_once_leaves_no_way_back(
    browser: Browser, server: TestServer, way: str
) -> None:
    async with opened(browser, server) as page:
        left: list[Request] = []

        async def elsewhere(route: object) -> None:
            left.append(route.request)  # type: ignore[attr-defined] # playwright's Route
            await route.fulfill(body="weather")  # type: ignore[attr-defined] # playwright's Route

        await page.route(re.compile("^https:"), elsewhere)
        await page.get_by_role("button", name="Báo tin").click()
        await expect(page.get_by_text("nguy hiểm")).to_be_visible()
        steps = await page.evaluate("history.length")
        if way == "keys":
            await page.keyboard.press("Escape")
            await page.keyboard.press("Escape")
        else:
            await page.get_by_role("link", name="Thoát nhanh").click()
        await page.wait_for_url(re.compile("^https:"))
        await expect(page.get_by_text("weather")).to_be_visible()

        assert "referer" not in left[0].headers
        assert await page.evaluate("history.length") == steps


async def test_the_receipt_is_copied(browser: Browser, server: TestServer) -> None:
    async with opened(browser, server, permissions=["clipboard-read"]) as page:
        await page.get_by_role("button", name="Báo tin").click()
        await page.get_by_role("button", name="Không").click()
        await page.get_by_label("Viết vào đây").fill("x")
        await page.get_by_role("button", name="Gửi", exact=True).click()
        await page.get_by_role("button", name="Sao chép mã").click()

        await expect(page.get_by_role("button", name="Đã sao chép")).to_be_visible()
        assert await page.evaluate("navigator.clipboard.readText()") == "ABCD-EFGH-JKMN-PQRS-T"


async def test_reloading_in_the_middle_is_asked_about_first(
    browser: Browser, server: TestServer
) -> None:
    async with opened(browser, server) as page:
        asked: list[str] = []

        async def stay(dialog: Dialog) -> None:
            asked.append(dialog.type)
            await dialog.dismiss()

        page.on("dialog", stay)
        await page.get_by_role("button", name="Báo tin").click()
        await expect(page.get_by_text("nguy hiểm")).to_be_visible()
        await page.evaluate("setTimeout(() => location.reload(), 0)")
        await page.wait_for_event("dialog")

        await expect(page.get_by_text("nguy hiểm")).to_be_visible()
        assert asked == ["beforeunload"]
