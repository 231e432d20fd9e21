"""What this channel is not for: an opinion is declined politely, counted, and not kept."""

import pytest

from desk import counters
from handlers.texts import say
from tests.handlers.talking import Lan
from tests.world import World

TIP = "Khuya qua có hai người bẻ khoá nhà trọ, lấy chiếc xe máy dựng trong sân."
OPINION = "Quan điểm của em là học sinh không nên bị cấm điện thoại hoàn toàn"


@pytest.fixture
def lan(world: World) -> Lan:
    return Lan(world)


def remembered(lan: Lan) -> str:
    return repr(lan.chat)


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
