"""The queue: what waits, in which order, and nothing of what is in it."""

import re
from datetime import timedelta

from desk import alerts
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

    assert re.findall(r'class="count">(\d+)<', hoa.page) == ["2", "1", "0", "0"]
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
