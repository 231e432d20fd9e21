"""A lost password on the pages: who asks, who agrees, and the officer who starts anew."""

import re

import pyotp

from desk import resets
from tests.console.browsing import Browse, Browser
from tests.world import World

NEW = "mot hai ba bon nam"
TEXT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"


async def link_of(browser: Browser) -> str:
    """The path in the link on screen."""
    found = re.search(r'id="link" value="http://tin.example([^"]+)"', browser.page)
    assert found is not None, browser.alert
    return found[1]


def typed(world: World, browser: Browser, **other: str) -> dict[str, str]:
    secret = browser.hidden("secret")
    code = pyotp.TOTP(secret).at(world.clock.at)
    return {"password": NEW, "again": NEW, "code": code, "secret": secret, **other}


async def test_a_lost_password_is_made_anew_by_two_colleagues(
    world: World, browse: Browse, hoa: Browser, ngan: Browser
) -> None:
    world.submit(TEXT)
    (tip,) = world.waiting(world.minh)
    await ngan.open("/desk/lost")
    await ngan.send("/desk/lost", {"username": "minh"})
    assert "Đã ghi yêu cầu cấp lại cho Minh" in ngan.page
    assert "Duyệt<" not in ngan.page, "whoever asked cannot agree"

    await hoa.open("/desk/lost")
    await hoa.send("/desk/lost/approve", {"officer": str(world.minh.id)})
    minh = await browse()
    path = await link_of(hoa)
    await minh.open(path)
    await minh.send(path, typed(world, minh, again="another one"))
    assert "Hai lần nhập mật khẩu không giống nhau" in minh.alert
    await minh.send(path, typed(world, minh))

    assert minh.at == "/desk/queue"
    assert "Tin cũ vẫn đọc được" in minh.page
    assert TEXT in re.sub(r"</?mark>", "", await minh.open(f"/desk/tips/{tip}"))
    await hoa.open("/desk/audit")
    for deed in ("xin cấp lại đăng nhập cho Minh", "duyệt cấp lại đăng nhập cho Minh"):
        assert deed in hoa.page


async def test_whoever_asked_is_told_that_a_second_officer_is_needed(
    world: World, hoa: Browser
) -> None:
    await hoa.open("/desk/lost")
    await hoa.send("/desk/lost", {"username": "minh"})
    await hoa.send("/desk/lost/approve", {"officer": str(world.minh.id)})

    assert hoa.status == 403
    assert "Cần một người thứ hai duyệt" in hoa.alert


async def test_the_operators_link_asks_for_the_paper(world: World, browse: Browse) -> None:
    with world.office.begin("desk") as desk:
        path = f"/desk/reset/{resets.operators_token(desk, 'minh')}"
    minh = await browse()
    assert "Khóa khôi phục của tỉnh" in await minh.open(path)
    await minh.send(path, typed(world, minh, recovery="AAAA-BBBB"))

    assert minh.status == 422
    assert "Khóa khôi phục chưa đúng" in minh.alert


async def test_a_used_or_invented_link_says_so(browse: Browse) -> None:
    somebody = await browse()
    await somebody.open("/desk/reset/no-such-token")
    assert somebody.status == 410
