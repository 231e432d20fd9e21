"""Photographs on the page of a tip, and one by itself."""

import re
from base64 import b64decode
from uuid import UUID, uuid4

from desk import photos, tips
from desk.photos import Photo
from tests.console.browsing import Browser
from tests.world import COMMUNE, World

PICTURE = Photo(b"\xff\xd8whole\xff\xd9" * 9000, b"\xff\xd8small\xff\xd9")


def told(world: World) -> UUID:
    with world.office.begin("intake") as desk:
        ids = tuple(photos.keep(desk, [PICTURE]))
        tips.submit(desk, tips.Draft("Tối qua mất xe ở chợ", COMMUNE, photos=ids))
    return world.newest(world.hoa)


async def test_the_tip_shows_a_small_one_and_leads_to_the_whole(world: World, hoa: Browser) -> None:
    tip = told(world)
    page = await hoa.open(f"/desk/tips/{tip}")
    small = re.search(r'src="data:image/jpeg;base64,([^"]+)"', page)
    link = re.search(rf'href="(/desk/tips/{tip}/photos/[^"]+)"', page)
    assert small
    assert link

    async with hoa.client.get(link[1]) as response:
        assert await response.read() == PICTURE.whole
        assert response.content_type == "image/jpeg"
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert b64decode(small[1]) == PICTURE.small
    assert "xem ảnh" in await hoa.open(f"/desk/tips/{tip}")


async def test_looking_is_no_change_that_would_stop_a_form(world: World, hoa: Browser) -> None:
    tip = told(world)
    world.claim(world.hoa, tip)
    page = await hoa.open(f"/desk/tips/{tip}")
    link = re.search(rf'href="(/desk/tips/{tip}/photos/[^"]+)"', page)
    assert link
    async with hoa.client.get(link[1]) as response:
        assert response.status == 200

    await hoa.send(f"/desk/tips/{tip}/note", {"text": "Đã xem ảnh"})

    assert hoa.status == 200
    assert "Đã xem ảnh" in hoa.page


async def test_another_station_gets_nothing(world: World, ngan: Browser) -> None:
    tip = told(world)
    (id_,) = world.opened(world.hoa, tip).photos
    for path in (id_, str(uuid4()), "x"):
        await ngan.open(f"/desk/tips/{tip}/photos/{path}")
        assert ngan.status == 404
        assert "whole" not in ngan.page


async def test_nobody_without_a_log_in_gets_anything(world: World, browse: object) -> None:
    tip = told(world)
    (id_,) = world.opened(world.hoa, tip).photos
    browser: Browser = await browse()  # type: ignore[operator] # the fixture makes browsers
    await browser.open(f"/desk/tips/{tip}/photos/{id_}")

    assert browser.at == "/desk/login"
