"""Writing, approving and watching a notice, in a browser without scripts."""

import re
from datetime import timedelta
from html import unescape

from bot.channels.base import Ambiguous, Refused
from desk import stations
from tests.bot.broadcasting import sent
from tests.bot.paper import PaperChannel
from tests.console.browsing import Browse, Browser
from tests.notices import SHIPPER, publish_due, subscribe
from tests.world import COMMUNE, PROVINCE, World, hire

FORM = {
    "title": SHIPPER.title,
    "trick": SHIPPER.trick,
    "signs": SHIPPER.signs,
    "todo": SHIPPER.todo,
    "contact": SHIPPER.contact,
    "topic": "shopping",
    "who": "all",
    "audience": "",
    "expires": "2026-04-01",
}


async def press(browser: Browser, step: str, **fields: str) -> str:
    """A button of the notice's page, with the revision the page carries."""
    revision = browser.hidden("revision")
    return await browser.send(f"{browser.at}/{step}", {"revision": revision, **fields})


async def write(browser: Browser, do: str = "submit", **other: str) -> str:
    await browser.open("/desk/notices/new")
    return await browser.send("/desk/notices/new", FORM | {"do": do} | other)


async def test_a_notice_travels_from_one_officers_form_to_anothers_approval(
    world: World, hoa: Browser, minh: Browser
) -> None:
    subscribe(world, 3)
    page = await write(minh)
    assert "Đang chờ một cán bộ khác" in page
    assert "&lt; 20 người đăng ký" in page
    assert "/approve" not in page, "the writer has no button to approve"

    await hoa.open("/desk/notices")
    assert "Chờ duyệt" in hoa.page
    await hoa.open(minh.at)
    assert SHIPPER.signs in hoa.page
    page = await press(hoa, "approve", when="now")
    assert "Đã duyệt, chờ giờ gửi" in page
    publish_due(world)
    page = await hoa.open(minh.at)
    assert "Đã công bố" in page
    assert "Đang gửi" in page


async def test_sending_is_paused_resumed_stopped_and_recalled_from_the_page(
    world: World, hoa: Browser, minh: Browser
) -> None:
    subscribe(world, 1)
    await write(minh)
    await hoa.open(minh.at)
    await press(hoa, "approve", when="now")
    publish_due(world)
    await hoa.open(minh.at)

    async def after(step: str, **fields: str) -> str:
        await hoa.open(minh.at)
        return await press(hoa, step, **fields)

    assert "Tạm dừng" in await after("pause")
    assert "Gửi tiếp" in hoa.page
    assert "Đang gửi" in await after("resume")
    assert "Đã dừng" in await after("stop")
    assert "Hãy mở lại trang" in await after("resume")
    assert "Đã thu hồi" in await after("recall", reason="Ghi sai số")
    assert "Ghi sai số" in hoa.page


async def test_past_its_last_day_the_page_says_so_and_nothing_is_resumed(
    world: World, hoa: Browser, minh: Browser
) -> None:
    subscribe(world, 1)
    await write(minh, expires="2026-03-03")
    where = minh.at
    await hoa.open(where)
    await press(hoa, "approve", when="now")
    publish_due(world)
    await hoa.open(where)
    await press(hoa, "pause")
    revision = hoa.hidden("revision")
    world.clock.at += timedelta(hours=33)  # midnight after 2026-03-03 in Việt Nam
    await hoa.sign_in(world, "hoa")

    page = await hoa.open(where)
    assert "Thông báo đã hết hiệu lực (đến hết ngày 03/03/2026)." in page
    assert "/resume" not in page
    await hoa.send(f"{where}/resume", {"revision": revision})
    assert hoa.status == 409
    assert "Đã qua ngày cuối có hiệu lực" in hoa.alert
    publish_due(world)
    page = await hoa.open(where)
    assert "Hết hiệu lực, đã ngừng gửi" in page
    assert "Người chưa nhận sẽ không nhận nữa." in page
    assert "ngừng gửi vì thông báo hết hiệu lực" in page
    assert "/stop" not in page


async def test_copies_in_doubt_are_shown_apart(world: World, hoa: Browser, minh: Browser) -> None:
    subscribe(world, 1)
    await write(minh)
    where = minh.at
    await hoa.open(where)
    await press(hoa, "approve", when="now")
    publish_due(world)
    channel = PaperChannel()
    channel.ends = lambda _address, count: Ambiguous("x") if count == 1 else Refused("x")
    await sent(world, channel)
    page = await hoa.open(where)
    counts = re.findall(r"<td>(\d+)[^<]*</td>", page)
    assert "Không rõ đã tới chưa" in page
    assert counts == ["0", "0", "0", "1"], "sent, gone, failed, nobody knows"
    assert "những người này cũng được báo" in page


async def test_what_is_too_long_is_said_and_nothing_typed_is_lost(minh: Browser) -> None:
    page = await write(minh, trick="x" * 301)
    assert minh.status == 422
    assert "“Thủ đoạn” dài 301 ký tự" in minh.alert
    assert "x" * 301 in page
    assert SHIPPER.todo in page
    assert 'maxlength="300"' in page
    assert "301/300" in page


async def test_a_refused_subject_comes_back_with_the_reason(minh: Browser) -> None:
    await write(minh, trick="Cảnh giác luận điệu xuyên tạc trên mạng")
    assert minh.status == 422
    assert "ý kiến, tín ngưỡng hoặc dân tộc" in minh.alert


