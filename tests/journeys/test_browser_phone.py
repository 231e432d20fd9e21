"""An officer with a small telephone: everything by touch, nothing off the screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Remembered, window
from tests.journeys.people import Officer
from tests.journeys.stage import SMALL_PHONE, Stage
from tests.journeys.test_browser_officer import MYLE, send

pytestmark = pytest.mark.browser

WIDTH = "document.documentElement.scrollWidth"


def fits(page: Page) -> None:
    assert page.evaluate(WIDTH) <= SMALL_PHONE[0], page.url


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without a script"])
def test_a_tip_is_handled_on_a_small_telephone(
    stage: Stage,
    remembered: Remembered,
    script: bool,  # noqa: FBT001 # a parameter of pytest
) -> None:
    words = f"điện thoại {script}"
    send(stage.program, MYLE, words)
    son = Officer("Sơn", "son", window(stage, remembered, "son", SMALL_PHONE, script=script))

    path = son.opens_tip(words)
    fits(son.page)
    son.claims()
    son.reads("Bạn đã nhận tin này")
    son.asks("Quán nằm ở đoạn nào?")
    son.reads("Đã gửi câu hỏi")
    fits(son.page)
    note = son.unfolds("note")
    note.locator("textarea").fill("Đã hẹn tổ trưởng.")
    note.locator("button").click()
    son.reads("Đã hẹn tổ trưởng.")
    son.closes("Đã xử lý", "Cảm ơn bà con.")
    son.reads("Đã kết thúc tin")
    fits(son.page)

    son.page.goto("/desk/queue?tab=closed")
    expect(son.page.locator(f"a.row[href='{path}']")).to_be_visible()
    fits(son.page)


def test_a_colleague_is_helped_with_a_lost_password_by_touch(
    stage: Stage, remembered: Remembered
) -> None:
    hoa = Officer("Hoa", "hoa", window(stage, remembered, "hoa", SMALL_PHONE))
    ngan = Officer("Ngân", "ngan", window(stage, remembered, "ngan", SMALL_PHONE))
    hoa.page.goto("/desk/queue")
    hoa.page.get_by_role("link", name="Đồng đội quên mật khẩu").click()
    hoa.page.get_by_label("Tên đăng nhập của người quên").fill("minh")
    hoa.presses("Ghi yêu cầu")
    hoa.reads("Đã ghi yêu cầu cấp lại")
    fits(hoa.page)

    ngan.page.goto("/desk/lost")
    ngan.page.once("dialog", lambda dialog: dialog.accept())
    ngan.presses("Duyệt cho Đặng Văn Minh")
    ngan.reads("Liên kết cấp lại")
    fits(ngan.page)
    link = ngan.page.locator("#link").input_value()
    somebody = stage.window(SMALL_PHONE)
    somebody.goto(link)
    expect(somebody.get_by_role("heading", name="Đặt lại đăng nhập")).to_be_visible()
    fits(somebody)


def test_duty_hours_are_set_on_a_small_telephone(stage: Stage, remembered: Remembered) -> None:
    son = Officer("Sơn", "son", window(stage, remembered, "son", SMALL_PHONE))
    son.page.goto("/desk/hours")
    fits(son.page)
    son.page.get_by_label("Trực suốt ngày đêm, mọi ngày").uncheck()
    son.page.get_by_label("Thứ Hai", exact=True).check()
    son.page.get_by_label("Thứ Hai đến").fill("11:30")
    son.presses("Lưu giờ trực")
    son.reads("Đã lưu giờ trực")

    expect(son.page.get_by_label("Thứ Hai đến")).to_have_value("11:30")
    son.page.goto(f"/xa/{MYLE}")
    son.reads("Thứ Hai: 7:00–11:30")  # as in print
    fits(son.page)
    son.page.goto("/desk/hours")
    son.page.get_by_label("Trực suốt ngày đêm, mọi ngày").check()
    son.presses("Lưu giờ trực")
    son.reads("Đã lưu giờ trực")
