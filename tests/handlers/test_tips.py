"""Telling a tip, as dialogues."""

import pytest

from desk import activation, counters, queue, tips
from desk.errors import NotReceivingError
from handlers import menu
from handlers.texts import say
from tests.handlers.talking import Lan
from tests.storage.rows import Owner
from tests.world import NEIGHBOUR, World, hire, open_province

TIP = "Khuya qua có hai người bẻ khoá nhà trọ, lấy chiếc xe máy dựng trong sân."
FIRE = "Đang có cháy nhà ở chợ, còn người kẹt bên trong"
OPINION = "Quan điểm của em là học sinh không nên bị cấm điện thoại hoàn toàn"
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
    assert lan.says(FIRE) == say("tip.place")  # shown once is enough
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


def test_an_urgent_text_shows_the_numbers_before_the_place(lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")

    assert lan.says(FIRE) == say("tip.urgent")
    assert lan.reply.calls == ("114", "113")
    assert lan.presses("go_on") == say("tip.place")


def test_more_words_after_the_numbers_belong_to_the_tip(lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    lan.says(FIRE)

    assert lan.says("Lửa lan sang nhà bên") == say("tip.place")
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


def test_a_place_nobody_knows_is_asked_again(lan: Lan) -> None:
    assert told(lan, place="Xyzzy") == say("tip.place_none")
    assert "Xã Rạch Kiến" in lan.says(PLACE)


@pytest.mark.parametrize(
    "typed", ["xa rach kien tay ninh", "XÃ RẠCH KIẾN, TÂY NINH", "xa long hoa can duoc long an"]
)
def test_a_place_may_be_typed_without_marks(lan: Lan, typed: str) -> None:
    assert "Nơi xảy ra: Xã Rạch Kiến, Tỉnh Tây Ninh" in told(lan, place=typed)


def test_an_unclear_place_offers_buttons_that_say_what_they_were(lan: Lan) -> None:
    assert told(lan, place="Phường 2") == say("tip.place_which")

    places = [choice for choice in lan.reply.choices if choice.id.startswith("at:")]
    assert [choice.id for choice in places] == ["at:25459", "at:27787"]
    assert places[0].label.startswith("Phường Tân Ninh, Tỉnh Tây Ninh (gồm ")
    assert [c.id for c in lan.reply.choices[2:]] == ["unknown_place", "back", "cancel"]
    assert "Nơi xảy ra: Phường Kiến Tường, Tỉnh Tây Ninh" in lan.presses("at:27787")


def test_a_place_on_a_button_may_be_typed_too(lan: Lan) -> None:
    told(lan, place="Phường 2")

    assert "Nơi xảy ra: Phường Kiến Tường, Tỉnh Tây Ninh" in lan.says("phuong kien tuong")


def test_a_commune_that_was_split_asks_which_part(lan: Lan) -> None:
    assert told(lan, place="Xã Suối Đá") == say("tip.place_split")

    assert lan.chat.offered[:2] == ("at:25480", "at:25552")


def test_not_knowing_where_goes_to_the_one_province_there_is(world: World, lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    lan.says(TIP)

    review = lan.presses("unknown_place")

    assert "Gửi đến: Công an tỉnh Tây Ninh" in review
    lan.presses("send")
    assert len(world.waiting(world.ngan)) == 1


def test_not_knowing_where_asks_for_the_province_if_there_are_two(world: World, lan: Lan) -> None:
    hire(world.office, "91", "province", "Sáu", "sau", open_province)
    lan.presses("tip")
    lan.presses("danger_no")
    lan.says(TIP)

    assert lan.presses("unknown_place") == say("tip.place_province")
    assert [c.label for c in lan.reply.choices][:2] == ["Tỉnh An Giang", "Tỉnh Tây Ninh"]
    assert "Gửi đến: Công an tỉnh An Giang" in lan.presses("at:91")


def test_a_place_where_nobody_receives_is_said_before_sending(lan: Lan) -> None:
    assert told(lan, place="xã Chợ Mới, tỉnh An Giang") == say("tip.not_receiving")
    assert lan.reply.calls == ("113",)

    assert lan.presses("elsewhere") == say("tip.place")
    assert "Gửi đến: Công an xã Rạch Kiến" in lan.says(PLACE)


def test_a_commune_without_an_open_station_is_told_who_will_really_hold_the_tip(
    world: World, lan: Lan
) -> None:
    review = told(lan, place="xã Long Cang, Tây Ninh")

    assert "Nơi xảy ra: Xã Long Cang, Tỉnh Tây Ninh" in review
    assert "Gửi đến: Công an tỉnh Tây Ninh" in review
    hire(world.office, NEIGHBOUR, "chief", "Bình", "binh", activation.activate_commune)
    assert "Gửi đến: Công an xã Long Cang" in lan.says("Biển số 62A")


def test_a_tip_about_the_station_itself_goes_over_its_head_and_back_again(
    world: World, lan: Lan
) -> None:
    told(lan)

    over = lan.presses("about_station")
    assert "Gửi đến: Công an tỉnh Tây Ninh" in over
    assert say("tip.review_about") in over
    back = lan.presses("not_about_station")
    assert "Gửi đến: Công an xã Rạch Kiến" in back
    assert say("tip.review_about") not in back
    lan.presses("about_station")
    lan.presses("send")

    assert world.waiting(world.minh) == []
    assert world.opened(world.ngan, world.newest(world.ngan)).report["about_station"] is True


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


def test_an_opinion_is_declined_counted_and_not_kept(world: World, lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")

    declined = lan.says(OPINION)

    assert say("menu.opinion") in declined
    assert OPINION not in remembered(lan)
    assert _declined(world) == 1
    assert world.waiting(world.minh) == world.waiting(world.ngan) == []


def test_an_opinion_said_twice_is_declined_twice(world: World, lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")

    for _ in range(2):
        assert say("menu.opinion") in lan.says(OPINION)

    assert _declined(world) == 2
    assert OPINION not in remembered(lan)


def test_whoever_means_an_event_says_so_and_goes_on(lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    lan.says(OPINION)

    assert lan.presses("concrete") == say("tip.what")
    assert lan.says(TIP) == say("tip.place")


def _declined(world: World) -> int:
    with world.office.begin("desk") as desk:
        return counters.total(desk, "declined_opinion")


def test_the_station_that_closed_meanwhile_is_noticed_at_the_last_press(
    lan: Lan, owner_url: str
) -> None:
    told(lan)
    with Owner(owner_url) as owner:
        owner.run("UPDATE station SET active_since = NULL")

    with pytest.raises(NotReceivingError, match="113"):
        lan.presses("send")
