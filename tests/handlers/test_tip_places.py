"""Where a tip happened, as dialogues: a guess to confirm, buttons when unsure, never a default."""

import pytest

from desk import activation
from desk.errors import NotReceivingError
from handlers.texts import say
from tests.handlers.talking import Lan
from tests.storage.rows import Owner
from tests.world import NEIGHBOUR, World, hire, open_province

TIP = "Khuya qua có hai người bẻ khoá nhà trọ, lấy chiếc xe máy dựng trong sân."
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


def test_an_unclear_place_in_the_tip_itself_offers_buttons(safe: Lan) -> None:
    assert safe.says(f"{TIP} Ở xã Suối Đá.") == say("tip.place_split")

    assert "Gửi đến: Công an tỉnh Tây Ninh" in safe.presses("unknown_place")
