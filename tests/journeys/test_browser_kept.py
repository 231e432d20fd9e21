"""Two officers share a machine, and the log-in of one ends in the middle of a sentence."""

import re

import pytest
from playwright.sync_api import expect

from console import cookies
from tests.journeys.axe import Axe
from tests.journeys.people import Officer, fresh_code
from tests.journeys.stage import DESKTOP, PHONE, Stage

pytestmark = pytest.mark.browser

WORDS = "Đã gọi trưởng ấp, chiều nay gặp ở nhà văn hóa."


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_what_was_written_while_the_log_in_ended_is_sent_by_its_writer_alone(
    stage: Stage, size: tuple[int, int]
) -> None:
    found, page = Axe(), stage.window(size)
    ngan, khoi = Officer("Ngân", "ngan", page), Officer("Khôi", "khoi", page)
    ngan.logs_in()
    page.goto("/desk/queue")
    page.locator("a.row").first.click()
    ngan.reads("Nội dung tin")
    tip = page.url
    form = ngan.unfolds("note")
    form.locator("textarea").fill(f"{WORDS} {size[0]}")
    page.context.clear_cookies(name=cookies.LOG_IN)  # as after ten hours

    form.locator("button").click()
    ngan.reads("Chữ bạn viết được giữ lại")
    assert WORDS not in page.content()
    found.look(page, "ended")
    page.get_by_role("link", name="Đăng nhập lại").click()
    khoi.types_in(fresh_code("khoi"))
    expect(page.get_by_role("button", name="Đăng xuất")).to_be_visible()
    page.goto("/desk/kept")
    khoi.reads("Không có gì chờ gửi")
    khoi.presses("Đăng xuất")

    ngan.reads("Bạn đã đăng xuất")
    ngan.types_in(fresh_code("ngan"))
    expect(page).to_have_url(re.compile("/desk/kept$"))
    ngan.reads(WORDS)
    found.look(page, "kept")
    page.goto("/desk/queue")
    ngan.reads("Bạn còn 1 nội dung chưa gửi")
    found.look(page, "queue")
    page.get_by_role("link", name="nội dung chưa gửi").click()
    ngan.presses("Gửi")

    expect(page).to_have_url(tip)
    ngan.reads("Đã lưu ghi chú")
    ngan.reads(f"{WORDS} {size[0]}")
    assert found.violations == []
