"""What of a tip goes on paper, when, and for whom."""

from dataclasses import replace
from uuid import UUID

import pytest

from console.facts import Sheet
from desk import facts, formal
from desk.officers import Signed
from tests.console.browsing import Browser
from tests.console.conftest import FACTS, Serve
from tests.world import NEIGHBOUR, World

STORY = "Khuya qua có hai người đi xe wave đỏ bẻ khoá lấy xe máy ở chợ Rạch Kiến"


class Printer:
    """Takes every sheet."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []

    def __call__(self, sheet: Sheet) -> bytes:
        """As a PDF, as far as a browser looks."""
        self.sheets.append(sheet)
        return b"%PDF-1.4 sheet"

    @property
    def said(self) -> str:
        """Every word of the last sheet."""
        sheet = self.sheets[-1]
        parts = (word for part in sheet.parts for word in (part.label, part.text))
        return "\n".join((sheet.title, sheet.under, *parts, *sheet.foot, sheet.printed))


@pytest.fixture
def printer() -> Printer:
    return Printer()


@pytest.fixture
async def desk_of(world: World, serve: Serve, open_browser: object, printer: Printer) -> object:
    """A browser of an officer, on a console that prints."""
    server = await serve(world.office, replace(FACTS, paper=printer))

    async def start(signed: Signed) -> Browser:
        browser: Browser = await open_browser(server)  # type: ignore[operator] # makes browsers
        browser.enter(world.office, signed)
        return browser

    return start


def told(world: World) -> UUID:
    world.submit(STORY)
    return world.newest(world.hoa)


async def test_the_slip_holds_what_was_told_and_nothing_of_who_told_it(
    world: World, desk_of: object, printer: Printer
) -> None:
    receipt = world.submit(STORY).receipt
    tip = world.newest(world.hoa)
    world.claim(world.hoa, tip)
    world.ask(world.hoa, tip, "Xe màu gì?")
    world.add(receipt, "Màu đỏ, không biển số")
    hoa: Browser = await desk_of(world.hoa)  # type: ignore[operator] # makes browsers
    async with hoa.client.get(f"/desk/tips/{tip}/slip") as response:
        assert response.content_type == "application/pdf"
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Content-Disposition"].startswith("inline")
        assert await response.read() == b"%PDF-1.4 sheet"

    assert printer.sheets[-1].title == "PHIẾU TIẾP NHẬN THÔNG TIN BAN ĐẦU"
    assert STORY in printer.said
    assert "Màu đỏ, không biển số" in printer.said
    assert "15 giờ, ngày 2/3/2026" in printer.said
    assert "CHƯA KIỂM CHỨNG" in printer.said
    assert "không có mục về người cung cấp tin" in printer.said
    assert receipt not in printer.said
    labels = {part.label for part in printer.sheets[-1].parts}
    assert not {label for label in labels if "người báo" in label.lower() and "," not in label}
    assert not {"Họ tên", "Số điện thoại", "Địa chỉ"} & labels


async def test_facts_say_whether_a_person_looked_at_them(
    world: World, desk_of: object, printer: Printer
) -> None:
    tip = told(world)
    hoa: Browser = await desk_of(world.hoa)  # type: ignore[operator] # makes browsers
    await hoa.open(f"/desk/tips/{tip}/slip")
    assert "Máy gợi ý từ nội dung, chưa ai kiểm tra" in printer.said

    with world.office.begin("desk", world.minh.id) as desk:
        known = facts.Facts("28114", "hẻm sau chợ", "2 giờ sáng", "hai người lạ", "no")
        facts.save(desk, world.minh, tip, known)
    await hoa.open(f"/desk/tips/{tip}/slip")
    assert "Minh đã ghi" in printer.said
    assert "hẻm sau chợ" in printer.said


async def test_the_formal_record_exists_only_after_the_act(
    world: World, desk_of: object, printer: Printer
) -> None:
    tip = told(world)
    world.claim(world.hoa, tip)
    hoa: Browser = await desk_of(world.hoa)  # type: ignore[operator] # makes browsers
    page = await hoa.open(f"/desk/tips/{tip}")
    assert f"{tip}/slip" in page
    assert f"{tip}/record" not in page
    await hoa.open(f"/desk/tips/{tip}/record")
    assert hoa.status == 422
    assert printer.sheets == []

    with world.office.begin("desk", world.hoa.id) as desk:
        formal.accept(desk, world.hoa, tip, remote=False)
    minh: Browser = await desk_of(world.minh)  # type: ignore[operator] # makes browsers
    assert f"{tip}/record" in await minh.open(f"/desk/tips/{tip}")
    await minh.open(f"/desk/tips/{tip}/record")

    assert printer.sheets[-1].title == "BIÊN BẢN TIẾP NHẬN NGUỒN TIN VỀ TỘI PHẠM"
    assert "Hồi 15 giờ, ngày 2/3/2026" in printer.said
    assert ("Cán bộ tiếp nhận", "Hoa") in {(p.label, p.text) for p in printer.sheets[-1].parts}
    assert "15 giờ, ngày 3/3/2026" in printer.said, "24 hours to hand it over"
    assert "Điều 144" in printer.said
    assert "CHƯA KIỂM CHỨNG" not in printer.said


async def test_each_print_is_in_the_audit_log_and_changes_nothing(
    world: World, desk_of: object
) -> None:
    tip = told(world)
    world.claim(world.hoa, tip)
    hoa: Browser = await desk_of(world.hoa)  # type: ignore[operator] # makes browsers
    await hoa.open(f"/desk/tips/{tip}")
    async with hoa.client.get(f"/desk/tips/{tip}/slip") as response:
        assert response.status == 200
    await hoa.send(f"/desk/tips/{tip}/note", {"text": "Đã in để lưu"})

    assert hoa.status == 200
    assert "in phiếu tiếp nhận" in hoa.page
    deeds = [(d.action, d.detail) for d in world.opened(world.hoa, tip).deeds]
    assert ("tip.printed", "slip") in deeds


async def test_another_station_prints_nothing(
    world: World, desk_of: object, printer: Printer
) -> None:
    tip = told(world)
    ngan: Browser = await desk_of(world.ngan)  # type: ignore[operator] # makes browsers
    for paper in ("slip", "record"):
        await ngan.open(f"/desk/tips/{tip}/{paper}")
        assert ngan.status == 404
    world.claim(world.hoa, tip)
    world.transfer(world.hoa, tip, NEIGHBOUR)
    hoa: Browser = await desk_of(world.hoa)  # type: ignore[operator] # makes browsers
    await hoa.open(f"/desk/tips/{tip}/slip")

    assert hoa.status == 404
    assert printer.sheets == []


async def test_without_fonts_it_says_so(world: World, hoa: Browser) -> None:
    tip = told(world)
    await hoa.open(f"/desk/tips/{tip}/slip")

    assert hoa.status == 503
    assert "phông chữ" in hoa.page
