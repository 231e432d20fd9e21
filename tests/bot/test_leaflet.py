"""The leaflet as it comes out of a printer: every word there, nothing cut, the code decodes."""

import unicodedata
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, get_args

import pytest
import zxingcpp

from bot.leaflet import Leaflet, Size, draw, glyphs
from bot.printable import printable
from desk import library
from desk.drafts import (
    CONTACT_LIMIT,
    SIGNS_LIMIT,
    TITLE_LIMIT,
    TODO_LIMIT,
    TRICK_LIMIT,
    Words,
    text_of,
)
from tests.bot.printing import opened
from tests.notices import SHIPPER

SAMPLES = library.samples()
DPI, POINTS = 300, 72
SIZES = {"a4": (2481, 3508), "a5": (1749, 2481)}  # pixels at 300 dpi
EDGE = 9.5 / 25.4 * DPI  # pixels: ordinary printers leave some five millimetres blank
CHAT = "https://tiengloa.tayninh.example/?xa=28114"
BOT = "https://t.me/tiengloa_bot?start=xa_28114"
LEAFLET = Leaflet(
    operator="Công an tỉnh Tây Ninh",
    commune="Xã Rạch Kiến",
    province="Tỉnh Tây Ninh",
    station="Công an xã Rạch Kiến",
    phone="0272 3881 234",
    words=SHIPPER,
    issued="2/3/2026",
    expires="1/4/2026",
    chat=CHAT,
)
LONGEST = max(SAMPLES.values(), key=lambda sample: len(text_of(sample.words)))
both = pytest.mark.parametrize("size", get_args(Size))


@dataclass
class Print:
    """A leaflet on paper."""

    pages: int
    text: str
    boxes: list[tuple[float, float, float, float]]  # left, bottom, right, top of each line; points
    picture: Any
    codes: dict[str, Any]  # what each code says → where it is, in pixels

    @property
    def words(self) -> str:
        """Its text without blanks: where a line ends is the printer's affair."""
        return "".join(self.text.split())


def printed(leaflet: Leaflet, size: Size) -> Print:
    with opened(draw(leaflet, size)) as document:
        page = document[0]
        text = page.get_textpage()
        picture = page.render(scale=DPI / POINTS).to_pil().convert("L")
        found = Print(
            len(document),
            unicodedata.normalize("NFC", text.get_text_range()),
            [text.get_rect(i) for i in range(text.count_rects())],
            picture,
            {code.text: code.position for code in zxingcpp.read_barcodes(picture)},
        )
        text.close()
        page.close()
    return found


def is_whole(found: Print, leaflet: Leaflet, size: Size) -> None:
    """Everything is on the sheet, inside its margins, and no line lies on another or on a code."""
    assert found.pages == 1
    assert found.picture.size == SIZES[size]
    for part in (
        *(getattr(leaflet.words, name) for name in ("title", "trick", "signs", "todo", "contact")),
        *(leaflet.operator or "BẢN THỬ, không phải kênh của công an", leaflet.commune),
        *(leaflet.station, leaflet.phone or "113", leaflet.issued, leaflet.expires),
    ):
        said = "".join(printable(part, glyphs()).replace("•", "").split())
        assert said in found.words.replace("•", ""), part
    inside = (EDGE, EDGE, SIZES[size][0] - EDGE, SIZES[size][1] - EDGE)
    left, top, right, bottom = found.picture.point(lambda grey: 255 if grey < 250 else 0).getbbox()
    assert left >= inside[0]
    assert top >= inside[1]
    assert right <= inside[2]
    assert bottom <= inside[3]
    apart(found)


def apart(found: Print) -> None:
    for number, one in enumerate(found.boxes):
        for other in found.boxes[number + 1 :]:
            wide = min(one[2], other[2]) - max(one[0], other[0])
            tall = min(one[3], other[3]) - max(one[1], other[1])
            least = min(one[3] - one[1], other[3] - other[1])
            assert wide <= 0 or tall <= 0.35 * least, (one, other)
    height = found.picture.size[1]
    for place in found.codes.values():
        corners = (place.top_left, place.bottom_right)
        left, right = (corner.x * POINTS / DPI for corner in corners)
        top, bottom = ((height - corner.y) * POINTS / DPI for corner in corners)
        for box in found.boxes:
            outside = box[2] < left or box[0] > right or box[3] < bottom or box[1] > top
            assert outside, (box, place)


@both
def test_the_longest_notice_of_the_library_is_whole_and_its_code_opens_the_subscription(
    size: Size,
) -> None:
    leaflet = replace(LEAFLET, words=LONGEST.words)
    found = printed(leaflet, size)
    is_whole(found, leaflet, size)
    assert list(found.codes) == [CHAT]


