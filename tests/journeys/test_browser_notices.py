"""Notices in a real browser, wide and on a phone: written, approved, watched, read, recalled."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Remembered, window
from tests.journeys.people import Citizen
from tests.journeys.readers import SIGN, Reader, Writer, new_title, subscribes
from tests.journeys.stage import DESKTOP, PHONE, Stage

pytestmark = pytest.mark.browser

SIZES = pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280 px", "390 px"])
RACHKIEN = "xã Long Hòa, Cần Đước, Long An"
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"


def writer(
    stage: Stage, remembered: Remembered, name: str, size: tuple[int, int], *, script: bool = True
) -> Writer:
    page = window(stage, remembered, name, size, script=script)
    return Writer(name.title(), name, page)


@SIZES
def test_a_notice_goes_from_form_to_recall(
    stage: Stage, remembered: Remembered, size: tuple[int, int]
) -> None:
    minh, hoa = (writer(stage, remembered, name, size) for name in ("minh", "hoa"))
    title = new_title()

    minh.writes(title)
    expect(minh.page.locator("#title-meter")).to_have_text(f"{len(title)}/70")
    path = minh.saves()
    assert shown(minh.page) == "page"
    minh.page.get_by_text("Telegram", exact=True).click()
    assert shown(minh.page) == "telegram"
    minh.reads("Gửi thẳng vào máy người đăng ký qua Telegram")
    expect(minh.page.locator(".of-telegram .hint")).to_have_text(re.compile(r"Dài \d+/4\.096"))
    expect(minh.page.locator(".of-telegram .keys span")).to_have_count(3)
    minh.submits()
    expect(minh.page.get_by_role("button", name="Duyệt", exact=True)).to_have_count(0)

    hoa.page.goto("/desk/notices")
    expect(hoa.page.get_by_role("link", name=title)).to_contain_text("Chờ duyệt")
    hoa.approves(path)
    Reader("Hoa", hoa.page).looks_again_until("Đã công bố. Phát hiện sai")
    hoa.reads("Gửi tới đâu rồi")
    hoa.reads("Minh gửi duyệt")
    assert not hoa.page.evaluate(SIDEWAYS)

    hoa.recalls(path, "Ghi nhầm giờ.")
    hoa.reads(f"Nay bà con đọc: ❌ Thông báo “{title}” đã được thu hồi. Lý do: Ghi nhầm giờ.")
    assert not hoa.page.evaluate(SIDEWAYS)


def shown(page: Page) -> str:
    """Which of the previews can be seen."""
    seen = page.locator(".pane:visible")
    expect(seen).to_have_count(1)  # once the styles are there
    return str(seen.get_attribute("class")).removeprefix("pane of-")


def test_a_meter_without_a_script_says_when_it_counted(
    stage: Stage, remembered: Remembered
) -> None:
    minh = writer(stage, remembered, "minh", DESKTOP, script=False)
    minh.page.goto("/desk/notices/new")

    expect(minh.page.locator("[data-meter=title]")).to_be_hidden()
    expect(minh.page.locator("#title-hint")).to_contain_text("Nhiều nhất 70 ký tự")
    expect(minh.page.locator("#contact-meter")).to_have_text(re.compile(r"\d+/80 \(lúc mở trang\)"))


@SIZES
def test_a_subscribers_page_changes_pauses_and_ends(stage: Stage, size: tuple[int, int]) -> None:
    lan = Reader("Lan", subscribes(Citizen("Lan", stage.window(size)), RACHKIEN))
    assert re.search(r"/nhan/[\w-]{22}$", lan.page.url)
    lan.reads("Giả người giao hàng")

    lan.page.get_by_text("Sửa lựa chọn").click()
    lan.page.get_by_label("Việc làm, vay tiền").uncheck()
    lan.presses("Lưu lựa chọn")
    lan.reads("Đã lưu")
    lan.misses("Cho vay nhanh qua mạng, bắt đóng phí trước")
    lan.presses("Tạm ngừng")
    lan.reads("Bà con đang tạm ngừng nhận")
    assert not lan.page.evaluate(SIDEWAYS)

    lan.presses("Ngừng nhận, xóa trang này")
    lan.reads("Đã xóa đăng ký của bà con")


def test_the_sheet_to_print_has_the_notices_and_nothing_to_press(stage: Stage) -> None:
    page = stage.window(DESKTOP)
    page.goto("/xa/28114/in")
    page.emulate_media(media="print")

    expect(page.get_by_text("Giả người giao hàng")).to_be_visible()
    expect(page.get_by_text("Công an xã Rạch Kiến: 0272 0000 113").first).to_be_visible()
    expect(page.get_by_text("BẢN THỬ")).to_be_visible()
    for hidden in (page.locator(".bar"), page.get_by_text("Bấm Ctrl+P")):
        expect(hidden).to_be_hidden()
    assert page.locator(".back").count() == 0, "what was recalled is not put up on a wall"
    assert SIGN not in page.content()
