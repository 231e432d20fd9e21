"""Where an old commune belongs now: found as people type it, with its clause and whom to call."""

from collections.abc import AsyncIterator

import pytest

from desk import contacts, hamlets
from tests.bot.site import Visitor, public_site
from tests.world import COMMUNE, World

SUOI_DA = ("25480", "25552")  # Bình Minh and Dương Minh Châu: resolution 1682, clauses 88 and 64


@pytest.fixture
async def visitor(world: World) -> AsyncIterator[Visitor]:
    async with public_site(world, "Công an tỉnh Tây Ninh") as found:
        yield found


@pytest.mark.parametrize(
    "typed", ["xã Long Hòa, Cần Đước, Long An", "x. long hoa h. can duoc", "LONG HOÀ CẦN ĐƯỚC"]
)
async def test_an_old_name_is_answered_with_the_new_one_its_clause_and_a_link(
    visitor: Visitor, typed: str
) -> None:
    page = await visitor.open(f"/xa?ten={typed}")

    assert "Xã Long Hòa (cũ) Huyện Cần Đước, Tỉnh Long An" in page
    assert "→ Xã Rạch Kiến , Tỉnh Tây Ninh." in page
    assert "khoản 40 Điều 1 Nghị quyết số 1682/NQ-UBTVQH15 ngày 16/6/2025" in page
    assert f'href="/xa/{COMMUNE}"' in visitor.html
    assert "Tìm được 1 nơi" in page


async def test_the_stations_number_is_given_and_113_where_nobody_told_it(
    visitor: Visitor, world: World
) -> None:
    assert "Công an xã Rạch Kiến: 113" in await visitor.open("/xa?ten=Rạch Kiến")
    with world.office.begin("sweeps") as desk:
        good = f"{COMMUNE},0272 3881 234,,2026-02-27"
        contacts.take(desk, ["code,duty_phone,address,checked_on", good])

    page = await visitor.open("/xa?ten=Rạch Kiến&x=1")

    assert "Công an xã Rạch Kiến: 0272 3881 234 (kiểm tra ngày 27/2/2026)" in page
    assert 'href="tel:02723881234"' in visitor.html


async def test_a_divided_commune_shows_every_successor_and_what_decides(
    visitor: Visitor, world: World
) -> None:
    page = await visitor.open("/xa?ten=xã Suối Đá, Dương Minh Châu, Tây Ninh")
    assert "Nay chia cho 2 nơi. Ấp, thôn, khu phố của bà con về nơi nào" in page
    assert "Phường Bình Minh , Tỉnh Tây Ninh (một phần)" in page
    assert "Xã Dương Minh Châu , Tỉnh Tây Ninh (một phần)" in page
    assert "khoản 88 Điều 1" in page
    assert "khoản 64 Điều 1" in page

    lines = [f"{SUOI_DA[0]},Suối Đá,Ấp Tân Định 1", f"{SUOI_DA[1]},Suối Đá,Ấp Phước Bình"]
    with world.office.begin("sweeps") as desk:
        assert hamlets.take(desk, ["commune,former,hamlet", *lines]).stored == 2
    page = await visitor.open("/xa?ten=xã Suối Đá, Dương Minh Châu, Tây Ninh&x=1")
    assert "Gồm: Ấp Tân Định 1." in page
    assert "Gồm: Ấp Phước Bình." in page


async def test_where_all_inhabitants_went_to_one_commune_the_page_says_so(
    visitor: Visitor,
) -> None:
    page = await visitor.open("/xa?ten=phường Ngọc Thụy, quận Long Biên, Hà Nội")

    assert "Toàn bộ dân cư về một nơi" in page
    assert "Phường Bồ Đề , Thành phố Hà Nội (toàn bộ dân cư)" in page
    assert "(chỉ một phần đất)" in page
    assert "Theo Điều 1 Nghị quyết số 1656/NQ-UBTVQH15" in page


async def test_a_name_gone_before_the_reform_is_still_understood(visitor: Visitor) -> None:
    page = await visitor.open("/xa?ten=P5 Q10 TPHCM")

    assert "Phường 5 (cũ) Quận 10, Thành phố Hồ Chí Minh" in page
    assert "đã thôi dùng" in page


async def test_many_namesakes_ask_for_the_district_and_nonsense_is_said_to_be_unknown(
    visitor: Visitor,
) -> None:
    assert "Có nhiều nơi cùng tên" in await visitor.open("/xa?ten=xã Tân Thành")
    assert "Chưa tìm ra nơi này" in await visitor.open("/xa?ten=qzx wvw")
    page = await visitor.open("/xa")
    assert visitor.status == 200
    assert "Chưa tìm ra" not in page


async def test_the_longest_page_weighs_less_than_thirty_kilobytes_and_has_no_script(
    visitor: Visitor,
) -> None:
    sizes = []
    for typed in ("xã Tân Thành", "tan", "Cần Đước", "phường 1"):
        await visitor.open(f"/xa?ten={typed}")
        assert "<script" not in visitor.html
        sizes.append(len(visitor.html.encode()))
    await visitor.open(visitor.html.split('rel="stylesheet" href="')[1].split('"')[0])

    assert max(sizes) + len(visitor.html.encode()) < 30_000


async def test_what_is_typed_is_shown_as_words_and_never_as_markup(visitor: Visitor) -> None:
    await visitor.open('/xa?ten=<script>alert(1)</script>"')

    assert "<script" not in visitor.html


async def test_a_picker_gets_communes_in_force_with_what_they_were(visitor: Visitor) -> None:
    offered = await visitor.open("/tim-xa?ten=long hoa can")

    assert 'data-code="28114"' in visitor.html
    assert "Xã Rạch Kiến , Tỉnh Tây Ninh (gồm Xã Long Trạch" in offered
    await visitor.open("/tim-xa?ten=tân&tinh=80")
    assert visitor.html.count('role="option"') == 8
    assert visitor.html.count("Tỉnh Tây Ninh</small>") == 0
    assert all("Tỉnh Tây Ninh" in line for line in visitor.html.split("<li")[1:])
    assert await visitor.open("/tim-xa?ten=") == ""
