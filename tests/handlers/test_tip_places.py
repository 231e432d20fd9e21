"""Where a tip happened, as dialogues: a guess to confirm, buttons when unsure, never a default."""

import pytest

from desk import activation, hamlets
from desk.errors import NotReceivingError
from handlers.texts import say
from tests.handlers.talking import Lan
from tests.storage.rows import Owner
from tests.world import NEIGHBOUR, World, hire, open_province

TIP = "Khuya qua có hai người bẻ khoá nhà trọ, lấy chiếc xe máy dựng trong sân."
MINH, CHAU = "25480", "25552"  # what Xã Suối Đá was divided between
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


@pytest.fixture
def safe(lan: Lan) -> Lan:
    """Lan has seen the numbers: no judgement of urgency shows them again."""
    lan.presses("tip")
    lan.presses("danger_yes")
    lan.presses("go_on")
    return lan


def test_a_place_nobody_knows_is_asked_again(lan: Lan) -> None:
    assert told(lan, place="Xyzzy") == say("tip.place_none")
    assert "Xã Rạch Kiến" in lan.says(PLACE)


def test_a_tip_told_in_two_messages_is_sent_whole(world: World, lan: Lan) -> None:
    more = "Xe wave đỏ của hàng xóm em mua hồi năm ngoái"

    assert told(lan, place=more) == say("tip.place_told_on")
    assert f"“{TIP}\n{more}”" in lan.says(PLACE)
    lan.presses("send")
    report = world.opened(world.minh, world.newest(world.minh)).report
    assert report["text"] == f"{TIP}\n{more}"
    assert report.get("place_words", "") == PLACE


def test_danger_told_where_a_place_was_asked_for_shows_the_numbers_first(lan: Lan) -> None:
    more = "Nó quay lại cầm dao đòi chém tôi, cứu với"

    assert told(lan, place=more) == say("tip.urgent")
    assert "113" in lan.reply.calls
    assert lan.chat.draft["text"] == f"{TIP}\n{more}"


def test_near_a_hamlet_a_second_message_is_kept_as_well(lan: Lan) -> None:
    told(lan, place="Phường 2")
    lan.presses("unknown_place")
    more = "Xe wave đỏ của hàng xóm em mua hồi năm ngoái"
    lan.says(more)

    assert more in lan.presses("at:27787")


def test_so_long_a_tip_that_nothing_more_fits_says_so_and_keeps_what_was_told(lan: Lan) -> None:
    told(lan, place="Xyzzy")

    assert "dài quá" in lan.says("chạy về hướng cầu " * 300)
    assert lan.chat.draft["text"] == TIP


@pytest.mark.parametrize(
    "typed", ["xa rach kien tay ninh", "XÃ RẠCH KIẾN, TÂY NINH", "xa long hoa can duoc long an"]
)
def test_a_place_may_be_typed_without_marks(lan: Lan, typed: str) -> None:
    assert "Nơi xảy ra: Xã Rạch Kiến, Tỉnh Tây Ninh" in told(lan, place=typed)


def test_an_unclear_place_offers_buttons_that_say_what_they_were(lan: Lan) -> None:
    assert told(lan, place="Phường 2") == say("tip.place_which")

    places = [choice for choice in lan.reply.choices if choice.id.startswith("at:")]
    assert [choice.id for choice in places] == ["at:25459", "at:27694", "at:27787"]
    assert places[0].label.startswith("Phường Tân Ninh, Tỉnh Tây Ninh (gồm ")
    assert [c.id for c in lan.reply.choices[3:]] == ["unknown_place", "back", "cancel"]
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


def test_the_station_that_closed_meanwhile_is_noticed_at_the_last_press(
    lan: Lan, owner_url: str
) -> None:
    told(lan)
    with Owner(owner_url) as owner:
        owner.run("UPDATE station SET active_since = NULL")

    with pytest.raises(NotReceivingError, match="113"):
        lan.presses("send")


def test_a_place_told_in_the_tip_itself_needs_only_a_yes(safe: Lan) -> None:
    asked = safe.says(f"{TIP} Việc xảy ra ở xã Rạch Kiến, tỉnh Tây Ninh.")

    assert asked == say("tip.place_sure", place="Xã Rạch Kiến, Tỉnh Tây Ninh")
    assert safe.chat.offered[:2] == ("at:28114", "elsewhere")
    assert "Gửi đến: Công an xã Rạch Kiến" in safe.says("đúng")


