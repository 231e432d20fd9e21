"""Danger in the middle of a tip: the numbers at once, and nothing of what was written is lost."""

import pytest

from handlers import menu
from handlers.texts import say
from tests.handlers.talking import Lan
from tests.world import World

TIP = "Khuya qua có hai người bẻ khoá nhà trọ, lấy chiếc xe máy dựng trong sân."
FIGHT = "Hai nhóm đang cầm dao đánh nhau trước quán, có người chảy máu"
PLACE = "xã Rạch Kiến, Tây Ninh"
OPINION = "Quan điểm của em là học sinh không nên bị cấm điện thoại hoàn toàn"


@pytest.fixture
def lan(world: World) -> Lan:
    return Lan(world)


def told(lan: Lan, step: str) -> None:
    """Lan tells her tip as far as this step."""
    if step == "free":
        lan.says(TIP)
        return
    lan.presses("tip")
    lan.presses("danger_no")
    lan.says(FIGHT if step == "tip.urgent" else TIP)
    if step == "tip.what":
        lan.presses("back")
    if step == "tip.review":
        lan.says(PLACE)
    assert lan.chat.step == step


@pytest.mark.parametrize("step", ["free", "tip.what", "tip.urgent", "tip.place", "tip.review"])
@pytest.mark.parametrize("press", [True, False])
def test_at_every_step_of_a_tip_the_numbers_come_first_and_the_tip_goes_on_below(
    lan: Lan, step: str, *, press: bool
) -> None:
    told(lan, step)
    draft = dict(lan.chat.draft)

    said = lan.presses("emergency") if press else lan.says("/khancap")

    assert said.startswith(say("menu.emergency"))
    assert lan.reply.calls == menu.CALLS
    assert lan.chat.offered == ("write_on", "cancel")
    labels = [choice.label for choice in lan.reply.choices]
    assert labels == ["Viết tiếp tin", "Bỏ tin đang viết"]
    lan.presses("emergency")
    lan.presses("write_on")
    assert lan.chat.step == step
    assert {**lan.chat.draft, "danger": 0} == {**draft, "danger": 0}


def test_a_tip_interrupted_by_danger_is_sent_as_it_was_written(world: World, lan: Lan) -> None:
    told(lan, "tip.place")
    lan.presses("emergency")
    lan.presses("write_on")
    assert f"“{TIP}”" in lan.says(PLACE)
    lan.presses("emergency")
    assert f"“{TIP}”" in lan.presses("write_on")
    lan.presses("send")

    (waiting,) = world.waiting(world.minh)
    assert world.opened(world.minh, waiting).report["text"] == TIP


def test_words_and_photographs_below_the_numbers_belong_to_the_tip(lan: Lan) -> None:
    told(lan, "tip.review")
    lan.presses("emergency")
    lan.says("Nó còn quay lại lần nữa.")
    assert lan.chat.draft["text"] == f"{TIP}\nNó còn quay lại lần nữa."

    lan.presses("emergency")
    lan.sends(1)
    assert len(lan.chat.draft["photos"]) == 1


def test_photographs_alone_wait_as_well(lan: Lan) -> None:
    lan.sends(2)
    lan.presses("emergency")
    lan.presses("write_on")
    assert lan.chat.step == "free"
    assert len(lan.chat.draft["photos"]) == 2


def test_dropping_the_tip_below_the_numbers_wipes_it(lan: Lan) -> None:
    told(lan, "tip.place")
    lan.presses("emergency")
    assert lan.presses("cancel") == say("menu.cancelled")
    assert TIP not in repr(lan.chat)


@pytest.mark.parametrize("way", ["/huy", "/xoadulieu", "/start"])
def test_whoever_has_everything_wiped_loses_the_interrupted_tip_too(lan: Lan, way: str) -> None:
    told(lan, "tip.place")
    lan.presses("emergency")
    lan.says(way)
    assert TIP not in repr(lan.chat)
    lan.presses("write_on")
    assert TIP not in repr(lan.chat)


def test_after_sending_the_question_where_it_happened_waits_with_the_code(lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    lan.says(f"{FIGHT}, ở Long An")
    lan.presses("go_on")
    lan.presses("send")
    assert lan.chat.step == "tip.after"
    receipt = lan.reply.copy

    lan.presses("emergency")

    assert lan.reply.calls == menu.CALLS
    assert lan.chat.offered == ("write_on", "saved")
    lan.presses("write_on")
    assert (lan.chat.step, lan.reply.copy) == ("tip.after", receipt)


def test_with_nothing_written_the_numbers_stand_alone(lan: Lan) -> None:
    lan.presses("tip")
    assert lan.presses("emergency") == say("menu.emergency")
    assert lan.chat.offered == ("tip", "home")
    assert lan.chat.step == ""


def test_what_is_told_behind_the_command_is_offered_as_a_tip_below_the_numbers(
    world: World, lan: Lan
) -> None:
    said = lan.says(f"/khancap {FIGHT}")
    assert said == f"{say('menu.emergency')}\n\n{say('menu.offer_tip')}"
    assert lan.reply.calls == menu.CALLS

    lan.presses("as_tip")
    lan.presses("go_on")
    lan.says(PLACE)
    lan.presses("send")
    (waiting,) = world.waiting(world.minh)
    assert world.opened(world.minh, waiting).report["text"] == FIGHT


def test_what_is_told_behind_the_command_joins_the_tip_that_is_being_written(lan: Lan) -> None:
    told(lan, "tip.review")
    assert lan.says("/khancap Nó quay lại rồi.").startswith(say("menu.emergency"))
    assert lan.reply.calls == menu.CALLS
    assert lan.chat.draft["text"] == f"{TIP}\nNó quay lại rồi."

    lan.sends(1, "/khancap Ảnh đây.")
    assert lan.chat.draft["text"].endswith("Ảnh đây.")
    assert len(lan.chat.draft["photos"]) == 1


def test_an_opinion_behind_the_command_gets_the_numbers_and_is_not_kept(lan: Lan) -> None:
    assert say("menu.opinion") in lan.says(f"/khancap {OPINION}")
    assert lan.reply.calls == menu.CALLS
    assert OPINION not in repr(lan.chat)


def test_a_question_that_waits_gets_none_of_it(lan: Lan) -> None:
    lan.presses("ask")
    lan.says(f"/khancap {FIGHT}")
    assert lan.chat.step == "free"
    assert lan.chat.draft == {"text": FIGHT}
