"""The queue: what waits, in which order, and nothing of what is in it."""

import re
from datetime import timedelta
from html import unescape

import pytest

from console import words
from desk import alerts, queue
from tests.console.browsing import Browser
from tests.world import NEIGHBOUR, World

URGENT = "Cứu với! Đang cháy nhà, có người kẹt bên trong, lửa to lắm"
CALM = "Tháng trước nhà tôi bị mất con gà, không gấp"


def rows(page: str) -> list[str]:
    """Ids of the rows, from above."""
    return re.findall(r'id="row-([0-9a-f-]+)"', page)


async def test_urgent_stands_first_then_the_oldest(world: World, hoa: Browser) -> None:
    ids = world.waiting(world.hoa)
    for text in (CALM, URGENT, CALM, URGENT):
        known = set(world.waiting(world.hoa))
        world.submit(text)
        ids += set(world.waiting(world.hoa)) - known
        world.clock.at += timedelta(hours=1)

    await hoa.open("/desk/queue")

    assert rows(hoa.page) == [str(ids[n]) for n in (1, 3, 0, 2)]
    assert hoa.page.count("KHẨN") == 2


async def test_a_row_says_category_and_hour_and_no_word_of_the_tip(
    world: World, hoa: Browser
) -> None:
    world.submit("Ông Xyzzy bán hàng cấm ở quán nước")

    await hoa.open("/desk/queue")

    assert "15 giờ, 2/3" in hoa.page
    assert "Chưa ai nhận" in hoa.page
    assert "Xyzzy" not in hoa.page
    assert "quán nước" not in hoa.page


async def test_tabs_count_and_show_who_took_what(world: World, hoa: Browser) -> None:
    for _ in range(3):
        world.submit(CALM)
    world.claim(world.minh, world.waiting(world.minh)[0])

    await hoa.open("/desk/queue?tab=taken")

    assert re.findall(r'class="count">(\d+)<', hoa.page) == ["2", "1", *"0000"]
    assert len(rows(hoa.page)) == 1
    assert "Minh" in hoa.page
    assert "<title>(2) Hàng đợi" in hoa.page


async def test_an_empty_tab_says_what_to_do(hoa: Browser) -> None:
    await hoa.open("/desk/queue?tab=taken")
    assert "mở một tin rồi bấm “Nhận tin”" in hoa.page


async def test_an_unknown_tab_is_the_first_one(hoa: Browser) -> None:
    await hoa.open("/desk/queue?tab=%00'\"<script>")
    assert hoa.status == 200
    assert "Chưa có tin mới" in hoa.page


async def test_what_belongs_to_others_is_not_listed(world: World, hoa: Browser) -> None:
    world.submit(CALM, NEIGHBOUR)  # not open: the province holds it
    await hoa.open("/desk/queue")
    assert rows(hoa.page) == []


async def test_the_province_sees_whose_urgent_tip_nobody_opened(
    world: World, ngan: Browser
) -> None:
    world.submit(URGENT)
    for _ in range(3):
        with world.office.begin("sweeps") as desk:
            alerts.sweep(desk)
        world.clock.at += timedelta(minutes=5)

    await ngan.open("/desk/queue")

    assert len(rows(ngan.page)) == 1
    assert "Chưa ai mở" in ngan.page
    assert "Công an xã Rạch Kiến" in ngan.page


async def test_the_console_alone_leads_to_the_queue(hoa: Browser) -> None:
    for path in ("/desk", "/desk/"):
        await hoa.open(path)
        assert hoa.at == "/desk/queue"


async def test_a_row_says_by_when_and_what_is_overdue(world: World, hoa: Browser) -> None:
    world.submit(CALM)
    world.submit(URGENT)

    await hoa.open("/desk/queue")
    assert "Hạn nhận tin: còn 26 giờ" in hoa.page
    assert "Cần mở ngay" in hoa.page

    world.clock.at += timedelta(hours=1)
    await hoa.open("/desk/queue?tab=late")
    assert len(rows(hoa.page)) == 1
    assert "Hạn nhận tin: vừa quá" in hoa.page


async def test_filters_narrow_every_tab_and_stay(world: World, hoa: Browser) -> None:
    world.submit(CALM)
    world.submit("Quán cà phê ghi số đề mỗi chiều, chung chi tại bàn")

    await hoa.open("/desk/queue?category=gambling&days=1")

    assert len(rows(hoa.page)) == 1
    assert words.category("gambling") in hoa.page
    assert 'href="/desk/queue?tab=taken&amp;category=gambling&amp;days=1"' in hoa.page
    assert re.search(r'value="gambling" selected', hoa.page)

    await hoa.open("/desk/queue?category=drugs")
    assert "Bỏ bớt điều kiện lọc" in hoa.page


async def test_filters_nobody_offers_are_none(world: World, hoa: Browser) -> None:
    world.submit(CALM)

    await hoa.open("/desk/queue?category=%27%22<script>&days=-1&after=x&remind=yes")

    assert hoa.status == 200
    assert len(rows(hoa.page)) == 1
    assert "<script>" not in hoa.page.replace('<script src="', "")


async def test_only_a_province_is_offered_stations(hoa: Browser, ngan: Browser) -> None:
    assert 'name="station"' not in await hoa.open("/desk/queue")
    assert "Công an xã Rạch Kiến</option>" in await ngan.open("/desk/queue")


async def test_a_long_queue_comes_page_by_page(
    world: World, hoa: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "PAGE", 2)
    for _ in range(5):
        world.submit(CALM)
    seen: list[str] = []
    path = "/desk/queue?tab=new"
    while path:
        await hoa.open(path)
        seen += rows(hoa.page)
        link = re.search(r'href="([^"]+)">Trang sau', hoa.page)
        path = unescape(link[1]) if link else ""

    assert len(seen) == len(set(seen)) == 5


async def test_searching_opens_tips_in_memory_and_shows_rows_only(
    world: World, hoa: Browser
) -> None:
    world.submit("Nhóm đi xe wave đỏ biển 61C1 trộm chó trong xóm")
    world.submit(CALM)
    await hoa.open("/desk/search")

    await hoa.send("/desk/search", {"q": "wave do 61c1"})

    assert hoa.at == "/desk/search"
    assert len(rows(hoa.page)) == 1
    assert "Thấy trong 1 tin, đã đọc 2 tin mới nhất" in hoa.page
    assert "trong xóm" not in hoa.page


async def test_searching_for_nothing_says_so(hoa: Browser) -> None:
    await hoa.open("/desk/search")
    await hoa.send("/desk/search", {"q": "  "})
    assert hoa.status == 422
    assert "chưa nhập nội dung" in hoa.alert


async def test_a_province_looks_for_what_happened_in_a_commune(world: World, ngan: Browser) -> None:
    world.submit(CALM, NEIGHBOUR)  # not open: the province holds it
    world.submit(CALM, "80")
    await ngan.open("/desk/search")

    await ngan.send("/desk/search", {"place": NEIGHBOUR})
    assert len(rows(ngan.page)) == 1

    await ngan.send("/desk/search", {"place": "Nơi không hề có"})
    assert "Không tìm thấy đơn vị" in ngan.alert
