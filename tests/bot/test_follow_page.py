"""The page of one subscriber: only its link opens it, and what is pressed happens at once."""

from collections.abc import AsyncIterator

import pytest

from desk import subscriptions
from desk.inbox import Lane
from desk.subscriptions import Wish
from desk.topics import topic_ids
from tests.bot.site import Visitor, public_site
from tests.world import COMMUNE, NEIGHBOUR, World


@pytest.fixture
async def visitor(world: World) -> AsyncIterator[Visitor]:
    async with public_site(world) as found:
        yield found


@pytest.fixture
def page(world: World) -> Lane:
    lane = subscriptions.new_page()
    with world.office.begin("intake") as desk:
        subscriptions.follow(desk, lane, Wish((COMMUNE,), ("money",), "school"))
    return lane


def wish(world: World, page: Lane) -> Wish | None:
    with world.office.begin("intake") as desk:
        found = subscriptions.find(desk, page)
    return found.wish if found else None


async def test_the_link_shows_what_was_chosen_and_no_other_link_does(
    visitor: Visitor, page: Lane
) -> None:
    words = await visitor.open(f"/nhan/{page.address}")
    assert "Xã Rạch Kiến, Tỉnh Tây Ninh" in words
    assert 'name="topic-money" checked' in visitor.html
    assert "<script" not in visitor.html
    assert visitor.headers["Referrer-Policy"] == "no-referrer"
    assert visitor.headers["Cache-Control"] == "no-store"

    for key in (page.address[:-1] + "!", "A" * 22, "x"):
        assert "Không có trang này" in await visitor.open(f"/nhan/{key}")
        assert visitor.status == 404


async def test_choices_are_changed_on_the_page(visitor: Visitor, page: Lane, world: World) -> None:
    await visitor.send(
        f"/nhan/{page.address}",
        **{f"commune_{NEIGHBOUR}": "on", "topic_family": "on", "audience": "office", "do": "save"},
    )
    assert wish(world, page) == Wish((NEIGHBOUR,), ("family",), "office")


async def test_a_place_is_added_by_an_old_name(visitor: Visitor, page: Lane, world: World) -> None:
    await visitor.send(
        f"/nhan/{page.address}",
        **{f"commune_{NEIGHBOUR}": "on", "add": "xã Long Hòa, Cần Đước, Long An", "do": "save"},
    )
    assert wish(world, page) == Wish((COMMUNE, NEIGHBOUR), topic_ids(), "household")


async def test_an_unclear_place_is_offered_to_choose_from(
    visitor: Visitor, page: Lane, world: World
) -> None:
    words = await visitor.send(
        f"/nhan/{page.address}", **{f"commune_{COMMUNE}": "on", "add": "Tân Phú", "do": "save"}
    )
    assert "chưa rõ là đâu" in words
    assert visitor.html.count('name="commune-') >= 3
    found = wish(world, page)
    assert found is not None
    assert found.communes == (COMMUNE,)


async def test_nothing_chosen_is_refused_and_nothing_is_lost(
    visitor: Visitor, page: Lane, world: World
) -> None:
    assert "ít nhất một xã" in await visitor.send(f"/nhan/{page.address}", do="save")
    assert wish(world, page) == Wish((COMMUNE,), ("money",), "school")


async def test_pausing_and_stopping_work_at_once(
    visitor: Visitor, page: Lane, world: World
) -> None:
    assert "đang tạm ngừng nhận" in await visitor.send(f"/nhan/{page.address}", do="pause")
    assert "sẽ lại nhận" in await visitor.send(f"/nhan/{page.address}", do="resume")
    assert "Đã xóa đăng ký" in await visitor.send(f"/nhan/{page.address}", do="stop")
    assert wish(world, page) is None
    await visitor.open(f"/nhan/{page.address}")
    assert visitor.status == 404


async def test_a_page_on_trial_says_so(visitor: Visitor, page: Lane) -> None:
    assert "BẢN THỬ" in await visitor.open(f"/nhan/{page.address}")
