"""Telling a tip, as dialogues."""

import pytest

from desk import queue, tips
from handlers import menu
from handlers.texts import say
from tests.handlers.talking import Lan
from tests.world import World

TIP = "Khuya qua có hai người bẻ khoá nhà trọ, lấy chiếc xe máy dựng trong sân."
FIRE = "Đang có cháy nhà ở chợ, còn người kẹt bên trong"
PLACE = "xã Long Hòa, Cần Đước, Long An"


@pytest.fixture
def lan(world: World) -> Lan:
    return Lan(world)


def told(lan: Lan, text: str = TIP, place: str = PLACE) -> str:
    """Lan tells a tip and stands before the last look."""
    lan.presses("tip")
    lan.presses("danger_no")
    lan.says(text)
    return lan.says(place)


def remembered(lan: Lan) -> str:
    return repr(lan.chat)


def test_a_tip_from_the_first_word_to_the_receipt_and_back(world: World, lan: Lan) -> None:
    assert lan.says("") == say("menu.hello")
    assert lan.presses("tip") == say("tip.danger")
    assert lan.presses("danger_no") == say("tip.what")
    assert lan.says(TIP) == say("tip.place")
    review = lan.says(PLACE)
    assert f"“{TIP}”" in review
    assert "Xã Rạch Kiến, Tỉnh Tây Ninh" in review
    assert "Gửi đến: Công an xã Rạch Kiến" in review
    assert world.waiting(world.minh) == []

    sent = lan.presses("send")

    assert "Đã chuyển đến trực ban Công an xã Rạch Kiến" in sent
    receipt = lan.reply.copy
    assert world.opened(world.minh, world.newest(world.minh)).report["text"] == TIP
    assert world.follow(receipt).lines[0].text == TIP
    assert lan.presses("saved") == say("tip.saved")
    assert lan.presses("receipt") == say("receipt.ask")
    assert "đang ở Công an xã Rạch Kiến" in lan.says(receipt)


def test_danger_shows_the_numbers_before_a_word_is_asked(lan: Lan) -> None:
    lan.presses("tip")

    assert lan.presses("danger_yes") == say("tip.danger_yes")
    assert lan.reply.calls == menu.CALLS
    assert lan.presses("go_on") == say("tip.what")
    assert say("tip.review_urgent") in lan.says(FIRE)  # the numbers: shown once is enough
    assert not lan.reply.calls


@pytest.mark.parametrize("typed", ["1", "Có", "có", "co", "CÓ!", "Có, đang nguy hiểm", "co\u0301"])
def test_yes_may_be_typed_to_the_danger_question(lan: Lan, typed: str) -> None:
    lan.presses("tip")

    assert lan.says(typed) == say("tip.danger_yes")
    assert lan.reply.calls[0] == "113"


@pytest.mark.parametrize("typed", ["2", "Không", "khong", "không.", " KHÔNG "])
def test_no_may_be_typed_to_the_danger_question(lan: Lan, typed: str) -> None:
    lan.presses("tip")

    assert lan.says(typed) == say("tip.what")


