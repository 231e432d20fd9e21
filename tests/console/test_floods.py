"""A flood in the queue: said once, marked on its rows, closed from one tip with one press."""

from desk import canned
from tests.console.browsing import Browser
from tests.desk.test_floods import calls, rung
from tests.desk.test_twins import ELSE, told
from tests.world import World


async def test_the_queue_says_how_many_are_nearly_the_same(world: World, hoa: Browser) -> None:
    tips = told(world, *calls(6), ELSE)
    rung(world)

    page = await hoa.open("/desk/queue")

    assert "6 tin gần như giống hệt nhau trong 1 giờ" in page
    assert page.count("Giống nhiều tin") == 6
    assert any(f'<a href="/desk/tips/{tip}">6 tin' in page for tip in tips[:6])


async def test_without_a_flood_nothing_is_said(world: World, hoa: Browser) -> None:
    told(world, *calls(4), ELSE)
    rung(world)

    assert "giống hệt" not in await hoa.open("/desk/queue")


async def test_the_others_are_closed_with_one_press(world: World, hoa: Browser) -> None:
    tips = told(world, *calls(6))
    rung(world)
    page = await hoa.open(f"/desk/tips/{tips[0]}")
    assert "không nói gì về việc ai gửi" in page
    assert "Nhận tin này trước" in page

    world.claim(world.hoa, tips[0])
    assert "Kết thúc 5 tin kia" in await hoa.open(f"/desk/tips/{tips[0]}")
    await hoa.send(f"/desk/tips/{tips[0]}/flood", {"disposition": "handled"})
    assert "Hãy chọn kết quả" in hoa.alert
    await hoa.send(f"/desk/tips/{tips[0]}/flood", {"disposition": "twin"})

    assert "Đã kết thúc 5 tin" in hoa.page
    assert set(world.waiting(world.hoa, "closed")) == set(tips[1:])
    assert world.waiting(world.hoa, "taken") == [tips[0]]
    last = world.opened(world.hoa, tips[1]).lines[-1]
    assert last.content["text"] == canned.ENDINGS["twin"]
    assert "giống hệt" not in await hoa.open("/desk/queue")
