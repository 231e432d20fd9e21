"""A commune's page: what is in force, whom to call, old names; light and without scripts."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest

from desk import contacts, notices
from tests.bot.site import Visitor, public_site
from tests.notices import SHIPPER, published, submitted
from tests.world import COMMUNE, World

ATOM = "{http://www.w3.org/2005/Atom}"
GOOD = f"{COMMUNE},0272 3881 234,Ấp 1A,2026-02-27"


@pytest.fixture
async def visitor(world: World) -> AsyncIterator[Visitor]:
    async with public_site(world, "Công an tỉnh Tây Ninh") as found:
        yield found


def imported(world: World, *lines: str) -> contacts.Imported:
    with world.office.begin("sweeps") as desk:
        return contacts.take(desk, ["code,duty_phone,address,checked_on", *lines])


async def test_the_page_shows_what_is_in_force_and_old_names(
    visitor: Visitor, world: World
) -> None:
    submitted(world)
    page = await visitor.open(f"/xa/{COMMUNE}")
    assert "Hiện không có thông báo nào" in page
    assert "Long Hòa" in page

    published(world)
    page = await visitor.open(f"/xa/{COMMUNE}")
    for part in (SHIPPER.title, SHIPPER.trick, SHIPPER.signs, SHIPPER.todo, SHIPPER.contact):
        assert part in page
    assert "Ngày 2/3/2026" in page


async def test_without_a_duty_number_it_says_113(visitor: Visitor, world: World) -> None:
    assert "Việc gấp bà con gọi 113" in await visitor.open(f"/xa/{COMMUNE}")
    imported(world, GOOD)
    page = await visitor.open(f"/xa/{COMMUNE}")
    assert "0272 3881 234" in page
    assert "kiểm tra ngày 27/2/2026" in page
    assert 'href="tel:02723881234"' in visitor.html


async def test_a_full_page_weighs_less_than_thirty_kilobytes_and_has_no_script(
    visitor: Visitor, world: World
) -> None:
    for _ in range(5):
        published(world)
    imported(world, GOOD)
    await visitor.open(f"/xa/{COMMUNE}")
    style = visitor.html.split('rel="stylesheet" href="')[1].split('"')[0]
    page = visitor.html
    await visitor.open(style)
    assert visitor.status == 200
    assert len(page.encode()) + len(visitor.html.encode()) < 30_000
    assert "<script" not in page


async def test_a_recalled_notice_says_so_instead_of_vanishing(
    visitor: Visitor, world: World
) -> None:
    id_ = published(world)
    with world.office.begin("desk", world.hoa.id) as desk:
        notices.recall(desk, world.hoa, id_, 3, "Số điện thoại ghi sai")
    page = await visitor.open(f"/xa/{COMMUNE}")
    assert "Đã thu hồi" in page
    assert "Số điện thoại ghi sai" in page
    assert SHIPPER.trick not in page


async def test_one_notice_has_an_address_to_share_and_all_have_a_leaflet(
    visitor: Visitor, world: World
) -> None:
    id_ = published(world)
    assert SHIPPER.trick in await visitor.open(f"/xa/{COMMUNE}/{id_}")
    leaflet = await visitor.open(f"/xa/{COMMUNE}/in")
    assert SHIPPER.trick in leaflet
    assert f"https://tin.example/xa/{COMMUNE}" in leaflet
    await visitor.open(f"/xa/{COMMUNE}/no-such-notice")
    assert visitor.status == 404


async def test_the_feed_is_well_formed_and_says_the_same(visitor: Visitor, world: World) -> None:
    id_ = published(world)
    await visitor.open(f"/xa/{COMMUNE}/feed")
    feed = ET.fromstring(visitor.html.encode())  # noqa: S314 # our own
    entries = feed.findall(f"{ATOM}entry")
    assert visitor.headers["Content-Type"].startswith("application/atom+xml")
    assert [e.findtext(f"{ATOM}id") for e in entries] == [f"urn:uuid:{id_}"]
    assert SHIPPER.trick in (entries[0].findtext(f"{ATOM}content") or "")


async def test_an_empty_feed_is_of_today_and_never_of_a_moment_to_come(
    visitor: Visitor, world: World
) -> None:
    world.clock.at = datetime(2026, 3, 2, 23, 59, tzinfo=UTC)  # 06:59 of the third, here
    await visitor.open(f"/xa/{COMMUNE}/feed")

    feed = ET.fromstring(visitor.html.encode())  # noqa: S314 # our own
    updated = feed.findtext(f"{ATOM}updated") or ""

    assert updated == "2026-03-03T00:00:00+07:00"
    assert datetime.fromisoformat(updated) <= world.clock.at


async def test_a_code_nobody_has_is_not_found(visitor: Visitor) -> None:
    for code in ("99999", "x", "80"):
        await visitor.open(f"/xa/{code}")
        assert visitor.status == 404


def test_each_bad_line_is_named_and_the_good_ones_are_stored(world: World) -> None:
    done = imported(
        world,
        GOOD,
        "99999,113,,2026-02-27",
        f"{COMMUNE},hỏi trực ban,,2026-02-27",
        f"{COMMUNE},,Ấp 1, xã Rạch Kiến,2026-02-27",
        f"{COMMUNE},,,27/2/2026",
        f"{COMMUNE},,,2026-12-31",
        "",
    )
    assert done.stored == 1
    assert [bad.number for bad in done.bad] == [3, 4, 5, 6, 7]
    assert "no station has the code '99999'" in done.bad[0].reason
    assert "no telephone number" in done.bad[1].reason
    assert "needs quotes" in done.bad[2].reason
    with world.office.begin("intake") as desk:
        found = contacts.find(desk, COMMUNE)
    assert found is not None
    assert (found.duty_phone, found.checked_on) == ("0272 3881 234", date(2026, 2, 27))


def test_a_file_with_other_columns_is_refused_whole(world: World) -> None:
    with (
        world.office.begin("sweeps") as desk,
        pytest.raises(contacts.BadFileError, match="first line"),
    ):
        contacts.take(desk, ["xa,so", GOOD])


def test_a_later_file_replaces_what_was_known(world: World) -> None:
    imported(world, GOOD)
    imported(world, f"{COMMUNE},0272 3999 999,,2026-03-01")
    with world.office.begin("intake") as desk:
        found = contacts.find(desk, COMMUNE)
    assert found is not None
    assert found.duty_phone == "0272 3999 999"
