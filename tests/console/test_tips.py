"""One tip: opened, taken, asked about, passed on, closed."""

import asyncio
import re
from html import unescape
from uuid import UUID, uuid4

import pytest

from desk import activation, audit, facts, receipts
from tests.console.browsing import Browse, Browser
from tests.world import COMMUNE, NEIGHBOUR, PROVINCE, World, hire

TEXT = "Có nhóm thanh niên trộm xe máy ở chợ Rạch Kiến"


def tip_of(world: World, text: str = TEXT) -> UUID:
    """A tip in Rạch Kiến's queue."""
    known = set(world.waiting(world.hoa))
    world.submit(text)
    (new,) = set(world.waiting(world.hoa)) - known
    return new


def plain(page: str) -> str:
    """A page without its marks and tags."""
    return unescape(re.sub(r"<[^>]+>", "", page))


def deeds(world: World, tip: UUID) -> list[str]:
    with world.office.begin("desk", world.hoa.id) as desk:
        return [entry.action for entry in audit.of_tip(desk, tip)]


async def test_opening_shows_the_text_as_unverified_and_is_audited(
    world: World, hoa: Browser
) -> None:
    tip = tip_of(world)

    await hoa.open(f"/desk/tips/{tip}")

    assert TEXT in plain(hoa.page)
    assert all(words in hoa.page for words in ("CHƯA KIỂM CHỨNG", "Bấm “Nhận tin”"))
    assert deeds(world, tip) == ["tip.opened"]


async def test_words_that_made_the_machine_think_are_marked(world: World, hoa: Browser) -> None:
    tip = tip_of(world)
    opened = world.opened(world.hoa, tip)
    with world.office.begin("desk") as desk:
        evidence = set(facts.of(desk, opened).evidence)

    await hoa.open(f"/desk/tips/{tip}")

    marked = re.findall(r"<mark>([^<]+)</mark>", hoa.page.split("blockquote")[1])
    shown = {word for mark in marked for word in unescape(mark).casefold().split()}
    assert shown <= {word for words in evidence for word in words.casefold().split()}
    assert marked


async def test_a_hostile_text_stays_text(world: World, hoa: Browser) -> None:
    hostile = "<script>alert(1)</script><img src=x onerror='alert(2)'>\"'&{{7*7}} trộm xe máy"
    tip = tip_of(world, hostile)

    await hoa.open(f"/desk/tips/{tip}")

    assert "<script>alert" not in hoa.page
    assert "<img src=x" not in hoa.page
    assert hostile in plain(hoa.page)


async def test_the_slower_of_two_officers_reads_who_was_faster(
    world: World, hoa: Browser, minh: Browser
) -> None:
    tip = tip_of(world)
    await hoa.open(f"/desk/tips/{tip}")
    await minh.open(f"/desk/tips/{tip}")

    await asyncio.gather(hoa.send(f"/desk/tips/{tip}/claim"), minh.send(f"/desk/tips/{tip}/claim"))

    faster, slower = (hoa, minh) if hoa.status == 200 else (minh, hoa)
    name = "Hoa" if faster is hoa else "Minh"
    assert "Bạn đã nhận tin này." in faster.page
    assert slower.status == 409
    assert slower.alert == f"{name} đã nhận tin này trước bạn."
    assert TEXT in plain(slower.page), "and still sees the tip"
    assert deeds(world, tip).count("tip.claimed") == 1


