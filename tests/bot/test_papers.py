"""Sheets as they come out of a printer: every word there, nothing clipped, no letter missing."""

import unicodedata
from dataclasses import replace
from typing import Any

import pytest

from bot.leaflet import glyphs
from bot.papers import draw, printer
from bot.printable import printable
from console.facts import Part, Sheet
from tests.bot.printing import opened

DPI, POINTS = 150, 72
A4 = (1241, 1754)  # pixels at 150 dpi
EDGE = 9.5 / 25.4 * DPI  # pixels: ordinary printers leave some five millimetres blank
STORY = "Khuya qua có hai người đi xe wave đỏ bẻ khoá lấy xe máy của hàng xóm ở hẻm sau chợ."
SHEET = Sheet(
    operator="Công an tỉnh Tây Ninh",
    above="Công an tỉnh Tây Ninh",
    station="Công an xã Rạch Kiến",
    title="PHIẾU TIẾP NHẬN THÔNG TIN BAN ĐẦU",
    under="Chưa kiểm chứng",
    parts=(
        Part("Đơn vị giữ tin", "Công an xã Rạch Kiến"),
        Part("Nhận lúc", "15 giờ, ngày 2/3/2026 (chỉ ghi đến giờ)"),
        Part("Ai, xe, biển số", "hai người đi xe wave đỏ"),
        Part("Nội dung (nguyên văn)", STORY, wide=True),
    ),
    foot=("CHƯA KIỂM CHỨNG. Thông tin ban đầu.", "Phiếu này không có mục về người cung cấp tin."),
    signs=(("Cán bộ tiếp nhận", "Nguyễn Thị Hoà"), ("Chỉ huy đơn vị", "")),
    printed="Hoà in lúc 15:05, 02/03/2026",
)


def words(text: str) -> str:
    """Without blanks: where a line ends is the printer's affair."""
    return "".join(unicodedata.normalize("NFC", text).split())


def is_whole(sheet: Sheet) -> int:
    """Everything is there and inside the margins, and no line lies on another; how many pages."""
    said, pages = "", 0
    with opened(draw(sheet)) as document:
        for page in document:
            pages += 1
            text = page.get_textpage()
            said += text.get_text_range()
            apart([text.get_rect(i) for i in range(text.count_rects())])
            text.close()
            inside(page)
            page.close()
    drawn = words(said)
    foot = f"Trang{pages}/{pages}"
    assert foot in drawn
    for number in range(1, pages + 1):  # what stands at the foot of pages cuts into long parts
        drawn = drawn.replace(f"Trang{number}/{pages}", "")
    drawn = drawn.replace(words(printable(sheet.printed, glyphs())), "")
    for wanted in (
        *(sheet.title, sheet.under, *sheet.foot, *(sign for pair in sheet.signs for sign in pair)),
        *(said for part in sheet.parts for said in (part.label, *part.text.splitlines())),
        *(sheet.station.upper(), sheet.above.upper(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ):
        assert words(printable(wanted, glyphs())) in drawn, wanted[:60]
    return pages


def inside(page: Any) -> None:
    picture = page.render(scale=DPI / POINTS).to_pil().convert("L")
    assert picture.size == A4
    left, top, right, bottom = picture.point(lambda grey: 255 if grey < 250 else 0).getbbox()
    assert left >= EDGE
    assert top >= EDGE
    assert right <= A4[0] - EDGE
    assert bottom <= A4[1] - EDGE


def apart(boxes: list[tuple[float, float, float, float]]) -> None:
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            wide = min(one[2], other[2]) - max(one[0], other[0])
            tall = min(one[3], other[3]) - max(one[1], other[1])
            least = min(one[3] - one[1], other[3] - other[1])
            assert wide <= 0 or tall <= 0.35 * least, (one, other)


def with_story(text: str) -> Sheet:
    return replace(SHEET, parts=(*SHEET.parts[:3], Part("Nội dung (nguyên văn)", text, wide=True)))


def test_an_ordinary_tip_is_one_page() -> None:
    assert is_whole(SHEET) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"{STORY} " * 48,
        "W" * 4096,
        "ở\n" * 2000,
        "<b>&amp;" * 500,
        "⚠️ Đừng… bấm → 👍🏽 ế " * 180,
        f"{STORY} " * 17 + "\n" + f"{STORY} " * 17,
    ],
    ids=["long", "one-word", "all-line-ends", "tags", "pictures", "two-long"],
)
def test_whatever_was_told_is_whole_on_as_many_pages_as_it_needs(text: str) -> None:
    assert is_whole(with_story(text)) > 1


@pytest.mark.parametrize("length", range(0, 40, 3))
def test_signatures_never_stand_on_two_pages(length: int) -> None:
    sheet = with_story(f"{STORY}\n" * length or "–")
    with opened(draw(sheet)) as document:
        texts = []
        for page in document:
            text = page.get_textpage()
            texts.append(words(text.get_text_range()))
            text.close()
            page.close()

    together = [t for t in texts if "Cánbộtiếpnhận" in t and "NguyễnThịHoà" in t]
    assert len([t for t in texts if "Chỉhuyđơnvị" in t]) == 1
    assert len(together) == 1


def test_a_trial_says_so_in_the_middle_of_the_sheet() -> None:
    trial = "BẢNTHỬ,khôngphảikênhcủacôngan"

    with opened(draw(replace(SHEET, operator=None))) as document:
        page = document[0]
        text = page.get_textpage()
        assert trial in words(text.get_text_range())
        text.close()
        page.close()
    is_whole(SHEET)


def test_the_file_says_nothing_of_the_tip_about_itself() -> None:
    with opened(draw(SHEET)) as document:
        about = " ".join(document.get_metadata_dict().values())

    assert "wave đỏ" not in about
    assert "Hoà" not in about


def test_the_same_sheet_is_the_same_bytes() -> None:
    assert draw(SHEET) == draw(SHEET)


def test_there_is_a_printer_where_there_are_fonts() -> None:
    assert printer() is draw
