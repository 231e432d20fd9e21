"""The printed leaflet of one notice, A4 or A5: large type, whom to call, a code to the chat.

What is longer is set smaller until it fits: nothing is cut off, and nothing goes on a second page.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Literal
from xml.sax.saxutils import escape

import segno
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from bot.printable import printable
from desk.drafts import Words

Size = Literal["a4", "a5"]
FONTS = Path(__file__).parent / "fonts"  # Be Vietnam Pro, fetched by npm; tools/setup.sh
REGULAR, BOLD = "BeVietnamPro_400Regular", "BeVietnamPro_700Bold"

_KEPT = 64  # leaflets; one is some 40 kB
_INK, _ACCENT, _DANGER, _LINE = map(HexColor, ("#1c2126", "#0a5c66", "#b3261e", "#b9b5ac"))
_QUIET = 4  # cells around a code, as its standard asks
_GLUE = "\u00a0"  # keeps a number on one line
_CALLS = "Khẩn_cấp_113. Cháy_114. Cấp_cứu_115. Trẻ_em_111."
_STEP, _SMALLEST = 0.25, 4.0  # points
drawing = Lock()  # a font is read at one place at a time


class FontsMissingError(Exception):
    """bot/fonts is empty: `make run` fetches them."""


@dataclass(frozen=True, slots=True)
class Leaflet:
    """Everything that is printed; two that are equal are the same sheet.

    `operator` None prints that it is a trial; `phone` empty prints 113 in its place; `chat` opens
    the web chat at this commune's subscription, `telegram` the bot there, if there is one.
    """

    operator: str | None
    commune: str
    province: str
    station: str
    phone: str
    words: Words
    issued: str
    expires: str
    chat: str
    telegram: str = ""


@dataclass(frozen=True, slots=True)
class _Sheet:
    size: tuple[float, float]
    margin: float
    largest: float  # points of the body
    code: float  # side of the code
    small: float  # points beside the code


_SHEETS = {
    "a4": _Sheet(A4, 15 * mm, 19, 40 * mm, 11.5),
    "a5": _Sheet(A5, 10 * mm, 13, 29 * mm, 8.5),
}


@lru_cache(maxsize=_KEPT)
def draw(leaflet: Leaflet, size: Size) -> bytes:
    """The leaflet as PDF; the same leaflet gives the same bytes.

    Raises:
        FontsMissingError: it cannot be drawn on this machine.
    """
    with drawing:
        _register()
        out = BytesIO()
        canvas = Canvas(out, pagesize=_SHEETS[size].size, invariant=1)
        canvas.setTitle(leaflet.words.title)
        canvas.setAuthor(leaflet.operator or "Tiếng Loa, bản thử")
        canvas.setSubject(f"{leaflet.commune}, {leaflet.province}")
        _page(canvas, leaflet, _SHEETS[size])
        canvas.save()
        return out.getvalue()


def glyphs() -> frozenset[int]:
    """Characters both fonts can draw."""
    return _register()


@cache
def _register() -> frozenset[int]:
    known = []
    for name in (REGULAR, BOLD):
        file = FONTS / f"{name}.ttf"
        if not file.exists():
            raise FontsMissingError(f"{file.name} is not in {FONTS.name}")
        font = TTFont(name, str(file))
        pdfmetrics.registerFont(font)
        known.append(frozenset(font.face.charToGlyph))
    return known[0] & known[1]


def _page(canvas: Canvas, leaflet: Leaflet, sheet: _Sheet) -> None:
    width, height = sheet.size
    inner = width - 2 * sheet.margin
    top = _head(canvas, leaflet, sheet, height - sheet.margin)
    bottom = _foot(canvas, leaflet, sheet)
    _stack(canvas, _fitting(leaflet.words, sheet, inner, top - bottom), sheet, top)


def _head(canvas: Canvas, leaflet: Leaflet, sheet: _Sheet, top: float) -> float:
    """Who speaks, where and when. Returns: where the body begins."""
    said = leaflet.operator or "BẢN THỬ, không phải kênh của công an"
    colour = _ACCENT if leaflet.operator else _DANGER
    dates = f"Ngày {leaflet.issued}. Có hiệu lực đến {leaflet.expires}."
    place = f"{leaflet.commune}, {_lower(leaflet.province)}"
    rows = [
        _text(said, sheet.small * 1.15, BOLD, colour),
        _text(place, sheet.small * 1.15, BOLD),
        _text(dates, sheet.small * 0.95),
    ]
    return _stack(canvas, rows, sheet, top, rule=True)


def _foot(canvas: Canvas, leaflet: Leaflet, sheet: _Sheet) -> float:
    """Codes to scan and numbers to call. Returns: where the body must end."""
    width = sheet.size[0] - 2 * sheet.margin
    codes = [address for address in (leaflet.chat, leaflet.telegram) if address]
    beside = width - len(codes) * (sheet.code + 2 * mm) - 2 * mm
    rows = list(_beside(leaflet, sheet.small))
    tall = max(sheet.code, _height(rows, beside))
    at = sheet.margin + tall
    for number, address in enumerate(codes):
        across = sheet.margin + number * (sheet.code + 2 * mm)
        _code(canvas, address, across, at - sheet.code, sheet.code)
    line = at + 2 * mm
    left = sheet.margin + width - beside
    for row in rows:
        _, tall_row = row.wrap(beside, at)
        at -= tall_row + row.style.spaceBefore
        row.drawOn(canvas, left, at)
    canvas.setStrokeColor(_LINE)
    canvas.line(sheet.margin, line, sheet.margin + width, line)
    return line + 2 * mm


def _beside(leaflet: Leaflet, size: float) -> Iterator[Paragraph]:
    phone = (leaflet.phone or "113").replace(" ", _GLUE)
    about = f"cảnh báo của {_lower(leaflet.commune)}"
    follow = f"Quét mã để nhận {about}, hỏi đáp, báo tin (không cần xưng tên)."
    yield _text(f"{leaflet.station}: {phone}", size * 1.3, BOLD, _ACCENT)
    yield _text(_CALLS.replace("_", _GLUE), size, BOLD, before=0.3)
    yield _text(follow, size, before=0.5)
    address = leaflet.chat.partition("://")[2]
    yield _text(f"Hoặc mở trang: {address}", size * 0.9, before=0.3)
    if leaflet.telegram:
        bot = leaflet.telegram.rpartition("/")[2].partition("?")[0]
        yield _text(f"Mã bên phải mở Telegram: @{bot}", size * 0.9, before=0.3)


def _fitting(words: Words, sheet: _Sheet, width: float, room: float) -> list[Paragraph]:
    """The body in the largest type that fits."""
    steps = int((sheet.largest - _SMALLEST) / _STEP) + 1
    sizes = [sheet.largest - step * _STEP for step in range(steps)]
    for lines in (True, False):  # so many line ends that no type fits are given up

        def fits(points: float, lines: bool = lines) -> bool:  # noqa: FBT001 # bound to this round
            return _height(list(_body(words, points, lines=lines)), width) <= room

        first = bisect_left(sizes, 1, key=fits)  # from larger to smaller
        if first < len(sizes):
            return list(_body(words, sizes[first], lines=lines))
    return list(_body(words, _SMALLEST, lines=False))


def _body(words: Words, points: float, *, lines: bool) -> Iterator[Paragraph]:
    yield _text(words.title, points * 1.55, BOLD, _DANGER, before=0.2)
    for called, text in (
        ("Thủ đoạn", words.trick),
        ("Dấu hiệu", words.signs),
        ("Cần làm gì", words.todo),
        ("Liên hệ", words.contact),
    ):
        yield _text(called, points * 1.1, BOLD, _ACCENT, before=0.7)
        for line in text.splitlines() if lines else [" ".join(text.split())]:
            if line.strip():
                yield _line(line.strip(), points)


def _line(line: str, points: float) -> Paragraph:
    bullet = line.startswith(("•", "- "))
    said = line.lstrip("•- ") if bullet else line
    return _text(said, points, before=0.2, bullet="•" if bullet else "")


def _text(
    text: str,
    points: float,
    font: str = REGULAR,
    colour: Color = _INK,
    *,
    before: float = 0.0,
    bullet: str = "",
) -> Paragraph:
    """A paragraph; `before` is the gap above it in lines of its own type."""
    style = ParagraphStyle(
        "line",
        fontName=font,
        fontSize=points,
        leading=points * 1.3,
        textColor=colour,
        spaceBefore=points * before,
        leftIndent=points * 1.2 if bullet else 0,
        bulletFontName=font,
        bulletFontSize=points,
        splitLongWords=1,
    )
    return Paragraph(escape(printable(text, glyphs())), style, bulletText=bullet or None)


def _lower(name: str) -> str:
    """A place's name in the middle of a sentence."""
    return name[:1].lower() + name[1:]