async def test_a_question_reaches_whoever_holds_the_receipt(world: World, hoa: Browser) -> None:
    receipt = world.submit(TEXT).receipt
    (tip,) = world.waiting(world.hoa)
    world.claim(world.hoa, tip)
    await hoa.open(f"/desk/tips/{tip}")

    await hoa.send(f"/desk/tips/{tip}/ask", {"text": "Xe màu gì, biển số bao nhiêu?", "do": "ask"})

    assert hoa.status == 200
    assert "Đã gửi câu hỏi" in hoa.page
    with world.office.begin("intake") as desk:
        followed = receipts.follow(desk, receipt)
        assert followed.questions_open
        assert followed.lines[-1].text == "Xe màu gì, biển số bao nhiêu?"
        receipts.add(desk, receipt, "Xe màu đỏ")
    await hoa.open(f"/desk/tips/{tip}")
    assert "Xe màu đỏ" in hoa.page
    assert "Người báo đã viết thêm" in hoa.page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bạn tên là gì?", "hỏi người báo là ai"),
        ("Cho xin số điện thoại", "hỏi người báo là ai"),
        ("Mời vào https://vi.example/a", "đường liên kết"),
        ("   ", "chưa nhập nội dung"),
        ("a" * 1001, "dài quá 1000"),
    ],
)
async def test_a_question_that_could_harm_the_sender_is_not_sent_and_not_lost(
    text: str, said: str, world: World, hoa: Browser
) -> None:
    tip = tip_of(world)
    world.claim(world.hoa, tip)
    await hoa.open(f"/desk/tips/{tip}")

    await hoa.send(f"/desk/tips/{tip}/ask", {"text": text, "do": "ask"})

    assert hoa.status == 422
    assert said in hoa.alert
    assert text.strip() in hoa.page, "to be mended, not typed again"
    assert world.waiting(world.hoa, "waiting") == []


async def test_only_who_took_the_tip_may_ask_pass_on_or_close(world: World, minh: Browser) -> None:
    tip = tip_of(world)
    world.claim(world.hoa, tip)
    await minh.open(f"/desk/tips/{tip}")
    assert "Hoa đang xử lý tin này" in minh.page
    fields = {"text": "Có gì mới không?", "to": NEIGHBOUR, "disposition": "handled"}
    for action in ("ask", "transfer", "close"):
        assert f"/{action}" not in minh.page
        await minh.send(f"/desk/tips/{tip}/{action}", fields)
        assert minh.status == 409
        assert "Bạn cần bấm" in minh.alert


async def test_a_note_is_for_colleagues_only(world: World, minh: Browser, hoa: Browser) -> None:
    receipt = world.submit(TEXT).receipt
    (tip,) = world.waiting(world.hoa)
    await minh.open(f"/desk/tips/{tip}")

    await minh.send(f"/desk/tips/{tip}/note", {"text": "Đã xem camera chợ"})

    await hoa.open(f"/desk/tips/{tip}")
    assert "Đã xem camera chợ" in hoa.page
    with world.office.begin("intake") as desk:
        assert all("camera" not in line.text for line in receipts.follow(desk, receipt).lines)


async def test_after_a_transfer_the_new_station_opens_it_and_the_old_one_does_not(
    world: World, hoa: Browser, browse: Browse
) -> None:
    chief = hire(world.office, NEIGHBOUR, "chief", "Tám", "tam", invited_by=world.ngan)
    with world.office.begin("desk", chief.id) as desk:
        activation.activate_commune(desk, chief)
    tip = tip_of(world)
    world.claim(world.hoa, tip)
    await hoa.open(f"/desk/tips/{tip}")

    fields = {"to": NEIGHBOUR, "text": "Thuộc địa bàn bên ấy", "do": "transfer"}
    await hoa.send(f"/desk/tips/{tip}/transfer", fields)

    assert hoa.at == "/desk/queue"
    assert "Đã chuyển tin cho Công an xã" in hoa.page
    await hoa.open(f"/desk/tips/{tip}")
    assert hoa.status == 404
    tam = await browse()
    tam.enter(world.office, chief)
    await tam.open(f"/desk/tips/{tip}")
    assert tam.status == 200
    assert TEXT in plain(tam.page)
    assert "Công an xã Rạch Kiến → " in tam.page
    assert "Thuộc địa bàn bên ấy" in tam.page


