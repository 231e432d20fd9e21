"""The list of notices, page by page."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from desk import notices
from tests.console.browsing import Browser
from tests.notices import AIM, written
from tests.world import NEIGHBOUR, World

IDS = re.compile(r'class="row" href="/desk/notices/([0-9a-f-]{36})"')


@pytest.mark.parametrize("size", [1, 2, 5])
async def test_every_notice_is_listed_page_by_page_without_a_gap_or_a_double(
    size: int, world: World, ngan: Browser, minh: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):  # several at one moment: the id decides then
        world.clock.at += timedelta(hours=number // 2)
        written(world, world.minh if number % 2 else world.hoa)
    await ngan.open("/desk/notices")
    whole = IDS.findall(ngan.page)
    assert len(whole) == 5
    assert "Trang sau" not in ngan.page

    monkeypatch.setattr(notices, "PAGE", size)
    for officer in (ngan, minh):  # the province's desk, and the station's
        await officer.open("/desk/notices")
        paged = IDS.findall(officer.page)
        while leads := re.search(r'href="([^"]+)">Trang sau<', officer.page):
            await officer.open(unescape(leads[1]))
            assert "Về trang đầu" in officer.page
            paged += IDS.findall(officer.page)
        assert paged == whole


@pytest.mark.parametrize("after", ["", "x", "00000000-0000-0000-0000-000000000000"])
async def test_a_page_of_notices_after_one_that_is_not_there_begins_anew(
    after: str, world: World, minh: Browser
) -> None:
    notice = written(world)
    await minh.open(f"/desk/notices?after={after}")
    assert IDS.findall(minh.page) == [str(notice)]


async def test_a_page_of_notices_does_not_begin_after_another_stations(
    world: World, minh: Browser
) -> None:
    foreign = written(world, world.ngan, aim=replace(AIM, communes=(NEIGHBOUR,)))
    world.clock.at += timedelta(hours=1)
    own = written(world)
    await minh.open(f"/desk/notices?after={foreign}")
    assert IDS.findall(minh.page) == [str(own)]
