"""Correcting, assigning, reminding and recording on the page of a tip."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID

import pytest

from desk import canned
from tests.console.browsing import Browser
from tests.world import COMMUNE, NEIGHBOUR, World

TEXT = "Khuya qua hai thanh niên bẻ khóa lấy xe máy ở chợ"


def tip_of(world: World, text: str = TEXT) -> UUID:
    world.submit(text)
    return world.newest(world.hoa)


def value(page: str, name: str) -> str:
    """What a field of the form shows."""
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)
    assert found, name
    return unescape(found[1])


async def test_the_form_is_filled_in_by_the_machine_and_saved_by_the_officer(
    world: World, hoa: Browser
) -> None:
    tip = tip_of(world)
    await hoa.open(f"/desk/tips/{tip}")
    assert "máy gợi ý, chưa ai kiểm tra" in hoa.page
    assert value(hoa.page, "when") == "Khuya qua"
    assert value(hoa.page, "place") == f"{COMMUNE} · Xã Rạch Kiến"

    fields = {"place": "Long Cang", "place_words": "bến đò", "when": "2 giờ", "who": "xe đỏ"}
    await hoa.send(f"/desk/tips/{tip}/facts", {**fields, "ongoing": "no", "do": "facts"})

    assert "Đã lưu dữ kiện" in hoa.page
    assert "Hoa đã ghi" in hoa.page
    assert value(hoa.page, "place").startswith(NEIGHBOUR)
    assert "bến đò · 2 giờ · xe đỏ · Đã xong" in hoa.page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"place": "Nơi không hề có"}, "Không tìm thấy đơn vị"),
        ({"place": "Tân"}, "Có nhiều nơi trùng tên này"),
        ({"who": "a" * 201}, "dài quá 200"),
        ({"ongoing": "mai"}, "Hãy chọn một mục"),
    ],
)
async def test_a_form_that_cannot_be_saved_keeps_what_was_typed(
    fields: dict[str, str], said: str, world: World, hoa: Browser
) -> None:
    tip = tip_of(world)
    await hoa.open(f"/desk/tips/{tip}")

    await hoa.send(f"/desk/tips/{tip}/facts", {"when": "2 giờ", "do": "facts", **fields})

    assert hoa.status == 422
    assert said in hoa.alert
    assert value(hoa.page, "when") == "2 giờ"


async def test_one_press_corrects_category_urgency_and_place(world: World, hoa: Browser) -> None:
    tip = tip_of(world, f"{TEXT} xã Long Cang, tỉnh Tây Ninh")
    path = f"/desk/tips/{tip}"
    await hoa.open(path)
    assert "Trong tin có nhắc: Xã Long Cang" in hoa.page

    await hoa.send(f"{path}/category", {"category": "gambling"})
    assert "<title>Cờ bạc" in hoa.page
    await hoa.send(f"{path}/urgency", {"urgent": "1"})
    assert "KHẨN</span> Cờ bạc" in hoa.page
    await hoa.send(f"{path}/place", {"place": NEIGHBOUR})
    assert value(hoa.page, "place").startswith(NEIGHBOUR)

    await hoa.send(f"{path}/category", {"category": "not_a_tip"})
    assert "Hãy chọn một mục" in hoa.alert


async def test_a_ready_question_needs_no_typing_and_typed_words_come_first(
    world: World, hoa: Browser
) -> None:
    receipt = world.submit(TEXT).receipt
    tip = world.newest(world.hoa)
    world.claim(world.hoa, tip)
    for typed, asked in (("", canned.QUESTIONS["vehicle"]), ("Ở đâu?", "Ở đâu?")):
        await hoa.open(f"/desk/tips/{tip}")
        await hoa.send(f"/desk/tips/{tip}/ask", {"text": typed, "canned": "vehicle"})
        assert world.follow(receipt).lines[-1].text == asked


async def test_a_tip_closed_without_a_word_gets_the_ready_one(world: World, hoa: Browser) -> None:
    receipt = world.submit(TEXT).receipt
    tip = world.newest(world.hoa)
    world.claim(world.hoa, tip)
    await hoa.open(f"/desk/tips/{tip}")
    await hoa.send(f"/desk/tips/{tip}/close", {"text": " ", "disposition": "twin"})
    assert world.follow(receipt).lines[-1].text == canned.ENDINGS["twin"]


async def test_a_chief_assigns_and_the_log_names_both(
    world: World, hoa: Browser, minh: Browser
) -> None:
    tip = tip_of(world)
    assert "Giao trong đơn vị" not in await minh.open(f"/desk/tips/{tip}")
    await hoa.open(f"/desk/tips/{tip}")

    await hoa.send(f"/desk/tips/{tip}/assign", {"officer": str(world.minh.id)})

    assert "Đã giao tin cho Minh" in hoa.page
    assert "Hoa giao tin cho Minh" in hoa.page
    await minh.open(f"/desk/tips/{tip}")
    await minh.send(f"/desk/tips/{tip}/release")
    assert minh.at == "/desk/queue"
    assert world.waiting(world.hoa) == [tip]


@pytest.mark.parametrize("officer", ["", "x", "7c9e6679-7425-40de-944b-e07fc1f90ae7"])
async def test_a_tip_is_given_to_nobody_unknown(officer: str, world: World, hoa: Browser) -> None:
    tip = tip_of(world)
    await hoa.open(f"/desk/tips/{tip}")
    await hoa.send(f"/desk/tips/{tip}/assign", {"officer": officer})
    assert hoa.status == 422
    assert world.waiting(world.hoa) == [tip]


def reminders_of(browser: Browser) -> str:
    """Where the queue's line about reminders leads."""
    found = re.search(r'href="([^"]*remind=1)"', browser.page)
    assert found is not None
    return unescape(found[1])


