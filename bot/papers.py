"""A sheet of A4 as officers file it: head, title, parts, signatures; on as many pages as needed."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    HRFlowable,
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from bot.leaflet import BOLD, FONTS, REGULAR, drawing, glyphs
from bot.printable import printable
from console.facts import Part, Sheet

_MARGIN = 20 * mm
_WIDTH = A4[0] - 2 * _MARGIN
_FRAME = 6  # points that reportlab leaves around everything
_LABEL = 44 * mm
_INK, _SOFT, _DANGER, _LINE = map(HexColor, ("#1c2126", "#565c62", "#b3261e", "#b9b5ac"))
_POINTS, _SMALL = 11.0, 9.0
_NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_TRIAL = "BẢN THỬ, không phải kênh của công an"
_SIGN = 22 * mm  # room for a signature


def printer() -> Callable[[Sheet], bytes] | None:
    """What draws sheets; None where the fonts are missing (`make run` fetches them)."""
    there = all((FONTS / f"{name}.ttf").exists() for name in (REGULAR, BOLD))
    return draw if there else None


def draw(sheet: Sheet) -> bytes:
    """The sheet as PDF; nothing of the tip stands in the file's own description."""
    with drawing:
        glyphs()
        out = BytesIO()
        document = SimpleDocTemplate(
            out,
            pagesize=A4,
            leftMargin=_MARGIN - _FRAME,
            rightMargin=_MARGIN - _FRAME,
            topMargin=15 * mm,
            bottomMargin=18 * mm,
            title=sheet.title.capitalize(),
            author=sheet.station,
            invariant=1,
        )
        document.build(list(_story(sheet)), canvasmaker=_numbered(sheet))
        return out.getvalue()


def _story(sheet: Sheet) -> Iterator[Flowable]:
    yield _head(sheet)
    yield Spacer(0, 6 * mm)
    if sheet.operator is None:
        yield _text(_TRIAL, font=BOLD, colour=_DANGER, centred=True)
        yield Spacer(0, 2 * mm)
    yield _text(sheet.title, 15, BOLD, centred=True)
    yield _text(sheet.under, font=REGULAR, colour=_SOFT, centred=True)
    yield Spacer(0, 5 * mm)
    for part in sheet.parts:
        yield from _part(part)
    yield Spacer(0, 3 * mm)
    yield HRFlowable(width="100%", color=_LINE, thickness=0.6)
    for line in sheet.foot:
        yield _text(line, _SMALL, colour=_SOFT, before=0.5)
    yield KeepTogether([Spacer(0, 6 * mm), _signatures(sheet)])


def _head(sheet: Sheet) -> Flowable:
    """Who on the left, the nation on the right, as on every official paper (decree 30/2020)."""
    left = [_text(sheet.above.upper(), _SMALL + 0.5, centred=True),
            _text(sheet.station.upper(), _SMALL + 0.5, BOLD, centred=True)]  # fmt: skip
    right = [_text(_NATION[0], _SMALL + 0.5, BOLD, centred=True),
             _text(_NATION[1], _SMALL + 1.5, BOLD, centred=True)]  # fmt: skip
    return _columns([[left, right]], (_WIDTH * 0.42, _WIDTH * 0.58))


def _part(part: Part) -> Iterator[Flowable]:
    label = _text(part.label, font=BOLD)
    lines = [_text(line, leading=1.4) for line in part.text.splitlines() if line.strip()]
    if not part.wide:
        yield _columns([[[label], lines]], (_LABEL, _WIDTH - _LABEL), below=1.6 * mm)
        return
    first, *rest = lines or [_text("–")]
    yield Spacer(0, 1.5 * mm)
    # A label alone at the foot of a page would be read as nothing.
    yield KeepTogether([label, first]) if _short(part) else label
    if not _short(part):
        yield first
    yield from rest
    yield Spacer(0, 2 * mm)


def _short(part: Part) -> bool:
    """Whether its first line surely fits on a page together with its label."""
    return len(part.text.split("\n", 1)[0]) < 1500  # noqa: PLR2004 # a page holds some 3,000


def _signatures(sheet: Sheet) -> Flowable:
    titles = [[_text(title, font=BOLD, centred=True),
               _text("(ký, ghi rõ họ tên)", _SMALL, colour=_SOFT, centred=True),
               Spacer(0, _SIGN), _text(name, font=BOLD, centred=True)]
              for title, name in sheet.signs]  # fmt: skip
    return _columns([titles], [_WIDTH / len(titles)] * len(titles))


def _columns(rows: list[list[Any]], widths: Any, below: float = 0.0) -> Table:  # noqa: ANN401 # reportlab's own
    return Table(
        rows,
        colWidths=widths,
        style=[
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), below),
        ],
    )


def _text(  # noqa: PLR0913 # how a line looks
    text: str,
    points: float = _POINTS,
    font: str = REGULAR,
    colour: Color = _INK,
    before: float = 0.0,
    leading: float = 1.3,
    *,
    centred: bool = False,
) -> Paragraph:
    style = ParagraphStyle(
        "line",
        fontName=font,
        fontSize=points,
        leading=points * leading,
        textColor=colour,
        spaceBefore=points * before,
        alignment=TA_CENTER if centred else 0,
        splitLongWords=1,
    )
    return Paragraph(escape(printable(text, glyphs())), style)


def _numbered(sheet: Sheet) -> type[Canvas]:
    """A canvas that writes who printed it, and "1/2", once it knows how many pages there are."""

    class Numbered(Canvas):
        def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 # reportlab's own
            super().__init__(*args, **more)
            self._pages: list[dict[str, Any]] = []

        def showPage(self) -> None:  # noqa: N802 # reportlab's name
            self._pages.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined] # as reportlab's own manual does

        def save(self) -> None:
            for number, page in enumerate(self._pages, 1):
                self.__dict__.update(page)
                self.setFont(REGULAR, _SMALL)
                self.setFillColor(_SOFT)
                self.drawString(_MARGIN, 12 * mm, printable(sheet.printed, glyphs()))
                self.drawRightString(A4[0] - _MARGIN, 12 * mm, f"Trang {number}/{len(self._pages)}")
                super().showPage()
            super().save()

    return Numbered