async def test_a_station_not_yet_open_is_stood_in_for_by_its_province(
    world: World, hoa: Browser, ngan: Browser
) -> None:
    tip = tip_of(world)
    world.claim(world.hoa, tip)
    await hoa.open(f"/desk/tips/{tip}")

    await hoa.send(f"/desk/tips/{tip}/transfer", {"to": f"{NEIGHBOUR} · …", "text": "Chuyển"})

    assert "Đã chuyển tin cho Công an tỉnh Tây Ninh (Công an xã" in hoa.page
    assert "chưa mở kênh" in hoa.page
    await ngan.open(f"/desk/tips/{tip}")
    assert TEXT in plain(ngan.page)


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("", "Không tìm thấy đơn vị"),
        ("Nơi không hề có", "Không tìm thấy đơn vị"),
        ("99999", "Không tìm thấy đơn vị"),
        ("Tân", "Có nhiều đơn vị"),
        (COMMUNE, "đang ở chính đơn vị này"),
        ("An Giang", "chưa mở"),
    ],
)
async def test_a_transfer_to_nowhere_moves_nothing(
    to: str, said: str, world: World, hoa: Browser
) -> None:
    tip = tip_of(world)
    world.claim(world.hoa, tip)
    await hoa.open(f"/desk/tips/{tip}")

    fields = {"to": to, "text": "Chuyển giúp", "do": "transfer"}
    await hoa.send(f"/desk/tips/{tip}/transfer", fields)

    assert hoa.status in (409, 422)
    assert said in hoa.alert
    assert "Chuyển giúp" in hoa.page
    assert world.waiting(world.hoa, "taken") == [tip]


async def test_namesakes_are_offered_to_choose_from(world: World, hoa: Browser) -> None:
    tip = tip_of(world)
    world.claim(world.hoa, tip)
    await hoa.open(f"/desk/tips/{tip}")

    fields = {"to": "Tân", "text": "Chuyển giúp", "do": "transfer"}
    await hoa.send(f"/desk/tips/{tip}/transfer", fields)
    codes = re.findall(r'name="code" value="(\d{5})"', hoa.page)
    await hoa.send(f"/desk/tips/{tip}/transfer", fields | {"code": codes[0]})

    assert len(codes) > 1
    assert "Đã chuyển tin cho" in hoa.page


async def test_closing_needs_a_result_and_tells_the_sender(world: World, hoa: Browser) -> None:
    receipt = world.submit(TEXT).receipt
    (tip,) = world.waiting(world.hoa)
    world.claim(world.hoa, tip)
    await hoa.open(f"/desk/tips/{tip}")

    await hoa.send(f"/desk/tips/{tip}/close", {"text": "Cảm ơn bà con", "do": "close"})
    assert hoa.status == 422
    assert "Hãy chọn kết quả" in hoa.alert

    fields = {"text": "Cảm ơn bà con", "disposition": "handled", "do": "close"}
    await hoa.send(f"/desk/tips/{tip}/close", fields)
    assert hoa.status == 200
    assert "Đã kết thúc tin" in hoa.page
    assert f"/desk/tips/{tip}/ask" not in hoa.page
    with world.office.begin("intake") as desk:
        followed = receipts.follow(desk, receipt)
    assert (followed.state, followed.disposition) == ("closed", "handled")
    assert followed.lines[-1].text == "Cảm ơn bà con"

    await hoa.send(f"/desk/tips/{tip}/close", fields)
    assert hoa.status == 409
    assert "đã kết thúc" in hoa.alert


@pytest.mark.parametrize("action", ["", "/claim", "/ask", "/note", "/transfer", "/close"])
async def test_a_tip_of_others_does_not_exist(action: str, world: World, hoa: Browser) -> None:
    world.submit(TEXT, PROVINCE)
    (foreign,) = world.waiting(world.ngan)
    await hoa.open("/desk/queue")
    fields = {"text": "x", "to": COMMUNE, "disposition": "spam"}
    seen = set()
    for tip in (foreign, uuid4(), "1", "%00", "..%2f..%2fqueue"):
        path = f"/desk/tips/{tip}{action}"
        await (hoa.send(path, fields) if action else hoa.open(path))
        assert hoa.status == 404
        seen.add(hoa.alert)
        await hoa.open("/desk/queue")
    assert "Không có tin này trong hàng đợi của bạn" in " ".join(seen)
    assert world.waiting(world.ngan) == [foreign]
    assert deeds(world, foreign) == []
