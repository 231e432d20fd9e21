"""Starting a notice from the library, in a browser without scripts."""

import re
from datetime import timedelta
from html import unescape

from desk import library
from tests.console.browsing import Browser
from tests.world import World

SAMPLE = library.samples()["fake_shipper"]


def field(browser: Browser, name: str) -> str:
    """What a field of the form holds."""
    found = re.search(rf'<textarea id="{name}"[^>]*>\n(.*?)</textarea>', browser.page, re.DOTALL)
    found = found or re.search(rf'<input id="{name}"[^>]* value="([^"]*)"', browser.page)
    assert found
    return unescape(found[1])


async def test_a_sample_fills_the_form_and_keeps_the_stations_own_contact(minh: Browser) -> None:
    await minh.open("/desk/notices/new")
    own = field(minh, "contact")
    assert field(minh, "title") == ""

    await minh.open("/desk/notices/new?mau=fake_shipper")
    for name in ("title", "trick", "signs", "todo"):
        assert field(minh, name) == getattr(SAMPLE.words, name)
    assert field(minh, "contact") == own
    assert '<option value="shopping" selected>' in minh.page
    assert '<option value="fake_shipper" selected>' in minh.page


async def test_the_officer_sees_where_a_sample_comes_from(minh: Browser) -> None:
    await minh.open("/desk/notices/new?mau=fake_shipper")
    for source in SAMPLE.sources:
        assert f'href="{source.url}" rel="noopener noreferrer"' in minh.page
    assert "Kiểm tra ngày 22/11/2026" in minh.page


async def test_a_filled_form_becomes_a_notice_as_it_stands(minh: Browser) -> None:
    await minh.open("/desk/notices/new?mau=sextortion")
    parts = {name: field(minh, name) for name in ("title", "trick", "signs", "todo", "contact")}
    page = await minh.send(
        "/desk/notices/new",
        parts | {"topic": "accounts", "who": "all", "expires": "2026-04-01", "do": "submit"},
    )
    assert "Đang chờ một cán bộ khác" in page


async def test_every_sample_can_be_chosen_and_an_unknown_one_leaves_the_form_empty(
    minh: Browser,
) -> None:
    await minh.open("/desk/notices/new?mau=no_such")
    select = minh.page.split('<select id="mau"')[1].split("</select>")[0]
    assert sorted(re.findall(r'<option value="([a-z_]+)"', select)) == sorted(library.samples())
    assert field(minh, "title") == ""


async def test_a_sample_checked_half_a_year_ago_says_so(minh: Browser, world: World) -> None:
    await minh.open("/desk/notices/new?mau=fake_shipper")
    assert "quá 180 ngày" not in minh.page
    assert "(cần kiểm tra lại)" not in minh.page

    world.clock.at += timedelta(days=500)
    minh.enter(world.office, world.minh)
    await minh.open("/desk/notices/new?mau=fake_shipper")
    assert "quá 180 ngày" in minh.page
    assert minh.page.count("(cần kiểm tra lại)") == len(library.samples())


async def test_what_was_typed_is_not_replaced_when_the_form_comes_back(minh: Browser) -> None:
    await minh.open("/desk/notices/new?mau=fake_shipper")
    await minh.send("/desk/notices/new", {"title": "Của tôi", "expires": "2026-04-01"})
    assert minh.status == 422
    assert field(minh, "title") == "Của tôi"
    assert field(minh, "trick") == ""


async def test_an_existing_draft_is_edited_without_the_library(minh: Browser) -> None:
    await minh.open("/desk/notices/new?mau=fake_shipper")
    parts = {name: field(minh, name) for name in ("title", "trick", "signs", "todo", "contact")}
    more = {"topic": "shopping", "who": "all", "expires": "2026-04-01", "do": "save"}
    await minh.send("/desk/notices/new", parts | more)
    await minh.open(f"{minh.at}/edit")
    assert "Chọn mẫu" not in minh.page