def test_an_unclear_place_in_the_tip_itself_offers_buttons(lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")

    assert lan.says(f"{TIP} Ở xã Suối Đá.") == say("tip.place_split")
    assert lan.chat.offered[:2] == (f"at:{MINH}", f"at:{CHAU}")


def test_whoever_cannot_choose_is_asked_for_a_hamlet_and_only_then_nobody_knows(
    world: World, lan: Lan
) -> None:
    told(lan, place="Xã Suối Đá")

    assert lan.presses("unknown_place") == say("tip.hamlet")
    assert lan.reply.asks_place
    review = lan.presses("unknown_place")

    assert "Gửi đến: Công an tỉnh Tây Ninh" in review
    lan.presses("send")
    assert len(world.waiting(world.ngan)) == 1


@pytest.mark.parametrize(
    "typed", ["ấp Phước Bình", "ap phuoc binh", "Phước Bình", "gần ấp Phước Bình 2"]
)
def test_a_hamlet_on_a_communes_list_decides(world: World, lan: Lan, typed: str) -> None:
    lines = [f"{CHAU},Suối Đá,Ấp Phước Bình", f"{CHAU},Suối Đá,Ấp Phước Bình 2"]
    with world.office.begin("sweeps") as desk:
        hamlets.take(desk, ["commune,former,hamlet", *lines])
    told(lan, place="Xã Suối Đá")
    lan.presses("unknown_place")

    review = lan.says(typed)

    assert f"Nơi xảy ra: Xã Dương Minh Châu, Tỉnh Tây Ninh (bà con ghi “{typed}”)" in review


def test_a_hamlet_told_at_once_needs_no_question(world: World, lan: Lan) -> None:
    with world.office.begin("sweeps") as desk:
        hamlets.take(desk, ["commune,former,hamlet", f"{CHAU},Suối Đá,Ấp Phước Bình"])

    assert "Nơi xảy ra: Xã Dương Minh Châu" in told(lan, place="ấp Phước Bình, xã Suối Đá")


def test_a_landmark_with_a_name_of_one_of_them_is_a_guess_to_confirm(lan: Lan) -> None:
    told(lan, place="Xã Suối Đá")
    lan.presses("unknown_place")

    asked = lan.says("chỗ trường cấp hai Thạnh Tân")  # Thạnh Tân is a part of Phường Bình Minh

    assert asked == say("tip.place_sure", place="Phường Bình Minh, Tỉnh Tây Ninh")
    assert "(bà con ghi “chỗ trường cấp hai Thạnh Tân”)" in lan.presses(f"at:{MINH}")


def test_a_landmark_nobody_knows_is_kept_for_the_officers(world: World, lan: Lan) -> None:
    told(lan, place="Xã Suối Đá")
    lan.presses("unknown_place")

    assert lan.says("gần cây xăng") == say("tip.hamlet_none")
    assert lan.chat.offered[:2] == (f"at:{MINH}", f"at:{CHAU}")
    lan.presses("unknown_place")
    lan.presses("send")

    report = world.opened(world.ngan, world.newest(world.ngan)).report
    assert (report["place"], report["place_words"]) == ("80", "gần cây xăng")


def test_an_urgent_tip_goes_to_the_province_at_once_and_the_place_is_asked_afterwards(
    world: World, safe: Lan
) -> None:
    review = safe.says(f"{TIP} Ở xã Suối Đá.")
    assert "Gửi đến: Công an tỉnh Tây Ninh" in review
    assert say("tip.review_urgent") in review

    sent = safe.presses("send")
    tip_id = world.newest(world.ngan)
    assert sent.endswith(say("tip.after"))
    assert safe.reply.copy
    assert safe.reply.calls

    added = safe.says("ấp 3, xã Dương Minh Châu")
    place = "Xã Dương Minh Châu, Tỉnh Tây Ninh (bà con ghi “ấp 3, xã Dương Minh Châu”)"
    assert added == say("tip.after_done", place=place)
    *_, last = world.opened(world.ngan, tip_id).lines
    assert (last.kind, last.content["text"]) == ("addition", f"Nơi xảy ra: {place}")
    assert safe.presses("saved") == say("tip.saved")


def test_an_urgent_tip_may_still_name_its_place_at_the_last_look(safe: Lan) -> None:
    safe.says(TIP)

    assert "Gửi đến: Công an xã Rạch Kiến" in safe.says(PLACE)


def test_words_about_the_place_that_nobody_understands_are_added_as_they_are(
    world: World, safe: Lan
) -> None:
    safe.says(TIP)
    safe.presses("send")
    tip_id = world.newest(world.ngan)

    safe.says("cạnh bờ sông")

    *_, last = world.opened(world.ngan, tip_id).lines
    assert last.content["text"] == "Nơi xảy ra: chưa rõ (bà con ghi “cạnh bờ sông”)"
