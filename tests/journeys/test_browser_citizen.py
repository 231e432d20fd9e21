"""A citizen at a real browser: keys instead of a mouse, second thoughts, weak networks."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.keys import Keys
from tests.journeys.people import Citizen, Officer
from tests.journeys.stage import DESKTOP, PHONE, Stage
from tests.journeys.tour import TIP

pytestmark = pytest.mark.browser

WITH = pytest.param(True, id="with scripts")
WITHOUT = pytest.param(False, id="without a script")
SMOKE_WITH = pytest.param(True, id="with scripts", marks=pytest.mark.smoke)
SMOKE_WITHOUT = pytest.param(False, id="without a script", marks=pytest.mark.smoke)
MYLE = "xã Mỹ Lệ, Cần Đước, Long An"  # where Sơn works


def reviewing(page: Page) -> Citizen:
    """Lan before the last look."""
    lan = Citizen("Lan", page)
    lan.comes()
    lan.presses("Báo tin")
    lan.presses("Không")
    lan.writes(TIP)
    lan.writes(MYLE)
    lan.reads("Gửi đến: Công an xã Mỹ Lệ")
    return lan


def waiting(son: Officer) -> int:
    """How many new tips Sơn counts."""
    son.page.goto("/desk/queue")
    return int(son.page.locator(".tabs [aria-current] .count").inner_text())


@pytest.mark.parametrize("script", [SMOKE_WITH, WITHOUT])
def test_a_tip_can_be_sent_with_the_keyboard_alone(stage: Stage, script: bool) -> None:  # noqa: FBT001 # a parameter of pytest
    page = stage.window(DESKTOP, script=script)
    keys = Keys(page)
    page.goto("/")

    keys.presses("📣 Báo tin (không cần xưng tên)")
    expect(page.get_by_text("Có ai đang gặp nguy hiểm")).to_be_visible()
    keys.presses("Không")
    expect(page.get_by_text("Chuyện gì đã xảy ra?")).to_be_visible()
    keys.types(TIP)
    keys.presses("Gửi")
    expect(page.get_by_text("xã, phường nào")).to_be_visible()
    keys.types(MYLE)
    keys.presses("Gửi")
    keys.presses("Gửi tin này")

    expect(page.locator("code")).to_have_text(re.compile(r"(\w{4}-){4}\w"))


@pytest.mark.parametrize("script", [WITH, WITHOUT])
def test_cancelling_leaves_nothing_of_what_was_typed(stage: Stage, script: bool) -> None:  # noqa: FBT001 # a parameter of pytest
    lan = reviewing(stage.window(PHONE, script=script))

    lan.presses("Hủy")
    lan.reads("Những gì vừa gõ đã được xóa")

    assert TIP not in lan.page.content()
    assert MYLE not in lan.page.content()


def test_going_back_keeps_what_was_written(stage: Stage, son: Officer) -> None:
    before = waiting(son)
    lan = reviewing(stage.window(PHONE))

    lan.presses("Sửa nơi xảy ra")
    lan.reads("Việc xảy ra ở xã, phường nào?")
    lan.presses("Quay lại")
    lan.reads("Chuyện gì đã xảy ra?")
    expect(lan.page.locator("#text")).to_have_value(TIP)
    other = TIP.replace("hai người", "ba người")
    lan.writes(other)
    lan.reads(other)
    lan.reads("Gửi đến: Công an xã Mỹ Lệ")

    assert waiting(son) == before, "nothing is sent before “Gửi tin này”"


@pytest.mark.parametrize("script", [WITH, SMOKE_WITHOUT])
def test_sending_twice_is_one_tip(stage: Stage, son: Officer, script: bool) -> None:  # noqa: FBT001 # a parameter of pytest
    before = waiting(son)
    lan = reviewing(stage.window(PHONE, script=script))

    lan.page.get_by_role("button", name="Gửi tin này").dblclick()
    receipt = lan.page.locator("code")
    expect(receipt).to_be_visible()
    assert waiting(son) == before + 1
    if not script:
        shown = receipt.inner_text()
        lan.page.reload()  # the browser posts the form once more
        expect(receipt).to_have_text(shown)
        assert waiting(son) == before + 1


def test_a_button_that_was_not_offered_is_refused_kindly(stage: Stage, son: Officer) -> None:
    before = waiting(son)
    lan = reviewing(stage.window(PHONE))
    lan.presses("Hủy")

    lan.page.evaluate("document.querySelector('button.choice').value = 'send'")
    lan.page.locator("button.choice").first.click()

    lan.reads("Nút này không còn dùng được")
    assert waiting(son) == before


def test_a_conversation_that_has_run_out_says_so_and_starts_again(stage: Stage) -> None:
    page = stage.window(PHONE)
    lan = Citizen("Lan", page)
    lan.comes()
    lan.presses("Báo tin")

    page.evaluate("document.querySelector('[name=key]').value = 'A'.repeat(22)")
    page.get_by_role("button", name="Không").click()

    lan.reads("Cuộc trò chuyện cũ đã được xóa")
    lan.presses("Báo tin")
    lan.reads("Có ai đang gặp nguy hiểm")


def test_what_is_typed_while_an_answer_is_on_its_way_stays(stage: Stage) -> None:
    page = stage.window(PHONE)
    lan = Citizen("Lan", page)
    lan.comes()
    lan.presses("Báo tin")
    held: list[Route] = []
    page.route("**/", lambda route: held.append(route))  # noqa: PLW0108 # Playwright marks it

    with page.expect_request("**/"):
        page.get_by_role("button", name="Không").click()
    page.locator("#text").press_sequentially("Khuya qua")
    held[0].continue_()
    lan.reads("Chuyện gì đã xảy ra?")

    expect(page.locator("#text")).to_have_value("Khuya qua")
    expect(page.locator("#text")).to_be_focused()


@pytest.mark.smoke
def test_a_conversation_goes_on_after_the_program_was_killed(stage: Stage) -> None:
    page = stage.window(PHONE)
    lan = Citizen("Lan", page)
    lan.comes()
    lan.presses("Báo tin")
    lan.presses("Không")

    stage.program.kill(postgres=True)
    page.locator("#text").fill(TIP)
    page.locator("button.send").click()
    lan.reads("Mạng đang yếu")
    stage.program.start()

    expect(page.locator("#text")).to_have_value(TIP)
    page.locator("button.send").click()
    lan.reads("Việc xảy ra ở xã, phường nào?")
    lan.writes(MYLE)
    lan.presses("Gửi tin này")
    expect(page.locator("code")).to_be_visible()


@pytest.mark.parametrize("script", [WITH, WITHOUT])
def test_leaving_quickly_shows_another_page_and_tells_it_nothing(
    stage: Stage,
    script: bool,  # noqa: FBT001 # a parameter of pytest
) -> None:
    page = stage.window(PHONE, script=script)
    left: list[dict[str, str]] = []

    def elsewhere(route: Route) -> None:
        left.append(route.request.headers)
        route.fulfill(body="<h1>Thời tiết</h1>", content_type="text/html; charset=utf-8")

    page.route(re.compile("^https:"), elsewhere)
    reviewing(page)
    page.get_by_role("link", name="Thoát nhanh").click()
    page.wait_for_url(re.compile("^https:"))

    assert "referer" not in left[0]
    [watch] = [watch for watch in stage.watches if watch.elsewhere]
    assert len(watch.elsewhere) == 1
    watch.asked.clear()
    if script:
        page.go_back()
        assert TIP not in page.content()
