"""Before anything else: is anybody in danger? Also for those who simply began to write."""

import pytest

from desk import tips
from handlers import menu
from handlers.texts import say
from tests.handlers.talking import Lan
from tests.world import COMMUNE, World

TIP = "Khuya qua có hai người bẻ khoá nhà trọ, lấy chiếc xe máy dựng trong sân."
URGENT = "Đang có hai nhóm cầm mã tấu rượt chém nhau trước chợ, có người bị thương."
PLACE = "xã Long Hòa, Cần Đước, Long An"


@pytest.fixture
def lan(world: World) -> Lan:
    return Lan(world)


def test_a_text_offered_as_a_tip_is_asked_about_danger_before_the_place(lan: Lan) -> None:
    assert lan.says(TIP) == say("menu.offer_tip")
    assert lan.presses("as_tip") == say("tip.danger")

    assert lan.presses("danger_no") == say("tip.place")
    assert TIP in lan.says(PLACE)


def test_danger_after_a_written_text_shows_the_numbers_and_keeps_the_text(lan: Lan) -> None:
    lan.says(TIP)
    lan.presses("as_tip")

    assert lan.presses("danger_yes") == say("tip.danger_yes")
    assert lan.reply.calls[0] == "113"
    assert say("tip.review_urgent") in lan.presses("go_on")
    assert TIP in lan.says(PLACE)


def test_more_words_instead_of_an_answer_about_danger_join_the_text(lan: Lan) -> None:
    lan.says(TIP)
    lan.presses("as_tip")

    assert lan.says("Chúng đi xe không biển số.") == say("tip.place")
    reviewed = lan.says(PLACE)
    assert TIP in reviewed
    assert "Chúng đi xe không biển số." in reviewed


def test_an_urgent_text_is_not_asked_about_danger_but_shown_the_numbers(lan: Lan) -> None:
    lan.says(URGENT)
    assert "113" in lan.reply.calls

    assert lan.presses("as_tip") == say("tip.urgent")
    assert "113" in lan.reply.calls
    assert say("tip.review_urgent") in lan.presses("go_on")


HELP = "Nó đang cầm dao đứng trước nhà tôi, cứu với"


def receipt_of_a_tip(lan: Lan) -> str:
    with lan.office.begin("intake") as desk:
        return tips.submit(desk, tips.Draft(text=TIP, place=COMMUNE)).receipt


@pytest.mark.parametrize("door", ["check", "follow", "receipt", "ask", "home"])
def test_danger_told_behind_any_door_shows_the_numbers_first(lan: Lan, door: str) -> None:
    lan.presses(door)
    lan.says(HELP)

    assert "113" in lan.reply.calls


def test_danger_added_to_a_tip_already_sent_shows_the_numbers_first(lan: Lan) -> None:
    lan.presses("receipt")
    lan.says(receipt_of_a_tip(lan))

    assert lan.says(HELP).endswith(say("receipt.added"))
    assert "113" in lan.reply.calls
    lan.presses("look_again")
    assert lan.reply.calls == ()


def test_an_addition_without_danger_shows_no_numbers(lan: Lan) -> None:
    lan.presses("receipt")
    lan.says(receipt_of_a_tip(lan))
    lan.says("Xe màu đỏ, mua hồi năm ngoái")

    assert lan.reply.calls == ()


@pytest.mark.parametrize("steps", [("danger_no",), ("danger_no", "cancel"), ("home",)])
def test_an_old_button_that_says_danger_shows_the_numbers_and_drops_nothing(
    lan: Lan, steps: tuple[str, ...]
) -> None:
    lan.presses("tip")
    for step in steps:
        lan.presses(step)
    before = lan.chat

    assert lan.presses("danger_yes") == say("menu.emergency")
    assert lan.reply.calls == menu.CALLS
    assert (lan.chat.step, lan.chat.draft) == (before.step, before.draft)
    assert lan.chat.offered == before.offered[: len(lan.chat.offered)]
