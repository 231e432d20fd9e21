"""Whoever gives themselves away in a tip is told before it is sent, and may hide it."""

import pytest

from handlers.texts import say
from tests.handlers.talking import Lan
from tests.world import World

PLACE = "xã Long Hòa, Cần Đước, Long An"
TIP = "Em tên Lan, sđt em 0912345678. Quán cà phê đầu chợ chứa đánh bạc mỗi đêm."


@pytest.fixture
def lan(world: World) -> Lan:
    return Lan(world)


def reviewed(lan: Lan, text: str) -> str:
    lan.presses("tip")
    lan.presses("danger_no")
    lan.says(text)
    return lan.says(PLACE)


def test_the_last_look_names_what_gives_the_writer_away(lan: Lan) -> None:
    review = reviewed(lan, TIP)

    assert say("tip.review_self", kinds="tên, số điện thoại") in review
    assert lan.reply.choices[0].id == "hide_me"


def test_hiding_replaces_it_and_the_rest_is_sent_as_it_was(world: World, lan: Lan) -> None:
    reviewed(lan, TIP)

    review = lan.presses("hide_me")
    lan.presses("send")

    assert "0912345678" not in review
    assert "hide_me" not in [choice.id for choice in lan.reply.choices]
    text = world.opened(world.minh, world.newest(world.minh)).report["text"]
    assert text == ("Em tên [đã che], sđt em [đã che]. Quán cà phê đầu chợ chứa đánh bạc mỗi đêm.")


def test_the_writer_decides_and_may_send_it_as_it_is(world: World, lan: Lan) -> None:
    reviewed(lan, TIP)
    lan.presses("send")

    assert world.opened(world.minh, world.newest(world.minh)).report["text"] == TIP


def test_what_is_said_of_others_brings_no_warning(lan: Lan) -> None:
    review = reviewed(
        lan, "Thằng Hùng ở số 12 bán ma túy đá cho học sinh, sđt nó 0912345678, xe 51F-123.45."
    )

    assert say("tip.review_self", kinds="").split("{")[0][:20] not in review
    assert lan.reply.choices[0].id == "send"
