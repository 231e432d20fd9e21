"""Photographs in a conversation: what they join, and what is said of them."""

import pytest
from sqlalchemy import text

from desk import photos
from handlers.texts import say
from tests.handlers.talking import Lan
from tests.world import World

TIP = "Khuya qua có hai người đi xe wave đỏ bẻ khoá lấy xe máy của hàng xóm."


@pytest.fixture
def lan(world: World) -> Lan:
    return Lan(world)


def waiting(world: World) -> int:
    """Pieces of photographs nobody has sent yet."""
    with world.office.begin("intake") as desk:
        return int(desk.session.execute(text("SELECT count(*) FROM draft_photo")).scalar_one())


def sent(world: World) -> int:
    """Photographs that came with tips."""
    with world.office.begin("sweeps") as desk:
        found = desk.session.execute(text("SELECT count(*) FROM tip_photo WHERE no = 0"))
        return int(found.scalar_one())


def to_review(lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    lan.says(TIP)
    if "go_on" in lan.chat.offered:
        lan.presses("go_on")
    lan.says("xã Rạch Kiến, tỉnh Tây Ninh")
    assert "send" in lan.chat.offered


def test_a_photograph_in_the_middle_of_a_tip_goes_along_when_it_is_sent(
    world: World, lan: Lan
) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    asked = lan.sends()
    lan.says(TIP)
    if "go_on" in lan.chat.offered:
        lan.presses("go_on")
    review = lan.says("xã Rạch Kiến, tỉnh Tây Ninh")
    before = sent(world)
    lan.presses("send")

    assert asked.startswith(say("photo.got", count="1"))
    assert say("tip.what") in asked
    assert say("photo.review", count="1") in review
    assert (before, sent(world), waiting(world)) == (0, 1, 0)


@pytest.mark.parametrize("step", ["tip", "danger_no"])
def test_a_photograph_never_answers_a_question(lan: Lan, step: str) -> None:
    lan.presses("tip")
    asked = lan.reply.text
    if step != "tip":
        asked = lan.presses(step)

    assert lan.sends().endswith(asked)


def test_words_that_come_with_it_are_the_answer(lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    lan.sends(text=TIP)

    assert lan.chat.draft["text"] == TIP
    assert len(lan.chat.draft["photos"]) == 1


def test_a_button_that_comes_with_it_is_pressed(world: World, lan: Lan) -> None:
    to_review(lan)
    lan.sends(2, choice="send")

    assert lan.reply.copy
    assert (sent(world), waiting(world)) == (2, 0)


def test_photographs_can_be_taken_out_at_the_last_look(world: World, lan: Lan) -> None:
    to_review(lan)
    lan.sends(2)
    assert "drop_photos" in lan.chat.offered
    review = lan.presses("drop_photos")
    lan.presses("send")

    assert "ảnh" not in review
    assert (sent(world), waiting(world)) == (0, 0)


def test_more_than_a_tip_may_have_are_not_kept_and_that_is_said(world: World, lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    lan.sends(photos.MOST)
    pieces = waiting(world)
    more = lan.sends(2)

    assert say("photo.full", limit=str(photos.MOST)) in more
    assert say("photo.got", count=str(photos.MOST)) not in more
    assert len(lan.chat.draft["photos"]) == photos.MOST
    assert waiting(world) == pieces


@pytest.mark.parametrize("leave", ["cancel", "home", "tip", "check"])
def test_leaving_forgets_them_at_once(world: World, lan: Lan, leave: str) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    lan.sends(2)
    assert waiting(world) > 0
    lan.presses(leave)

    assert waiting(world) == 0


def test_out_of_the_blue_it_is_offered_and_not_sent(world: World, lan: Lan) -> None:
    offered = lan.sends()
    assert say("photo.offer") in offered
    lan.presses("as_tip")
    lan.presses("danger_no")
    assert lan.chat.step == "tip.what"
    to_review_from_what(lan)
    lan.presses("send")

    assert sent(world) == 1


def test_with_words_out_of_the_blue_both_become_the_tip(world: World, lan: Lan) -> None:
    lan.sends(text=TIP)
    lan.presses("as_tip")
    if "danger_no" in lan.chat.offered:
        lan.presses("danger_no")
    if "go_on" in lan.chat.offered:
        lan.presses("go_on")
    lan.says("xã Rạch Kiến, tỉnh Tây Ninh")
    lan.presses("send")

    assert sent(world) == 1


def test_danger_in_its_words_comes_before_everything(lan: Lan) -> None:
    lan.sends(text="Cứu với, cháy nhà, có người kẹt bên trong")

    assert "114" in lan.reply.calls


def test_an_opinion_with_a_picture_keeps_neither(world: World, lan: Lan) -> None:
    said = lan.sends(text="Tôi thấy chính sách thuế mới của nhà nước là không hợp lý chút nào")

    assert say("menu.opinion") in said
    assert waiting(world) == 0


def test_where_pictures_mean_nothing_that_is_said(world: World, lan: Lan) -> None:
    lan.presses("check")
    said = lan.sends()

    assert said == say("photo.not_here")
    assert lan.chat.step.startswith("check")
    assert waiting(world) == 0


def test_with_a_receipt_it_goes_straight_into_the_tip(world: World, lan: Lan) -> None:
    receipt = world.submit(TIP).receipt
    lan.presses("receipt")
    lan.says(receipt)
    said = lan.sends(2, text="Ảnh chụp lúc sáng")
    status = lan.presses("look_again")

    assert said == say("photo.added", count="2")
    assert sent(world) == 2
    assert f"Ảnh chụp lúc sáng {say('photo.line', count='2')}" in status


def test_after_an_urgent_tip_was_sent_it_still_joins_it(world: World, lan: Lan) -> None:
    lan.says("Cứu với! Đang cháy nhà, có người kẹt bên trong, lửa lớn lắm")
    lan.presses("as_tip")
    lan.presses("go_on")
    lan.presses("send")
    if lan.chat.step == "tip.after":
        said = lan.sends()
        assert said.startswith(say("photo.added", count="1"))
        assert lan.reply.copy
    assert sent(world) == (1 if lan.chat.step == "tip.after" else 0)


def test_a_closed_tip_takes_no_more(world: World, lan: Lan) -> None:
    receipt = world.submit(TIP).receipt
    tip = world.newest(world.hoa)
    lan.presses("receipt")
    lan.says(receipt)
    world.claim(world.hoa, tip)
    world.close(world.hoa, tip)

    assert lan.sends() == say("receipt.closed")
    assert (sent(world), waiting(world)) == (0, 0)


def to_review_from_what(lan: Lan) -> None:
    lan.says(TIP)
    if "go_on" in lan.chat.offered:
        lan.presses("go_on")
    lan.says("xã Rạch Kiến, tỉnh Tây Ninh")
