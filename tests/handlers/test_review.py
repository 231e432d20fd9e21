"""The last look before sending: what is shown is what goes out."""

import pytest

from handlers.chat import bot_line, reply_of
from tests.handlers.talking import Lan
from tests.world import World

TIP = "Khuya qua có hai người bẻ khoá nhà trọ, lấy chiếc xe máy dựng trong sân."
OLD_NAME = "xã Long Hòa, Cần Đước, Long An"


@pytest.fixture
def lan(world: World) -> Lan:
    lan = Lan(world)
    lan.presses("tip")
    lan.presses("danger_no")
    lan.says(TIP)
    return lan


def test_an_old_name_is_shown_beside_the_new_one(lan: Lan) -> None:
    reviewed = lan.says(OLD_NAME)

    assert f"Xã Rạch Kiến, Tỉnh Tây Ninh (bà con ghi “{OLD_NAME}”)" in reviewed


def test_the_words_for_a_place_go_when_another_place_is_picked(lan: Lan, world: World) -> None:
    lan.says(OLD_NAME)
    lan.presses("edit_place")
    reviewed = lan.presses("unknown_place")
    lan.presses("send")

    assert OLD_NAME not in reviewed
    [sent] = world.waiting(world.ngan)
    assert world.opened(world.ngan, sent).report["place_words"] == ""


def test_the_last_look_and_the_receipt_have_no_second_button_to_send(lan: Lan) -> None:
    lan.says(OLD_NAME)
    assert lan.reply.only_buttons
    assert reply_of(bot_line(lan.reply)).only_buttons

    lan.presses("send")
    assert lan.reply.copy
    assert lan.reply.only_buttons


@pytest.mark.parametrize("way", [["edit_text"], ["edit_place", "back"]])
def test_changing_a_word_is_not_writing_it_all_again(lan: Lan, way: list[str]) -> None:
    lan.says(OLD_NAME)
    for choice in way:
        lan.presses(choice)

    assert lan.reply.fill == TIP
    assert reply_of(bot_line(lan.reply)).fill == TIP
