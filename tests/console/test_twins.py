"""Twins beside a tip, and closing several with one press."""

from uuid import UUID

from desk import canned
from tests.console.browsing import Browser
from tests.desk.test_twins import AGAIN, ELSE, ONCE, told
from tests.world import World


async def test_twins_stand_beside_the_tip_without_a_word_of_them(
    world: World, hoa: Browser
) -> None:
    once, again = told(world, ONCE, AGAIN)
    page = await hoa.open(f"/desk/tips/{once}")

    assert "Có thể cùng một vụ" in page
    assert f'href="/desk/tips/{again}"' in page
    assert "vision trang" not in page
    assert "không nói gì về việc ai gửi" in page


async def test_without_twins_there_is_no_such_box(world: World, hoa: Browser) -> None:
    once, other = told(world, ONCE, ELSE)
    for tip in (once, other):
        assert "Có thể cùng một vụ" not in await hoa.open(f"/desk/tips/{tip}")


async def test_those_that_are_ticked_are_closed_with_one_press(world: World, hoa: Browser) -> None:
    once, again = told(world, ONCE, AGAIN)
    world.claim(world.hoa, once)
    page = await hoa.open(f"/desk/tips/{once}")
    assert f'name="twin-{again}"' in page

    await hoa.send(f"/desk/tips/{once}/twins", {f"twin-{again}": "1", "disposition": "twin"})

    assert hoa.status == 200
    assert "Đã kết thúc 1 tin" in hoa.page
    assert world.waiting(world.hoa, "closed") == [again]
    lines = world.opened(world.hoa, again).lines
    assert lines[-1].content["text"] == canned.ENDINGS["twin"]


async def test_ticking_none_or_no_result_is_asked_for(world: World, hoa: Browser) -> None:
    once, again = told(world, ONCE, AGAIN)
    world.claim(world.hoa, once)
    await hoa.open(f"/desk/tips/{once}")

    await hoa.send(f"/desk/tips/{once}/twins", {"disposition": "twin"})
    assert "ít nhất một tin" in hoa.alert
    await hoa.send(f"/desk/tips/{once}/twins", {f"twin-{again}": "1"})
    assert "Hãy chọn kết quả" in hoa.alert
    await hoa.send(f"/desk/tips/{once}/twins", {"twin-x": "1", "disposition": "twin"})
    assert "ít nhất một tin" in hoa.alert
    assert world.waiting(world.hoa) == [again]


async def test_a_tip_of_a_colleague_offers_no_box_to_tick(world: World, hoa: Browser) -> None:
    once, again = told(world, ONCE, AGAIN)
    world.claim(world.hoa, once)
    world.claim(world.minh, again)
    page = await hoa.open(f"/desk/tips/{once}")

    assert f'href="/desk/tips/{again}"' in page
    assert f'name="twin-{again}"' not in page


async def test_a_stranger_to_the_tip_closes_nothing(world: World, ngan: Browser) -> None:
    once, again = told(world, ONCE, AGAIN)
    world.claim(world.hoa, once)
    await ngan.open("/desk/queue")
    await ngan.send(f"/desk/tips/{once}/twins", {f"twin-{again}": "1", "disposition": "twin"})

    assert ngan.status == 404
    assert isinstance(again, UUID)
    assert world.waiting(world.hoa) == [again]