def _height(rows: list[Paragraph], width: float) -> float:
    return sum(row.wrap(width, 10_000)[1] + row.style.spaceBefore for row in rows)


def _stack(
    canvas: Canvas, rows: list[Paragraph], sheet: _Sheet, top: float, *, rule: bool = False
) -> float:
    """Draw one below the other. Returns: where the next may begin."""
    width = sheet.size[0] - 2 * sheet.margin
    for row in rows:
        _, tall = row.wrap(width, top)
        top -= tall + row.style.spaceBefore
        row.drawOn(canvas, sheet.margin, top)
    if rule:
        top -= 2 * mm
        canvas.setStrokeColor(_LINE)
        canvas.line(sheet.margin, top, sheet.margin + width, top)
        top -= mm
    return top


def _code(canvas: Canvas, address: str, left: float, bottom: float, side: float) -> None:
    """A QR code; medium correction survives a fold and a drop of rain."""
    cells = [list(row) for row in segno.make(address, error="m", micro=False).matrix]
    cell = side / (len(cells) + 2 * _QUIET)
    canvas.setFillColor(_INK)
    for number, row in enumerate(cells):
        at = bottom + side - (number + 1 + _QUIET) * cell
        for column, dark in enumerate(row):
            if dark:
                # A hair wider, so that no light shines between two dark cells on paper.
                canvas.rect(
                    left + (column + _QUIET) * cell, at, cell * 1.02, cell * 1.02, stroke=0, fill=1
                )
