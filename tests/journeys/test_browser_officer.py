"""An officer at a real browser: logging in and out, keys instead of a mouse, a queue that lives."""

import pytest
from playwright.sync_api import expect

from bot.demo import PASSWORD
from tests.citizen import Citizen as Sender
from tests.journeys.keys import Keys
from tests.journeys.looks import whole
from tests.journeys.people import Officer, fresh_code
from tests.journeys.stage import DESKTOP, Stage
from tests.program import Program

pytestmark = pytest.mark.browser

TIP = "Quán cà phê đầu xóm ghi số đề mỗi chiều, tiền bạc chung chi ngay tại bàn."
MYLE, CHOMOI, THANHPHU = "28132", "30628", "29182"


def send(program: Program, place: str, words: str = "") -> None:
    """A tip comes in from somewhere else."""
    names = {
        MYLE: "xã Mỹ Lệ, Cần Đước, Long An",
        CHOMOI: "thị trấn Chợ Mới, huyện Chợ Mới, An Giang",
        THANHPHU: "thị trấn Thạnh Phú, huyện Thạnh Phú, Bến Tre",
    }
    sender = Sender(program.port)
    sender.come()
    for choice in ("tip", "danger_no"):
        sender.press(choice)
    sender.say(f"{TIP} {words}")
    sender.say(names[place])
    sender.confirm()


@pytest.mark.smoke
def test_a_wrong_code_is_refused_without_saying_what_was_wrong(stage: Stage) -> None:
    phuong = Officer("Phượng", "phuong", stage.window(DESKTOP))
    phuong.page.goto("/desk/login")

    phuong.types_in("000000")
    phuong.reads("Tên đăng nhập, mật khẩu hoặc mã 6 số chưa đúng.")
    expect(phuong.page.get_by_label("Tên đăng nhập")).to_have_value("phuong")
    expect(phuong.page.get_by_label("Mật khẩu")).to_have_value("")

    phuong.types_in(fresh_code("phuong"))
    phuong.reads("Hàng đợi")


def test_after_logging_out_the_way_back_shows_no_tip(stage: Stage) -> None:
    ngan = Officer("Ngân", "ngan", stage.window(DESKTOP))
    ngan.logs_in()
    ngan.page.locator("a.row").first.click()
    ngan.reads("Nội dung tin")
    told = ngan.page.locator(".report .text").inner_text()

    ngan.presses("Đăng xuất")
    ngan.reads("Bạn đã đăng xuất")
    ngan.page.go_back()
    ngan.reads("Bàn làm việc của cán bộ")

    assert told not in ngan.page.content()


@pytest.mark.smoke
def test_an_officer_needs_no_mouse(stage: Stage) -> None:
    send(stage.program, THANHPHU)
    page = stage.window(DESKTOP)
    keys = Keys(page)
    page.goto("/desk/login")
    for label, words in (
        ("Tên đăng nhập", "duc"),
        ("Mật khẩu", PASSWORD),
        ("Mã 6 số", fresh_code("duc")),
    ):
        keys.goes_to(label)
        page.keyboard.insert_text(words)
    page.keyboard.press("Enter")
    expect(page.locator("[data-help]")).to_be_visible()  # the script is there
    whole(page)  # nothing takes the focus before the styles are there

    page.keyboard.press("k")  # up from nowhere: the last one, which just came
    page.keyboard.press("Enter")
    expect(page.get_by_text(TIP)).to_be_visible()
    keys.presses("Nhận tin")
    expect(page.get_by_text("Bạn đã nhận tin này")).to_be_visible()
    keys.presses("Hỏi người báo")
    keys.goes_to("Câu hỏi")
    page.keyboard.insert_text("Ghi đề vào giờ nào?")
    keys.goes_to("Gửi câu hỏi")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Đã gửi câu hỏi")).to_be_visible()
    expect(page.locator(".events").get_by_text("Ghi đề vào giờ nào?")).to_be_visible()


def test_j_and_k_walk_through_the_queue(stage: Stage, son: Officer) -> None:
    for number in ("một", "hai"):
        send(stage.program, MYLE, number)
    son.page.goto("/desk/queue")
    paths = [row.get_attribute("href") for row in son.page.locator("a.row").all()]
    at = "document.activeElement.getAttribute('href')"
    walked = []
    for key in ("j", "j", "k"):
        son.page.keyboard.press(key)
        walked.append(son.page.evaluate(at))

    assert walked == [paths[0], paths[1], paths[0]]


@pytest.mark.smoke
def test_a_new_tip_appears_by_itself_and_takes_no_focus(stage: Stage, son: Officer) -> None:
    send(stage.program, MYLE, "ba")
    son.page.goto("/desk/queue")
    rows = son.page.locator("a.row")
    before = rows.count()
    son.page.keyboard.press("j")
    at = "document.activeElement.getAttribute('href')"
    path = son.page.evaluate(at)

    send(stage.program, MYLE, "bốn")

    expect(rows).to_have_count(before + 1)
    expect(son.page.locator("[data-live]")).to_be_visible()
    assert TIP not in son.page.content(), "an alert says that something waits, never what"
    assert son.page.evaluate(at) == path


def test_two_impatient_presses_ask_once(stage: Stage, son: Officer) -> None:
    send(stage.program, MYLE, "năm")
    son.opens_tip("năm")
    son.claims()
    form = son.unfolds("ask")
    form.locator("textarea").fill("Quán tên gì?")
    form.locator("button").dblclick()
    son.reads("Đã gửi câu hỏi")

    expect(son.page.locator(".events strong", has_text="Hỏi người báo")).to_have_count(1)


def test_a_draft_survives_a_refusal(stage: Stage, son: Officer) -> None:
    send(stage.program, MYLE, "sáu")
    son.opens_tip("sáu")
    son.claims()
    son.reads("Bạn đã nhận tin này")

    son.asks("Bà con tên gì, số điện thoại bao nhiêu?")
    son.reads("Câu này hỏi người báo là ai nên không gửi")

    draft = son.page.locator("form[action$='/ask'] textarea")
    expect(draft).to_be_visible()
    expect(draft).to_have_value("Bà con tên gì, số điện thoại bao nhiêu?")
