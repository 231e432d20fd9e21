"""Photographs, twins and prints at a real browser: from a telephone to the desk of an officer."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, expect

from tests import pictures
from tests.journeys.conftest import Remembered, window
from tests.journeys.looks import Findings
from tests.journeys.people import Citizen, Officer
from tests.journeys.stage import PHONE, SMALL_PHONE, Stage

pytestmark = pytest.mark.browser

MYLE = "xã Mỹ Lệ, Cần Đước, Long An"
# ONCE and AGAIN are sent by one test alone: an officer finds a tip by its words among all here.
ONCE = (
    "Rạng sáng nay hai thanh niên áo xám đi xe Exciter xanh bẻ khoá lấy xe đạp điện ở hẻm chùa Nổi"
)
ANOTHER = "Đêm qua có người cắt dây máy bơm sau vườn nhãn, để lại vết dép và một cái kìm cũ"
AGAIN = "2 thanh nien ao xam chay exciter xanh be khoa lay xe dap dien o hem chua noi rang sang nay"


def photo(name: str = "IMG_2026.jpg", side: int = 320) -> FilePayload:
    """As a telephone hands it over."""
    body = pictures.jpeg(pictures.picture((side, side * 3 // 4)), "all")
    return {"name": name, "mimeType": "image/jpeg", "buffer": body}


def tells(lan: Citizen, words: str, *files: FilePayload) -> None:
    """A tip about Mỹ Lệ, with these photographs."""
    lan.comes()
    lan.presses("Báo tin")
    lan.presses("Không")
    if files:
        lan.page.get_by_label("Ảnh gửi kèm").set_input_files(list(files))
    lan.writes(words)
    if lan.page.get_by_role("button", name="Tôi đang an toàn").is_visible():
        lan.presses("Tôi đang an toàn")
    lan.writes(MYLE)


@pytest.mark.parametrize("script", [True, False], ids=["script", "none"])
def test_a_photograph_goes_along_with_and_without_a_script(stage: Stage, *, script: bool) -> None:
    lan = Citizen("Lan", stage.window(PHONE, script=script))
    tells(lan, ANOTHER, photo(), photo("b.jpg"))
    lan.reads("Kèm theo: 2 ảnh")
    lan.page.get_by_label("Gửi kèm ảnh").set_input_files([photo("c.jpg")])
    lan.presses("Gửi ảnh")
    lan.reads("Kèm theo: 3 ảnh")
    lan.presses("Bỏ hết ảnh")
    expect(lan.page.locator("#cuoi").get_by_text("Kèm theo")).to_have_count(0)
    lan.presses("Gửi tin này")
    lan.reads("Mã tra cứu")


def test_the_script_sends_less_than_the_camera_made(stage: Stage) -> None:
    noise = Image.effect_noise((3000, 2250), 80).convert("RGB")
    out = BytesIO()
    noise.save(out, "JPEG", quality=92)
    large = out.getvalue()
    lan = Citizen("Lan", stage.window(PHONE))
    lan.comes()
    lan.presses("Báo tin")
    lan.presses("Không")
    files: list[FilePayload] = [{"name": "a.jpg", "mimeType": "image/jpeg", "buffer": large}]
    lan.page.get_by_label("Ảnh gửi kèm").set_input_files(files)
    with lan.page.expect_request(lambda asked: asked.method == "POST") as asked:
        lan.writes(ANOTHER)
    lan.reads("Máy đã nhận 1 ảnh")

    sent = int(asked.value.all_headers()["content-length"])
    assert 0 < sent < len(large) * 0.8


@pytest.mark.parametrize("script", [True, False], ids=["script", "none"])
def test_another_file_is_refused_and_what_was_written_stays(stage: Stage, *, script: bool) -> None:
    lan = Citizen("Lan", stage.window(SMALL_PHONE, script=script))
    lan.comes()
    lan.presses("Báo tin")
    lan.presses("Không")
    film: FilePayload = {"name": "a.mp4", "mimeType": "video/mp4", "buffer": b"\0\0\0\x18ftypmp42"}
    lan.page.get_by_label("Ảnh gửi kèm").set_input_files([film])
    lan.writes(ANOTHER)

    lan.reads("Máy chưa đọc được ảnh này nên chưa gửi gì")
    expect(lan.page.locator("#text")).to_have_value(ANOTHER)


def test_an_officer_sees_photographs_prints_and_closes_twins(
    stage: Stage, remembered: Remembered
) -> None:
    lan = Citizen("Lan", stage.window(PHONE))
    tells(lan, ONCE, photo())
    lan.presses("Gửi tin này")
    minh = Citizen("Mai", stage.window(PHONE))
    tells(minh, AGAIN)
    minh.presses("Gửi tin này")
    son = Officer("Sơn", "son", window(stage, remembered, "son"))
    page = son.page
    page.on("dialog", lambda dialog: dialog.accept())
    son.opens_tip(ONCE)
    expect(page.locator(".photos img").first).to_be_visible()
    wide = page.locator(".photos img").first.evaluate("image => image.naturalWidth")
    assert wide > 100
    found = Findings()
    found.look(page, "tip with photographs and twins")
    assert (found.wide, found.pale, found.nameless, found.small) == ([], [], [], [])

    son.presses("Nhận tin")
    with page.expect_popup() as opened:
        page.locator(".photos a").first.click()
    opened.value.wait_for_load_state()
    assert opened.value.evaluate("document.images[0].naturalWidth") == 320
    paper = page.request.get(page.get_by_role("link", name="In phiếu").get_attribute("href") or "")
    assert paper.body().startswith(b"%PDF-")
    son.reads("Có thể cùng một vụ")
    page.locator(".twinlist input").first.check()
    page.locator(".twins summary").click()
    page.get_by_role("button", name="Kết thúc các tin đã đánh dấu").click()
    son.reads("Đã kết thúc 1 tin")
