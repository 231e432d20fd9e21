"""The desk in a real browser: what scripts add, and that the policy lets them."""

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Dialog, Page, async_playwright

from console import cookies
from desk import logins
from tests.console.conftest import Serve
from tests.world import World

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on the PATH"),
]


@pytest.fixture
async def page(world: World, serve: Serve) -> AsyncIterator[Page]:
    """Hoa's browser, logged in."""
    server = await serve(world.office)
    with world.office.begin("desk") as desk:
        cookie = logins.open_session(desk, world.hoa)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = await browser.new_context(base_url=str(server.make_url("/")))
        url = str(server.make_url("/desk"))
        await context.add_cookies([{"name": cookies.LOG_IN, "value": cookie, "url": url}])
        yield await context.new_page()
        await browser.close()


async def test_the_open_queue_shows_a_new_tip_by_itself_and_keeps_the_focus(
    world: World, page: Page
) -> None:
    world.submit("Tối qua mất xe máy ở chợ")
    refused = []
    page.on("console", lambda line: refused.append(line.text) if "Policy" in line.text else None)
    await page.goto("/desk/queue")
    await page.keyboard.press("j")
    first = await page.evaluate("document.activeElement.href")

    world.submit("Tối qua mất xe đạp ở chợ")
    await page.evaluate("window.dispatchEvent(new Event('focus'))")
    await page.locator(".row").nth(1).wait_for()

    assert "/desk/tips/" in first
    assert await page.evaluate("document.activeElement.href") == first
    assert await page.title() == "(2) Hàng đợi · Tiếng Loa"
    assert refused == []


async def test_a_live_queue_whose_log_in_has_ended_goes_to_the_log_in_page(
    world: World, page: Page
) -> None:
    await page.goto("/desk/queue")
    world.clock.at = world.clock.at.replace(hour=20)
    await page.evaluate("window.dispatchEvent(new Event('focus'))")
    await page.wait_for_url("**/desk/login")


async def test_closing_asks_once_more(world: World, page: Page) -> None:
    world.submit("Tối qua mất xe máy ở chợ")
    (tip,) = world.waiting(world.hoa)
    world.claim(world.hoa, tip)
    await page.goto(f"/desk/tips/{tip}")
    await page.click("summary:has-text('Kết thúc')")
    await page.check("input[value=handled]")
    await page.fill("#close-text", "Cảm ơn bà con")

    asked = await _press(page, accept=False)
    assert asked == "Kết thúc tin này? Sau khi kết thúc không sửa được nữa."
    assert world.waiting(world.hoa, "taken") == [tip]

    await _press(page, accept=True)
    await page.wait_for_selector("text=Đã kết thúc tin")
    assert world.waiting(world.hoa, "closed") == [tip]


async def _press(page: Page, *, accept: bool) -> str:
    """Press the button and answer its question."""
    asked: list[str] = []

    async def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        await (dialog.accept() if accept else dialog.dismiss())

    page.once("dialog", answer)
    await page.click("button:has-text('Kết thúc tin')")
    return asked[0]