async def test_a_draft_is_saved_and_edited(minh: Browser) -> None:
    await write(minh, do="save")
    where = minh.at
    await minh.open(f"{where}/edit")
    revision = minh.hidden("revision")
    await minh.send(f"{where}/edit", FORM | {"title": "Tiêu đề mới", "revision": revision})
    assert "Tiêu đề mới" in minh.page
    await minh.open(f"{where}/edit")
    assert 'value="Tiêu đề mới"' in minh.page


async def test_what_a_colleague_saved_meanwhile_is_shown_and_what_was_typed_can_be_saved(
    world: World, ngan: Browser, browse: Browse
) -> None:
    hire(world.office, PROVINCE, "province", "Sáu", "sau", invited_by=world.ngan)
    other = await browse()
    await other.sign_in(world, "sau")
    await write(ngan, do="save", where="all")
    form = f"{ngan.at}/edit"
    for browser in (ngan, other):
        await browser.open(form)
    theirs = {"signs": "Ba dấu hiệu mới", "where": "some", "places": COMMUNE, "who": "topic"}
    await other.send(form, FORM | theirs | {"revision": other.hidden("revision")})
    mine = FORM | {"title": "Tiêu đề của tôi", "where": "all", "do": "save"}

    page = await ngan.send(form, mine | {"revision": ngan.hidden("revision")})

    assert ngan.status == 409
    assert "vừa được sửa" in ngan.alert
    shown = page.partition("Bản Sáu vừa lưu")[2].partition("<form")[0]
    assert re.findall("<h3>(.*?)</h3>", shown) == [
        "Tiêu đề",
        "Dấu hiệu",
        "Lọc theo chủ đề",
        "Nơi nhận",
    ]
    for said in (SHIPPER.title, "Ba dấu hiệu mới", "Chỉ người đã chọn", "Rạch Kiến"):
        assert said in unescape(shown)
    assert 'value="Tiêu đề của tôi"' in page

    page = await ngan.send(form, mine | {"revision": ngan.hidden("revision")})

    assert "Đã lưu nháp" in page
    assert "Tiêu đề của tôi" in page
    assert "Ba dấu hiệu mới" not in page


async def test_an_old_page_cannot_approve_what_was_changed(hoa: Browser, minh: Browser) -> None:
    await write(minh)
    where = minh.at
    await hoa.open(where)
    await minh.open(f"{where}/edit")
    fields = FORM | {"revision": minh.hidden("revision"), "do": "submit", "todo": "Khác"}
    await minh.send(f"{where}/edit", fields)

    await press(hoa, "approve", when="now")
    assert hoa.status == 409
    assert "vừa được sửa" in hoa.alert


async def test_the_writer_who_forges_an_approval_is_refused(minh: Browser) -> None:
    await write(minh)
    await press(minh, "approve", when="now")
    assert minh.status == 403
    assert "không tự duyệt" in minh.alert


async def test_another_stations_notice_is_not_there(ngan: Browser, minh: Browser) -> None:
    await ngan.open("/desk/notices/new")
    await ngan.send(
        "/desk/notices/new", FORM | {"do": "save", "where": "some", "places": "28114\n28126"}
    )
    assert ngan.status == 200
    assert "Mỹ Lệ" in ngan.page or "nơi khác" in ngan.page or "Rạch Kiến" in ngan.page
    await minh.open(ngan.at)
    assert minh.status == 404


async def test_a_place_nobody_knows_is_named(ngan: Browser) -> None:
    await ngan.open("/desk/notices/new")
    await ngan.send("/desk/notices/new", FORM | {"where": "some", "places": "Xã Không Có"})
    assert "Không rõ “Xã Không Có”" in ngan.alert


async def test_the_form_names_the_number_to_call(minh: Browser) -> None:
    page = await minh.open("/desk/notices/new")
    found = re.search(r'name="contact"[^>]*value="([^"]*)"', page)
    assert found is not None
    assert "113" in found[1]


async def test_a_province_ticks_every_commune_it_has_and_loses_nothing(
    world: World, ngan: Browser
) -> None:
    with world.office.begin("desk") as desk:
        codes = [s.code for s in stations.of_province(desk, PROVINCE) if s.kind == "commune"]
    await ngan.open("/desk/notices/new")

    ticked = {f"pick-{code}": "on" for code in codes}
    await ngan.send("/desk/notices/new", FORM | {"where": "some", "do": "save"} | ticked)

    assert ngan.status == 200, ngan.alert
    assert "Đã lưu nháp" in ngan.page


async def test_a_province_searches_communes_by_old_names_and_ticks_them(ngan: Browser) -> None:
    await ngan.open("/desk/notices/new")
    aim = {"where": "some", "places": ""}
    page = await ngan.send("/desk/notices/new", FORM | aim | {"do": "find", "find": "long hoa"})
    assert 'name="pick-28114"' in page
    assert SHIPPER.title in page, "what was typed is still there"
    assert "Đã lưu nháp" not in page

    await ngan.send(
        "/desk/notices/new", FORM | aim | {"do": "find", "find": "qzx", "pick-28114": "on"}
    )
    assert re.search(r'name="pick-28114"\s+checked', ngan.page)
    await ngan.send("/desk/notices/new", FORM | aim | {"do": "save", "pick-28114": "on"})

    assert "Xã Rạch Kiến" in ngan.page
    assert ngan.at.startswith("/desk/notices/")
