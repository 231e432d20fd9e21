"""The desk in a real browser: what scripts add, and that the policy lets them."""

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Dialog, Page, Route, async_playwright

from console import cookies
from desk import logins
from desk.officers import Signed
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


async def reads(page: Page, words: str) -> None:
    """The page says so, and the script that hears keys is there."""
    await page.wait_for_selector(f"text={words}")
    await page.wait_for_load_state()


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
    await reads(page, "Đã kết thúc tin")
    assert world.waiting(world.hoa, "closed") == [tip]


async def test_keys_walk_take_and_open_the_form_that_was_asked_for(
    world: World, page: Page
) -> None:
    world.submit("Tối qua mất xe máy ở chợ")
    (tip,) = world.waiting(world.hoa)
    await page.goto("/desk/queue")

    for key in ("j", "a"):
        await page.keyboard.press(key)
    await reads(page, "Bạn đã nhận tin này")
    assert world.waiting(world.hoa, "taken") == [tip]

    await page.keyboard.press("r")
    await page.keyboard.type("Xe màu gì, dừng ở đâu?")  # letters that are also keys
    await page.keyboard.press("Control+Enter")
    await reads(page, "Đã gửi câu hỏi")

    await page.goto("/desk/queue?tab=waiting")
    for key in ("j", "d"):
        await page.keyboard.press(key)
    await page.wait_for_url(f"**/desk/tips/{tip}?do=close")
    assert await page.is_visible("#close-text")


async def test_from_the_queue_to_closed_takes_at_most_twelve_presses(
    world: World, page: Page
) -> None:
    world.submit("Tối qua mất xe máy ở chợ")
    pressed = []

    async def press(*keys: str) -> None:
        for key in keys:
            pressed.append(key)
            await page.keyboard.press(key)

    await page.goto("/desk/queue")
    await press("j", "Enter")  # opened and read
    await reads(page, "CHƯA KIỂM CHỨNG")
    await press("a")  # taken
    await reads(page, "Bạn đã nhận tin này")
    await press("r")  # asked
    await page.keyboard.insert_text("Xe màu gì?")
    await press("Control+Enter")
    await reads(page, "Đã gửi câu hỏi")
    page.once("dialog", lambda dialog: dialog.accept())  # Enter, in a real window
    await press("d", "Space", "Control+Enter")  # closed with the ready words
    pressed.append("Enter")
    await reads(page, "Đã kết thúc tin")

    assert len(pressed) <= 12
    (tip,) = world.waiting(world.hoa, "closed")
    assert world.opened(world.hoa, tip).lines[-1].content["disposition"] == "handled"


async def test_from_alert_over_a_transfer_to_closed_takes_at_most_twelve_presses(
    world: World, page: Page
) -> None:
    world.submit("Tối qua mất xe máy ở chợ")
    pressed = []

    async def press(*keys: str) -> None:
        for key in keys:
            pressed.append(key)
            await page.keyboard.press(key)

    await page.goto("/desk/queue")
    await press("a")  # taken from the head of the queue, opened and read
    await reads(page, "Bạn đã nhận tin này")
    await press("r")  # asked
    await page.keyboard.insert_text("Xe màu gì?")
    await press("Control+Enter")
    await reads(page, "Đã gửi câu hỏi")
    await press("t")  # handed on
    await page.keyboard.insert_text("80")
    await press("Tab")
    await page.keyboard.insert_text("Nhiều xã cùng bị.")
    await press("Control+Enter")
    await reads(page, "Đã chuyển tin cho Công an tỉnh Tây Ninh")

    await _enter(world, page, world.ngan)
    await page.goto("/desk/queue")
    await press("a")
    await reads(page, "Bạn đã nhận tin này")
    page.once("dialog", lambda dialog: dialog.accept())  # Enter, in a real window
    await press("d", "Space", "Control+Enter")
    pressed.append("Enter")
    await reads(page, "Đã kết thúc tin")

    assert len(pressed) <= 12
    assert len(world.waiting(world.ngan, "closed")) == 1


async def _enter(world: World, page: Page, signed: Signed) -> None:
    """Another officer sits down at this browser."""
    with world.office.begin("desk") as desk:
        cookie = logins.open_session(desk, signed)
    [old] = [one for one in await page.context.cookies() if one.get("name") == cookies.LOG_IN]
    url = page.url.split("/desk")[0] + "/desk"
    await page.context.clear_cookies(name=cookies.LOG_IN)
    assert old.get("value") != cookie
    await page.context.add_cookies([{"name": cookies.LOG_IN, "value": cookie, "url": url}])


async def test_one_key_corrects_category_and_urgency(world: World, page: Page) -> None:
    world.submit("Quán cà phê đầu xóm ghi số đề mỗi chiều, có đứa nhỏ đi mua thuốc lắc")
    (tip,) = world.waiting(world.hoa)
    await page.goto(f"/desk/tips/{tip}")
    guesses = await page.locator("[data-key='2']").count()

    await page.keyboard.press("u")
    await reads(page, "Đã đánh dấu KHẨN")
    if guesses:
        name = await page.locator("[data-key='2']").get_attribute("value")
        await page.keyboard.press("2")
        await reads(page, "Loại việc bây giờ là")
        assert world.opened(world.hoa, tip).tip.category == name

    assert world.opened(world.hoa, tip).tip.urgent


async def test_a_deed_that_needs_the_tip_first_says_so(world: World, page: Page) -> None:
    world.submit("Tối qua mất xe máy ở chợ")
    (tip,) = world.waiting(world.hoa)
    await page.goto(f"/desk/tips/{tip}")
    await page.keyboard.press("d")
    await reads(page, "Hãy nhận tin trước")


async def test_the_table_of_keys_opens_and_shuts_by_key_and_by_button(page: Page) -> None:
    await page.goto("/desk/queue")
    for opening in (page.keyboard.press("?"), page.click("[data-help]")):
        await opening
        assert await page.is_visible("#keys")
        await page.keyboard.press("Escape")
        assert not await page.is_visible("#keys")


async def test_the_sound_is_on_can_be_switched_off_and_stays_so(page: Page) -> None:
    await page.goto("/desk/queue")
    button = page.locator("[data-sound]")
    assert await button.inner_text() == "Âm báo: bật"

    await button.click()
    assert await button.get_attribute("aria-pressed") == "false"
    await page.reload()
    assert await button.inner_text() == "Âm báo: tắt"

    await button.click()
    await page.wait_for_selector("[data-live][data-rang='1']", state="attached")


@pytest.mark.parametrize("status", [502, 503, 500, 401])
async def test_a_page_that_was_refused_its_stream_once_asks_again_and_rings(
    page: Page, status: int
) -> None:
    asked = []

    async def stream(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) == 1:
            await route.fulfill(status=status, body="")
        else:
            line = "event: waiting\ndata: Có tin đang chờ\n\n"
            await route.fulfill(status=200, content_type="text/event-stream", body=line)

    await page.route("**/desk/live", stream)
    await page.clock.install()
    async with page.expect_event("requestfinished", lambda done: "/desk/live" in done.url):
        await page.goto("/desk/queue")
    await page.clock.run_for(20_000)

    await page.wait_for_selector("[data-live]:has-text('Có tin đang chờ')", timeout=10_000)


async def _press(page: Page, *, accept: bool) -> str:
    """Press the button and answer its question."""
    asked: list[str] = []

    async def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        await (dialog.accept() if accept else dialog.dismiss())

    page.once("dialog", answer)
    await page.click("button:has-text('Kết thúc tin')")
    return asked[0]
