"""The form for what somebody tells, and the receipt on screen."""

import re

from tests.console.browsing import Browser
from tests.world import COMMUNE, World

TEXT = "Bà cụ kể khuya qua hai thanh niên bẻ khóa lấy xe máy ở chợ"


async def test_the_receipt_is_shown_once_and_opens_the_tip(world: World, hoa: Browser) -> None:
    await hoa.open("/desk/walk-in")
    fields = {"tip": hoa.hidden("tip"), "told": "desk", "text": TEXT, "place": COMMUNE}

    await hoa.send("/desk/walk-in", fields)

    assert hoa.status == 200
    found = re.search(r"<code>([^<]+)</code>", hoa.page)
    assert found
    assert world.follow(found[1]).lines[0].text == TEXT
    assert "data-print" in hoa.page

    (tip,) = world.waiting(world.hoa)
    assert f"/desk/tips/{tip}" in hoa.page
    await hoa.open(f"/desk/tips/{tip}")
    assert "Kể tại trụ sở, Hoa ghi lại" in hoa.page
    assert found[1] not in hoa.page

    await hoa.open("/desk/walk-in")
    await hoa.send("/desk/walk-in", fields)
    assert hoa.status == 409
    assert "đã được nhập rồi" in hoa.alert


async def test_the_form_asks_nothing_about_whoever_tells(hoa: Browser) -> None:
    await hoa.open("/desk/walk-in")
    main = hoa.page.split("<main")[1].split("</main>")[0]
    names = set(re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"', main))
    assert names == {"csrf", "tip", "told", "text", "place", "place_words", "when"}


async def test_what_cannot_be_entered_is_not_lost(world: World, hoa: Browser) -> None:
    await hoa.open("/desk/walk-in")
    tip = hoa.hidden("tip")
    for fields in (
        {"tip": tip, "told": "letter", "text": TEXT},
        {"tip": tip, "told": "desk", "text": TEXT, "place": "Nơi không hề có"},
        {"tip": "x", "told": "desk", "text": TEXT},
    ):
        await hoa.send("/desk/walk-in", fields)
        assert hoa.status == 422
        assert TEXT in hoa.page
    assert world.waiting(world.hoa) == []