async def test_a_reminder_shows_on_its_day_in_the_queue_and_goes_when_done(
    world: World, hoa: Browser
) -> None:
    tip = tip_of(world)
    await hoa.open(f"/desk/tips/{tip}")
    await hoa.send(f"/desk/tips/{tip}/remind", {"text": "Gọi lại chủ trọ", "do": "remind"})
    assert "Hãy chọn ngày cần được nhắc" in hoa.alert
    assert "Gọi lại chủ trọ" in hoa.page
    await hoa.send(f"/desk/tips/{tip}/remind", {"on": "2026-03-05", "text": "Gọi lại chủ trọ"})
    assert "Hẹn xem lại 5/3/2026" in hoa.page

    assert "được hẹn xem lại" not in await hoa.open("/desk/queue")
    world.clock.at += timedelta(days=3)
    hoa.enter(world.office, world.hoa)
    await hoa.open("/desk/queue")
    assert "1 tin được hẹn xem lại hôm nay" in hoa.page
    assert "Gọi lại" not in hoa.page, "a list holds no free text"

    await hoa.open(reminders_of(hoa))
    assert f"/desk/tips/{tip}" in hoa.page, "new, and nobody took it"
    world.claim(world.hoa, tip)
    world.ask(world.hoa, tip, "Xe màu gì?")
    await hoa.open("/desk/queue")
    await hoa.open(reminders_of(hoa))
    assert f"/desk/tips/{tip}" in hoa.page, "waiting for its sender"

    await hoa.open(f"/desk/tips/{tip}")
    await hoa.send(f"/desk/tips/{tip}/reminded")
    assert "được hẹn xem lại" not in await hoa.open("/desk/queue")


async def test_the_laws_clock_starts_when_it_is_recorded_and_guides_the_officer(
    world: World, hoa: Browser
) -> None:
    tip = tip_of(world)
    world.claim(world.hoa, tip)
    path = f"/desk/tips/{tip}"
    assert "Hạn xử lý: 17:00, 09/03/2026" in await hoa.open(path)

    await hoa.send(f"{path}/accept", {"remote": "1"})
    assert "Hạn chuyển cơ quan điều tra: 15:00, 04/03/2026" in hoa.page
    assert "Chuyển hồ sơ cho cơ quan điều tra" in hoa.page
    await hoa.send(f"{path}/hand-over")
    assert "Hạn giải quyết nguồn tin: 00:00, 23/03/2026" in hoa.page
    await hoa.send(f"{path}/extend")
    assert "Đã gia hạn 1 lần" in hoa.page
    await hoa.send(f"{path}/accept")
    assert hoa.status == 422
    assert "Chưa làm được bước này" in hoa.alert


async def test_what_the_machine_took_for_spam_is_put_right_by_one_press(
    world: World, hoa: Browser
) -> None:
    world.submit("Chào buổi sáng, hôm nay trời đẹp quá")
    (tip,) = world.waiting(world.hoa, "spam")
    await hoa.open(f"/desk/tips/{tip}")
    assert "Máy nghi đây là tin rác" in hoa.page
    await hoa.send(f"/desk/tips/{tip}/not-spam")
    assert world.waiting(world.hoa) == [tip]
    assert "Không phải tin rác" not in hoa.page