@pytest.mark.parametrize("method", SAMPLES)
def test_every_notice_of_the_library_fits_on_the_small_sheet(method: str) -> None:
    leaflet = replace(LEAFLET, words=SAMPLES[method].words)
    with opened(draw(leaflet, "a5")) as document:
        assert len(document) == 1
        text = document[0].get_textpage()
        words = "".join(unicodedata.normalize("NFC", text.get_text_range()).split())
    for part in (leaflet.words.title, leaflet.words.contact):
        assert "".join(part.split()) in words


@both
def test_with_a_bot_there_are_two_codes(size: Size) -> None:
    leaflet = replace(LEAFLET, telegram=BOT)
    found = printed(leaflet, size)
    is_whole(found, leaflet, size)
    assert set(found.codes) == {CHAT, BOT}
    assert "@tiengloa_bot" in found.words


@both
def test_a_trial_says_so_and_without_a_duty_number_it_is_113(size: Size) -> None:
    leaflet = replace(LEAFLET, operator=None, phone="")
    found = printed(leaflet, size)
    is_whole(found, leaflet, size)
    assert "CônganxãRạchKiến:113" in found.words
    assert "CônganxãRạchKiến:113" not in printed(LEAFLET, size).words


def full(word: str, between: str = " ") -> Words:
    """A notice that is as long as one may be."""
    limits = (TITLE_LIMIT, TRICK_LIMIT, SIGNS_LIMIT, TODO_LIMIT, CONTACT_LIMIT)
    return Words(*((f"{word}{between}" * limit)[:limit].strip() for limit in limits))


@pytest.mark.parametrize(
    "words",
    [
        full("Nguyễn"),
        full("WWWWWWWW"),
        full("W", ""),
        full("ở", "\n"),
        full("<b>&amp;", "</b>"),
        full("⚠️ Đừng… bấm → 👍🏽 ế"),
    ],
    ids=["plain", "wide", "one-word", "all-line-ends", "tags", "pictures"],
)
def test_whatever_an_officer_writes_it_fits_on_the_small_sheet(words: Words) -> None:
    leaflet = replace(
        LEAFLET,
        words=words,
        commune="Phường Văn Miếu - Quốc Tử Giám",
        province="Thành phố Hồ Chí Minh",
        station="Công an phường Văn Miếu - Quốc Tử Giám",
        chat=f"https://{'rat-dai.' * 8}example/?xa=28114",
        telegram=BOT,
    )
    found = printed(leaflet, "a5")
    is_whole(found, leaflet, "a5")
    assert set(found.codes) == {leaflet.chat, BOT}


def test_what_is_shorter_is_set_larger() -> None:
    def title(words: Words) -> float:
        """Points from the foot to the top of the title's last line."""
        leaflet = replace(LEAFLET, words=replace(words, title="Hg"))
        with opened(draw(leaflet, "a4")) as document:
            text = document[0].get_textpage()
            at = text.get_text_range().index("Hg")
            _, bottom, _, top = text.get_charbox(at, loose=True)
            return float(top - bottom)

    assert title(SHIPPER) > 1.2 * title(replace(SHIPPER, trick="Kẻ gian gọi\n" * 25))


def test_the_same_leaflet_is_the_same_file_and_drawn_once() -> None:
    first = draw(LEAFLET, "a4")
    assert draw(replace(LEAFLET), "a4") is first
    draw.cache_clear()
    assert draw(LEAFLET, "a4") == first
    assert draw(replace(LEAFLET, expires="2/4/2026"), "a4") != first


def test_both_fonts_draw_every_vietnamese_letter_and_every_character_of_the_library() -> None:
    vowels = "aăâeêioôơuưy"
    tones = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    letters = {unicodedata.normalize("NFC", v + t) for v in vowels for t in tones} | {"đ"}
    texts = chain.from_iterable(
        (s.words.title, s.words.trick, s.words.signs, s.words.todo, s.words.contact)
        for s in SAMPLES.values()
    )
    wanted = {*letters, *"".join(letters).upper(), *"".join(texts)} - {"\n"}
    assert {char for char in wanted if ord(char) not in glyphs()} == set()


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("⚠️ Đừng  bấm\nliên kết", "Đừng bấm liên kết"),
        ("A → B ✓", "A > B •"),
        ("１１３", "113"),
        ("tie\u0302\u0301ng", "tiếng"),
        ("0272\u00a0388", "0272\u00a0388"),
        ("中文 ß", "?? ß"),
        ("👍🏽", ""),
    ],
)
def test_what_no_font_has_is_left_out_or_marked(written: str, drawn: str) -> None:
    assert printable(written, glyphs()) == drawn
