"""Leaflet and loudspeaker text at their addresses: for what is in force, and for nothing else."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from bot import leaflet, leaflet_page
from desk import contacts, notices
from tests.bot.outage import Outage
from tests.bot.site import Visitor, public_site
from tests.notices import SHIPPER, published, submitted
from tests.server import Databases
from tests.world import COMMUNE, NEIGHBOUR, World

POLICE = "Công an tỉnh Tây Ninh"


@pytest.fixture
async def visitor(world: World) -> AsyncIterator[Visitor]:
    async with public_site(world, POLICE) as found:
        yield found


def codes(pdf: bytes) -> set[str]:
    """What the codes on a leaflet say."""
    document = pypdfium2.PdfDocument(pdf)
    picture: Any = document[0].render(scale=300 / 72).to_pil()
    document.close()
    return {code.text for code in zxingcpp.read_barcodes(picture)}


async def test_a_notice_in_force_can_be_printed_in_both_sizes(
    visitor: Visitor, world: World
) -> None:
    id_ = published(world)
    page = await visitor.open(f"/xa/{COMMUNE}")
    assert "Tờ rơi để in" in page
    links = visitor.html
    for size, wide in (("a4", 595), ("a5", 420)):
        path = f"/xa/{COMMUNE}/{id_}/to-roi.pdf?kho={size}"
        assert f'href="{path}"' in links
        await visitor.open(path)
        assert visitor.headers["Content-Type"] == "application/pdf"
        assert visitor.headers["Content-Disposition"] == (
            f'inline; filename="to-roi-{COMMUNE}-{size}.pdf"'
        )
        document = pypdfium2.PdfDocument(visitor.body)
        assert round(document.get_page_size(0)[0]) == wide
        document.close()
    assert codes(visitor.body) == {f"https://tin.example/?xa={COMMUNE}"}


async def test_it_carries_the_duty_number_of_the_commune(visitor: Visitor, world: World) -> None:
    id_ = published(world)
    with world.office.begin("sweeps") as desk:
        rows = ["code,duty_phone,address,checked_on", f"{COMMUNE},0272 3999 999,,2026-03-01"]
        contacts.take(desk, rows)
    await visitor.open(f"/xa/{COMMUNE}/{id_}/to-roi.pdf")
    document = pypdfium2.PdfDocument(visitor.body)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "0272\u00a03999\u00a0999" in text or "0272 3999 999" in text
    assert POLICE in text


async def test_what_is_not_in_force_here_has_no_leaflet(visitor: Visitor, world: World) -> None:
    waiting = submitted(world)
    out = published(world)
    for path in (
        f"/xa/{COMMUNE}/{waiting}/to-roi.pdf",
        f"/xa/{COMMUNE}/{waiting}/loa",
        f"/xa/{NEIGHBOUR}/{out}/to-roi.pdf",
        f"/xa/99999/{out}/loa",
        f"/xa/{COMMUNE}/no-such/to-roi.pdf",
        f"/xa/{COMMUNE}/{out}/to-roi.pdf?kho=a0",
    ):
        await visitor.open(path)
        assert visitor.status == 404, path

    with world.office.begin("desk", world.hoa.id) as desk:
        notices.recall(desk, world.hoa, out, 3, "Ghi sai số")
    await visitor.open(f"/xa/{COMMUNE}/{out}/to-roi.pdf")
    assert visitor.status == 404


async def test_an_expired_notice_has_no_leaflet(visitor: Visitor, world: World) -> None:
    id_ = published(world)
    world.clock.at += timedelta(days=40)
    await visitor.open(f"/xa/{COMMUNE}/{id_}/to-roi.pdf")
    assert visitor.status == 404


async def test_the_text_for_the_loudspeaker_is_plain_and_says_who_speaks(
    visitor: Visitor, world: World
) -> None:
    id_ = published(world)
    text = await visitor.open(f"/xa/{COMMUNE}/{id_}/loa")
    assert visitor.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Công an xã Rạch Kiến thông báo" in text
    assert "ba phẩy năm triệu" in text
    assert "bản thử" not in text
    assert not any(char.isdigit() for char in text)


async def test_a_trial_is_called_one_on_paper_and_on_the_air(world: World) -> None:
    id_ = published(world)
    async with public_site(world) as visitor:
        assert "Đây là bản thử" in await visitor.open(f"/xa/{COMMUNE}/{id_}/loa")
        await visitor.open(f"/xa/{COMMUNE}/{id_}/to-roi.pdf")
        document = pypdfium2.PdfDocument(visitor.body)
        assert "BẢN THỬ" in document[0].get_textpage().get_text_range()
        document.close()


async def test_a_bot_that_can_be_reached_is_on_the_leaflet_and_is_asked_once(world: World) -> None:
    asked = []

    async def bot() -> str:
        asked.append(1)
        return "https://t.me/tiengloa_bot"

    id_ = published(world)
    async with public_site(world, POLICE, bot) as visitor:
        for _ in range(2):
            await visitor.open(f"/xa/{COMMUNE}/{id_}/to-roi.pdf")
            assert f"https://t.me/tiengloa_bot?start=xa_{COMMUNE}" in codes(visitor.body)
    assert len(asked) == 1


async def test_a_bot_that_does_not_answer_holds_no_leaflet_up(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaflet_page, "_ASK_AT_MOST", 0.01)
    asked = []

    async def bot() -> str:
        asked.append(1)
        await asyncio.Event().wait()
        return ""

    id_ = published(world)
    async with public_site(world, POLICE, bot) as visitor:
        for _ in range(2):
            await visitor.open(f"/xa/{COMMUNE}/{id_}/to-roi.pdf")
            assert codes(visitor.body) == {f"https://tin.example/?xa={COMMUNE}"}
    assert len(asked) == 1


async def test_a_program_that_speaks_is_given_the_text_and_its_sound_is_sent(
    world: World, tmp_path: Path
) -> None:
    script = tmp_path / "espeak-ng"
    script.write_text('#!/bin/sh\nprintf "RIFF %s " "$*"\ncat\n')
    script.chmod(0o755)
    id_ = published(world)
    async with public_site(world, POLICE, espeak=str(script)) as visitor:
        text = await visitor.open(f"/xa/{COMMUNE}/{id_}/loa")
        sound = await visitor.open(f"/xa/{COMMUNE}/{id_}/loa.wav")
        assert visitor.headers["Content-Type"] == "audio/wav"
        assert sound == f"RIFF -v vi -s 140 --stdin --stdout {text}"


@pytest.mark.parametrize("script", ["", "#!/bin/sh\nexit 1\n"])
async def test_without_a_program_that_speaks_the_page_says_so(
    world: World, tmp_path: Path, script: str
) -> None:
    program = tmp_path / "espeak-ng"
    if script:
        program.write_text(script)
        program.chmod(0o755)
    id_ = published(world)
    async with public_site(world, POLICE, espeak=str(program)) as visitor:
        page = await visitor.open(f"/xa/{COMMUNE}/{id_}/loa.wav")
        assert visitor.status == 404
        assert "bản chữ" in page


async def test_without_fonts_the_page_says_what_to_do_instead(
    visitor: Visitor, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaflet, "FONTS", tmp_path)
    leaflet.draw.cache_clear()
    leaflet._register.cache_clear()
    id_ = published(world)
    page = await visitor.open(f"/xa/{COMMUNE}/{id_}/to-roi.pdf")
    assert visitor.status == 503
    assert "bản in của trang xã" in page
    assert SHIPPER.trick in await visitor.open(f"/xa/{COMMUNE}/in")


async def test_while_the_database_is_away_the_page_says_so(
    visitor: Visitor, world: World, databases: Databases, owner_url: str
) -> None:
    id_ = published(world)
    outage = Outage(databases, owner_url)
    outage.begins()
    try:
        page = await visitor.open(f"/xa/{COMMUNE}/{id_}/to-roi.pdf")
    finally:
        outage.ends()
    assert visitor.status == 503
    assert "Việc gấp gọi 113" in page
