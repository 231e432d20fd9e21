"""One's own password, colleagues who leave, and the page of the audit log."""

import re

import pytest

from desk import audit, contacts, hamlets
from tests.console.browsing import Browse, Browser
from tests.storage.rows import Owner
from tests.world import COMMUNE, PASSWORD, World, totp

TEXT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"
NEW = "bon tu khong lien quan"


def typed(world: World, **other: str) -> dict[str, str]:
    code = totp("minh").at(world.clock.at)
    return {"old": PASSWORD, "code": code, "new": NEW, "again": NEW, **other}


async def test_a_new_password_opens_the_same_key_and_ends_other_log_ins(
    world: World, minh: Browser, browse: Browse
) -> None:
    world.submit(TEXT)
    tip = world.newest(world.minh)
    other = await browse()
    other.enter(world.office, world.minh)
    await minh.open("/desk/password")

    await minh.send("/desk/password", typed(world))

    assert minh.at == "/desk/queue"
    assert "Đã đổi mật khẩu" in minh.page
    assert TEXT in re.sub(r"</?mark>", "", await minh.open(f"/desk/tips/{tip}"))
    await other.open("/desk/queue")
    assert other.at == "/desk/login"

    world.clock.at = world.clock.at.replace(minute=5)
    fresh = await browse()
    await fresh.sign_in(world, "minh")
    assert fresh.status == 401, "the old one no longer works"
    await fresh.send(
        "/desk/login",
        {"username": "minh", "password": NEW, "code": totp("minh").at(world.clock.at)},
    )
    assert fresh.at == "/desk/queue"
    await fresh.open(f"/desk/tips/{tip}")
    assert fresh.status == 200


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"old": "sai mat khau roi"}, "chưa đúng"),
        ({"code": "000000"}, "chưa đúng"),
        ({"again": "khac han"}, "không giống nhau"),
        ({"new": "ngan", "again": "ngan"}, "ít nhất 12 ký tự"),
    ],
)
async def test_a_slip_changes_nothing(
    other: dict[str, str], said: str, world: World, minh: Browser, browse: Browse
) -> None:
    await minh.open("/desk/password")
    await minh.send("/desk/password", typed(world, **other))
    assert said in minh.alert
    assert NEW not in minh.page
    fresh = await browse()
    await fresh.sign_in(world, "minh")
    assert fresh.at == "/desk/queue"


async def test_guessing_at_an_open_screen_locks_as_at_the_log_in(
    world: World, minh: Browser
) -> None:
    for _ in range(5):
        await minh.open("/desk/password")
        await minh.send("/desk/password", typed(world, old="sai mat khau roi"))
    await minh.open("/desk/password")
    await minh.send("/desk/password", typed(world))
    assert minh.status == 429


async def test_a_chief_lets_a_colleague_go(world: World, hoa: Browser, minh: Browser) -> None:
    await minh.open("/desk/queue")
    await hoa.open("/desk/officers")
    assert hoa.page.count("Thu quyền đăng nhập<") == 1, "nobody lets themselves go"

    await hoa.send("/desk/officers/leave", {"officer": str(world.minh.id)})

    assert "Đã thu quyền đăng nhập của Minh" in hoa.page
    assert "Đã thu quyền: Minh" in hoa.page
    await minh.open("/desk/queue")
    assert minh.at == "/desk/login"

    await hoa.send("/desk/officers/leave", {"officer": "x"})
    assert "Hãy chọn một mục" in hoa.alert


async def test_the_page_says_when_a_commune_has_nobody_left_to_open_tips(
    world: World, ngan: Browser
) -> None:
    await ngan.open("/desk/officers")
    await ngan.send("/desk/officers/leave", {"officer": str(world.minh.id)})
    assert "không còn ai mở được tin" not in ngan.page
    assert "Đang hoạt động" in ngan.page

    await ngan.send("/desk/officers/leave", {"officer": str(world.hoa.id)})

    assert "Công an xã Rạch Kiến không còn ai mở được tin" in ngan.page
    assert "Đang hoạt động" not in ngan.page


async def test_the_log_shows_who_did_what_and_nothing_of_what_was_told(
    world: World, hoa: Browser, ngan: Browser
) -> None:
    world.submit(TEXT)
    tip = world.newest(world.hoa)
    world.claim(world.minh, tip)
    world.submit(TEXT, "80")
    world.claim(world.ngan, world.newest(world.ngan))

    await hoa.open("/desk/audit")
    assert re.search(r"<strong>Minh</strong> nhận tin <a href=\"/desk/tips/", hoa.page)
    assert "Ngân" not in hoa.page, "of another station"
    assert "bẻ khóa" not in hoa.page

    await ngan.open("/desk/audit")
    assert "<strong>Minh</strong> nhận tin" in ngan.page
    assert "Công an xã Rạch Kiến" in ngan.page
    assert f"/desk/tips/{tip}" not in ngan.page, "it could not open it"


async def test_a_province_has_the_chain_checked(
    world: World, ngan: Browser, owner_url: str
) -> None:
    world.submit(TEXT)
    world.claim(world.minh, world.newest(world.minh))
    await ngan.open("/desk/audit")
    await ngan.send("/desk/audit")
    assert "Nhật ký nguyên vẹn" in ngan.page

    with Owner(owner_url) as owner:
        owner.run("UPDATE audit SET action = 'tip.opened' WHERE action = 'tip.claimed'")
    await ngan.open("/desk/audit")
    await ngan.send("/desk/audit")
    assert "Nhật ký bị sửa hoặc mất ở dòng" in ngan.page


async def test_a_long_log_comes_page_by_page(
    world: World, hoa: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.audit.PAGE", 2)
    world.submit(TEXT)
    for _ in range(3):
        world.opened(world.hoa, world.newest(world.hoa))
    seen = 0
    path = "/desk/audit"
    while path:
        await hoa.open(path)
        seen += hoa.page.count('class="at"')
        link = re.search(r'href="([^"]+)">Trang sau', hoa.page)
        path = link[1] if link else ""
    with world.office.begin("desk") as desk:
        monkeypatch.setattr("desk.audit.PAGE", 1000)
        whole = audit.page(desk, "28114", with_communes=False, before=None)
    assert seen == len(whole) > 3


async def test_the_province_reads_who_stored_what(world: World, ngan: Browser) -> None:
    with world.office.begin("sweeps") as desk:
        contacts.take(desk, ["code,duty_phone,address,checked_on", f"{COMMUNE},,,2026-03-02"])
        hamlets.take(desk, ["commune,former,hamlet", "25480,Suối Đá,Ấp 1", "25552,,Ấp 2"])

    page = await ngan.open("/desk/audit")

    assert "nạp số trực ban, địa chỉ đơn vị (1 dòng)" in page
    assert "nạp danh sách ấp, thôn, khu phố (2 dòng)" in page
    assert "Người quản trị máy chủ" in page