def test_more_words_after_the_numbers_belong_to_the_tip(lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    lan.says(FIRE)

    assert say("tip.review_urgent") in lan.says("Lửa lan sang nhà bên")
    assert f"“{FIRE}\nLửa lan sang nhà bên”" in lan.says(PLACE)


def test_an_urgent_tip_leaves_the_receipt_with_the_number_to_call(world: World, lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_yes")
    lan.presses("go_on")
    lan.says(FIRE)
    lan.says(PLACE)

    lan.presses("send")

    assert lan.reply.calls == ("114",)
    with world.office.begin("desk", world.minh.id) as desk:
        assert [row.tip.urgent for row in queue.waiting(desk, "new")] == [True]


def test_an_urgent_text_shows_the_numbers_before_the_place(lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")

    assert lan.says(FIRE) == say("tip.urgent")
    assert lan.reply.calls == ("114", "113")
    assert say("tip.review_urgent") in lan.presses("go_on")


def test_back_leads_one_step_back_everywhere(lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    assert lan.presses("back") == say("tip.danger")
    lan.presses("danger_no")
    lan.says(TIP)
    assert lan.presses("back") == say("tip.what")
    assert lan.says(TIP) == say("tip.place")
    lan.says(PLACE)
    assert lan.presses("edit_place") == say("tip.place")
    lan.says(PLACE)
    assert lan.presses("edit_text") == say("tip.what")
    assert "“Khác hẳn, có người đánh bài”" in lan.says("Khác hẳn, có người đánh bài")


STEPS = {
    "danger": [],
    "danger_yes": ["danger_yes"],
    "what": ["danger_no"],
    "urgent": ["danger_no", f"says {FIRE}"],
    "place": ["danger_no", f"says {TIP}"],
    "place again": ["danger_no", f"says {TIP}", "says Phường 2"],
    "review": ["danger_no", f"says {TIP}", f"says {PLACE}"],
    "not receiving": ["danger_no", f"says {TIP}", "says xã Chợ Mới, An Giang"],
}


@pytest.mark.parametrize("step", STEPS)
def test_cancelling_anywhere_wipes_all_that_was_typed(world: World, lan: Lan, step: str) -> None:
    lan.presses("tip")
    for deed in STEPS[step]:
        _ = lan.says(deed[5:]) if deed.startswith("says ") else lan.presses(deed)
    assert "cancel" in lan.chat.offered

    assert lan.presses("cancel") == say("menu.cancelled")

    assert len(lan.chat.lines) == 1
    for word in ("xe máy", "cháy", "Long Hòa", "Chợ Mới"):
        assert word not in remembered(lan).replace(say("menu.cancelled"), "")
    assert lan.chat.draft == {}
    assert world.waiting(world.minh) == []


def test_home_wipes_as_cancelling_does(lan: Lan) -> None:
    told(lan)

    assert lan.presses("home") == say("menu.hello")

    assert len(lan.chat.lines) == 1
    assert TIP not in remembered(lan)


def test_after_sending_the_chat_holds_the_receipt_and_then_nothing(lan: Lan) -> None:
    told(lan)

    lan.presses("send")
    receipt = lan.reply.copy
    assert TIP not in remembered(lan)
    assert PLACE not in remembered(lan)
    assert len(lan.chat.lines) == 1
    lan.presses("saved")

    assert receipt not in remembered(lan)
    assert len(lan.chat.lines) == 1


def test_a_second_press_on_send_sends_nothing_more(world: World, lan: Lan) -> None:
    told(lan)
    lan.presses("send")
    receipt = lan.reply.copy

    assert lan.presses("send") == say("menu.forged")

    assert len(world.waiting(world.minh)) == 1
    assert lan.chat.offered == ("saved",)
    lan.presses("saved")
    assert world.follow(receipt).state == "new"


def test_words_after_the_receipt_are_heard_like_any_others(lan: Lan) -> None:
    told(lan)
    lan.presses("send")

    assert lan.says(FIRE) == say("menu.offer_tip")
    assert lan.reply.calls == ("114", "113")


def test_more_words_at_the_last_look_belong_to_the_tip(lan: Lan) -> None:
    told(lan)

    assert f"“{TIP}\nBiển số 62A”" in lan.says("Biển số 62A")


def test_an_urgent_word_at_the_last_look_shows_the_numbers(lan: Lan) -> None:
    told(lan)

    assert lan.says(FIRE) == say("tip.urgent")
    assert lan.reply.calls == ("114", "113")
    assert FIRE in lan.presses("go_on")


@pytest.mark.parametrize("where", ["what", "review", "urgent"])
def test_nothing_of_a_long_tip_is_cut_off_in_silence(world: World, lan: Lan, where: str) -> None:
    limit = tips.TEXT_LIMIT
    too_long = say("tip.too_long", limit=str(limit))
    if where == "what":
        lan.presses("tip")
        lan.presses("danger_no")
        assert lan.says("a" * (limit + 1)) == too_long
        assert "aaaa" not in remembered(lan)
    elif where == "review":
        told(lan, TIP)
        assert lan.says("b" * limit) == too_long
    else:
        lan.presses("tip")
        lan.presses("danger_no")
        lan.says(FIRE)
        assert lan.says("b" * limit) == too_long

    assert world.waiting(world.minh) == []
    assert "bbbb" not in remembered(lan)


def test_a_tip_of_the_longest_length_arrives_whole(world: World, lan: Lan) -> None:
    text = ((TIP + " ") * 100)[: tips.TEXT_LIMIT - 1] + "."
    lan.presses("tip")
    lan.presses("danger_yes")
    lan.presses("go_on")
    lan.says(text)
    lan.says(PLACE)

    lan.presses("send")

    assert world.opened(world.minh, world.newest(world.minh)).report["text"] == text


def test_words_instead_of_yes_or_no_belong_to_a_tip_already_written(lan: Lan) -> None:
    lan.says(TIP)
    lan.presses("as_tip")
    lan.presses("danger_yes")

    assert say("tip.review_urgent") in lan.says("Họ đi về phía cầu")

    assert lan.chat.draft["text"] == f"{TIP}\nHọ đi về phía cầu"


def test_an_empty_answer_asks_the_same_again(lan: Lan) -> None:
    lan.presses("tip")
    assert lan.says("") == say("tip.danger")
    lan.presses("danger_no")
    assert lan.says(" ") == say("tip.what")
    lan.says(TIP)
    assert lan.says("") == say("tip.place")
    review = lan.says(PLACE)
    assert lan.says("") == review
