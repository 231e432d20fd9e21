"""The page of duty hours, and what citizens read of them."""

from desk import hours
from tests.bot.site import public_site
from tests.console.browsing import Browser
from tests.world import COMMUNE, World

WEEK = {
    f"{name}{day}": value
    for day in range(5)
    for name, value in (("on", "on"), ("opens", "07:00"), ("shuts", "17:00"))
}

NIGHT = {"on": "on", "opens": "22:00", "shuts": "06:00"}


async def test_a_chief_sets_the_week_and_the_commune_page_says_it(
    world: World, hoa: Browser
) -> None:
    await hoa.open("/desk/hours")
    saturday = {"on5": "on", "opens5": "08:00", "shuts5": "00:00"}
    await hoa.send("/desk/hours", {"station": COMMUNE, **WEEK, **saturday})

    assert "Đã lưu giờ trực" in hoa.page
    with world.office.begin("desk") as desk:
        assert hours.of(desk, COMMUNE)[5] == (480, 1440)
    async with public_site(world) as visitor:
        page = await visitor.open(f"/xa/{COMMUNE}")
    assert "Giờ trực: Thứ Hai đến Thứ Sáu: 7:00–17:00; Thứ Bảy: 8:00–24:00." in page  # as in print


async def test_always_on_duty_says_nothing_on_the_commune_page(world: World, hoa: Browser) -> None:
    await hoa.open("/desk/hours")
    await hoa.send("/desk/hours", {"station": COMMUNE, **WEEK})
    await hoa.send("/desk/hours", {"station": COMMUNE, "always": "on", **WEEK})

    async with public_site(world) as visitor:
        assert "Giờ trực" not in await visitor.open(f"/xa/{COMMUNE}")


async def test_what_cannot_be_is_refused_and_stays_on_screen(hoa: Browser) -> None:
    await hoa.open("/desk/hours")
    await hoa.send(
        "/desk/hours", {"station": COMMUNE, **WEEK, **dict.fromkeys(("opens0", "shuts0"), "06:00")}
    )
    assert "Giờ trực chưa đúng" in hoa.alert
    assert hoa.page.count('value="06:00"') == 2
    await hoa.send("/desk/hours", {"station": COMMUNE})
    assert "Giờ trực chưa đúng" in hoa.alert


async def test_another_stations_hours_are_not_shown(hoa: Browser) -> None:
    await hoa.open("/desk/hours?station=28126")
    assert hoa.status == 422


async def test_a_night_is_entered_in_one_row_and_the_commune_page_says_when_it_ends(
    world: World, hoa: Browser
) -> None:
    await hoa.open("/desk/hours")
    nights = {f"{name}{day}": said for day in range(7) for name, said in NIGHT.items()}

    await hoa.send("/desk/hours", {"station": COMMUNE, **nights})

    assert "Đã lưu giờ trực" in hoa.page
    async with public_site(world) as visitor:
        page = await visitor.open(f"/xa/{COMMUNE}")
    assert "Giờ trực: Thứ Hai đến Chủ nhật: 22:00–6:00 hôm sau." in page
