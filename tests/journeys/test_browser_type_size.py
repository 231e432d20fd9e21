"""Large type at a real browser: with and without a script, and nothing falls off a small phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Remembered, window
from tests.journeys.looks import whole
from tests.journeys.people import Citizen
from tests.journeys.stage import SMALL_PHONE, Stage

pytestmark = pytest.mark.browser

LARGE, USUAL = "Cỡ chữ lớn", "Cỡ chữ thường"
LETTER = "parseFloat(getComputedStyle(document.body).fontSize)"
WIDTH = "document.documentElement.scrollWidth"
CITIZENS = ("/", "/xa?ten=long+hoa", "/xa/28114", "/xa/28114/in")
OFFICERS = (
    *("queue", "officers", "notices", "notices/new", "walk-in", "audit", "search", "password"),
    *("questions", "channels"),
)


def press(page: Page, name: str) -> None:
    """Press the button, and see the other one in its place."""
    page.get_by_role("button", name=name).click()
    expect(page.get_by_role("button", name=USUAL if name == LARGE else LARGE)).to_be_visible()
    whole(page)


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without a script"])
def test_a_citizen_enlarges_the_chat_and_loses_no_word(stage: Stage, script: bool) -> None:  # noqa: FBT001 # a parameter of pytest
    page = stage.window(SMALL_PHONE, script=script)
    lan = Citizen("Lan", page)
    lan.comes()
    lan.presses("Báo tin")
    lan.presses("Không")
    page.locator("#text").fill("Khuya qua có hai người")

    press(page, LARGE)
    expect(page.locator("#text")).to_have_value("Khuya qua có hai người")
    lan.reads("Chuyện gì đã xảy ra?")
    lan.writes("Khuya qua có hai người bẻ khoá nhà trọ")
    expect(page.locator("html")).to_have_attribute("data-type", "large")
    press(page, USUAL)

    expect(page.locator("html")).not_to_have_attribute("data-type", "large")


def test_large_letters_fit_every_public_page_of_a_small_phone(stage: Stage) -> None:
    page = stage.window(SMALL_PHONE)
    page.goto("/")
    before = page.evaluate(LETTER)
    press(page, LARGE)

    assert page.evaluate(LETTER) == pytest.approx(before * 1.3)
    for path in CITIZENS:
        page.goto(path)
        assert page.evaluate(LETTER) == pytest.approx(before * 1.3), path
        assert page.evaluate(WIDTH) <= SMALL_PHONE[0], path


def test_large_letters_fit_every_page_of_the_desk(stage: Stage, remembered: Remembered) -> None:
    page = window(stage, remembered, "son", SMALL_PHONE, script=False)
    page.goto("/desk/queue?tab=late")
    before = page.evaluate(LETTER)
    press(page, LARGE)

    assert page.url.endswith("/desk/queue?tab=late")
    for name in OFFICERS:
        page.goto(f"/desk/{name}")
        assert page.evaluate(LETTER) == pytest.approx(before * 1.3), name
        assert page.evaluate(WIDTH) <= SMALL_PHONE[0], name
