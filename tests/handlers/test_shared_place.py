"""A place shared by telephone: used for the one question it answers, and nowhere to be found."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from desk.desk import Office
from handlers import dispatcher
from handlers.chat import Incoming
from handlers.texts import say
from nlp.boundaries import Spot
from tests.handlers.talking import Lan
from tests.squares import MIDDLE, SOUTH, WEST, squares
from tests.world import World

TIP = "Khuya qua có hai người bẻ khoá nhà trọ, lấy chiếc xe máy dựng trong sân."
INSIDE = Spot(SOUTH + 0.005123, 106.605123, 12.0)
BORDER = Spot(SOUTH + 0.005123, 106.610123, 12.0)


class Walker(Lan):
    """Lan with a telephone that knows where it is."""

    def shares(self, spot: Spot) -> str:
        """Send the place; what she reads next."""
        return self._turn(Incoming(at=spot))


@pytest.fixture
def lan(world: World, tmp_path: Path) -> Walker:
    office = world.office
    tools = replace(office.tools, boundaries=squares(tmp_path))
    return Walker(replace(world, office=Office(office.store, tools, world.clock)))


def asked_where(lan: Walker) -> Walker:
    lan.presses("tip")
    lan.presses("danger_no")
    assert lan.says(TIP) == say("tip.place")
    assert lan.reply.asks_place
    return lan


def test_a_place_well_inside_a_commune_is_shown_at_the_last_look(lan: Walker) -> None:
    review = asked_where(lan).shares(INSIDE)

    assert "Nơi xảy ra: Xã Rạch Kiến, Tỉnh Tây Ninh" in review
    assert "Gửi đến: Công an xã Rạch Kiến" in review


def test_near_a_border_the_communes_around_are_asked_about(lan: Walker) -> None:
    assert asked_where(lan).shares(BORDER) == say("tip.place_border")

    assert set(lan.chat.offered[:2]) == {f"at:{WEST}", f"at:{MIDDLE}"}
    assert "Nơi xảy ra: Xã Long Cang" in lan.presses(f"at:{MIDDLE}")


def test_far_away_the_name_is_asked_for(lan: Walker) -> None:
    assert asked_where(lan).shares(Spot(21.03, 105.85)) == say("tip.spot_outside")
    assert "Xã Rạch Kiến" in lan.says("xã Rạch Kiến, Tây Ninh")


def test_nothing_that_is_kept_holds_the_numbers(world: World, lan: Walker) -> None:
    asked_where(lan).shares(BORDER)
    kept = json.dumps(asdict(lan.chat), ensure_ascii=False)
    lan.presses(f"at:{WEST}")
    kept += json.dumps(asdict(lan.chat), ensure_ascii=False)
    lan.presses("send")
    report = world.opened(world.minh, world.newest(world.minh)).report

    for number in ("106.6101", "10.6051", "0.005123"):
        assert number not in kept
        assert number not in json.dumps(report)
    assert say("menu.place_shared") in kept


def test_where_nobody_asks_for_a_place_it_is_not_taken(lan: Walker) -> None:
    assert lan.shares(INSIDE) == say("menu.place_later")
    lan.presses("tip")
    assert lan.shares(INSIDE) == say("menu.place_later")
    assert lan.presses("danger_no") == say("tip.what")


def test_after_an_urgent_tip_the_place_is_added_to_it(world: World, lan: Walker) -> None:
    lan.presses("tip")
    lan.presses("danger_yes")
    lan.presses("go_on")
    lan.says(TIP)
    lan.presses("send")
    tip_id = world.newest(world.ngan)

    assert lan.shares(BORDER) == say("tip.place_border")
    assert say("tip.after_done", place="Xã Long Cang, Tỉnh Tây Ninh") == lan.presses(f"at:{MIDDLE}")

    *_, last = world.opened(world.ngan, tip_id).lines
    assert last.content["text"] == "Nơi xảy ra: Xã Long Cang, Tỉnh Tây Ninh"


def test_an_urgent_tip_takes_the_place_at_the_last_look_too(lan: Walker) -> None:
    lan.presses("tip")
    lan.presses("danger_yes")
    lan.presses("go_on")
    lan.says(TIP)

    assert "Gửi đến: Công an xã Rạch Kiến" in lan.shares(INSIDE)


def test_a_subscriber_may_share_where_they_live(lan: Walker) -> None:
    lan.presses("follow")

    assert "Xã Rạch Kiến, Tỉnh Tây Ninh" in lan.shares(INSIDE)


def test_without_boundaries_the_name_is_asked_for(world: World) -> None:
    lan = asked_where(Walker(world))

    assert lan.shares(INSIDE) == say("tip.spot_none")
    assert dispatcher.reply_in(lan.chat)
