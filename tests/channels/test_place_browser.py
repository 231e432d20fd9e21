"""Naming a place in Chromium: a list by keyboard or press, and the telephone's own position."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Page, async_playwright, expect
from pytest_aiohttp.plugin import AiohttpServer

from bot.channels.webchat import WebChat
from bot.communes_page import CommunesPage
from bot.inbox import Intake
from bot.public import PublicPages
from desk.desk import Office
from handlers.texts import say
from tests.chromium import LAUNCH, need
from tests.squares import SOUTH, squares
from tests.world import World

pytestmark = pytest.mark.browser

TIP = "Khuya qua có hai người bẻ khoá nhà trọ, lấy chiếc xe máy dựng trong sân."


@pytest.fixture
async def server(
    world: World, tmp_path: Path, aiohttp_server: AiohttpServer
) -> AsyncIterator[TestServer]:
    tools = replace(world.office.tools, boundaries=squares(tmp_path))
    office = Office(world.office.store, tools, world.clock)
    with ThreadPoolExecutor(4) as workers:
        intake = Intake(office, workers, pull=frozenset({WebChat.name}))
        app = web.Application()
        app.add_routes(WebChat(intake, "Công an tỉnh Tây Ninh").routes())
        app.add_routes(CommunesPage(office, workers, PublicPages(None)).routes())
        yield await aiohttp_server(app)
        await intake.close()


@pytest.fixture
async def page(server: TestServer) -> AsyncIterator[Page]:
    """Asked where, on a small phone that stands in Rạch Kiến and may say so."""
    need()
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(**LAUNCH)
        context = await chromium.new_context(
            viewport={"width": 360, "height": 640},
            geolocation={"latitude": SOUTH + 0.005, "longitude": 106.605, "accuracy": 12},
            permissions=["geolocation"],
        )
        page = await context.new_page()
        complaints: list[str] = []
        page.on("console", lambda line: complaints.append(line.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(str(server.make_url("/")))
        await page.get_by_role("button", name="Báo tin").click()
        await expect(page.locator("#cuoi")).to_contain_text("đang gặp nguy hiểm")
        await page.get_by_role("button", name="Không", exact=True).click()
        await expect(page.locator("#cuoi")).to_contain_text("Chuyện gì đã xảy ra?")
        await page.locator("#text").fill(TIP)
        await page.get_by_role("button", name="Gửi", exact=True).click()
        await expect(page.locator("#cuoi")).to_contain_text("Việc xảy ra ở xã, phường nào?")
        yield page
        await chromium.close()
        assert complaints == []


async def test_arrows_and_enter_take_a_commune_from_the_list_and_enter_again_sends(
    page: Page,
) -> None:
    field = page.locator("#text")
    await field.press_sequentially("long hoa can duoc")
    first = page.get_by_role("option").first
    await expect(first).to_contain_text("Xã Rạch Kiến, Tỉnh Tây Ninh")
    await expect(page.get_by_role("status")).to_contain_text("1 nơi")

    await field.press("ArrowDown")
    await expect(first).to_have_attribute("aria-selected", "true")
    assert await field.get_attribute("aria-activedescendant") == await first.get_attribute("id")
    await field.press("Enter")
    await expect(field).to_have_value("Xã Rạch Kiến, Tỉnh Tây Ninh")
    await expect(page.get_by_role("listbox")).to_have_count(0)
    await field.press("Enter")

    await expect(page.locator("#cuoi")).to_contain_text("Gửi đến: Công an xã Rạch Kiến")


async def test_escape_shuts_the_list_and_not_the_page(page: Page) -> None:
    field = page.locator("#text")
    await field.press_sequentially("tan")
    await expect(page.get_by_role("option")).to_have_count(8)

    await field.press("Escape")
    await expect(page.get_by_role("option")).to_have_count(0)
    await expect(field).to_have_value("tan")
    await expect(field).to_be_focused()


async def test_a_press_on_a_line_fills_the_field(page: Page) -> None:
    await page.locator("#text").press_sequentially("long hoa can duoc")
    await page.get_by_role("option").first.click()

    await expect(page.locator("#text")).to_have_value("Xã Rạch Kiến, Tỉnh Tây Ninh")


async def test_the_position_is_sent_by_a_press_and_shown_as_a_commune(page: Page) -> None:
    await page.get_by_role("button", name="Gửi vị trí đang đứng").click()

    await expect(page.locator("#cuoi")).to_contain_text("Gửi đến: Công an xã Rạch Kiến")
    await expect(page.locator(".citizen").last).to_contain_text(say("menu.place_shared"))
    assert "106.605" not in await page.content()


async def test_where_the_position_is_refused_the_button_says_so(page: Page) -> None:
    await page.context.clear_permissions()
    await page.get_by_role("button", name="Gửi vị trí đang đứng").click()

    await expect(page.locator("#here")).to_contain_text("Máy không cho biết vị trí")
    await expect(page.locator("#text")).to_be_visible()
