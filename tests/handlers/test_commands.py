"""What is typed instead of pressed."""

import pytest

from handlers import dispatcher
from handlers.chat import Incoming
from handlers.commands import COMMANDS, LANGUAGES, meant
from handlers.texts import say
from tests.handlers.talking import Lan
from tests.world import COMMUNE, World

TIP = "Khuya qua có hai người bẻ khoá nhà trọ, lấy chiếc xe máy dựng trong sân."
FIRE = "Đang có cháy nhà ở chợ, còn người kẹt bên trong"
OPINION = "Quan điểm của em là học sinh không nên bị cấm điện thoại hoàn toàn"


@pytest.fixture
def lan(world: World) -> Lan:
    return Lan(world)


@pytest.mark.parametrize(
    ("typed", "choice"),
    [
        ("/start", "home"),
        ("/START@TiengLoaBot", "home"),
        ("/start tip_from_elsewhere", "home"),
        ("/baotin", "tip"),
        ("/ngungnhan", "unfollow"),
        ("/xoadulieu", "erase"),
        ("  Ngừng nhận ", "unfollow"),
        ("ngung nhan", "unfollow"),
        ("/huy", "cancel"),
        ("/english", "english"),
        ("/tiengviet@TiengLoaBot", "tiengviet"),
        (" English ", "english"),
        ("Tiếng Việt", "tiengviet"),
        ("tieng viet", "tiengviet"),
        ("Stop warnings", "unfollow"),
    ],
)
def test_a_command_is_the_button_it_stands_for(typed: str, choice: str) -> None:
    assert meant(typed) == Incoming(choice=choice)


@pytest.mark.parametrize("link", ["xa28114", "xa-28114", "xa_28114"])
def test_a_printed_code_brings_its_commune_along(link: str) -> None:
    assert meant(f"/start {link}") == Incoming(text="28114", choice="follow")


@pytest.mark.parametrize("typed", ["", "/", "/nothing", "start", "ngừng nhận tin của chị", "tin"])
def test_anything_else_is_what_it_says(typed: str) -> None:
    assert meant(typed) is None


@pytest.mark.parametrize(
    ("typed", "choice", "words"),
    [
        ("/baotin Mất xe ở chợ", "tip", "Mất xe ở chợ"),
        ("/tin@TiengLoaBot\nMất xe\nở chợ", "tip", "Mất xe\nở chợ"),
        ("/hoi  làm căn cước ở đâu ", "ask", "làm căn cước ở đâu"),
        ("/kiemtra Con bạn đang cấp cứu", "check", "Con bạn đang cấp cứu"),
        ("/ma ABCD-EFGH", "receipt", "ABCD-EFGH"),
        ("/nhanthongbao xã Rạch Kiến", "follow", "xã Rạch Kiến"),
        ("/khancap có người đuối nước", "emergency", "có người đuối nước"),
        ("/huy thôi không gửi nữa", "cancel", ""),
        ("/xoadulieu hết đi", "erase", ""),
    ],
)
def test_words_behind_a_command_come_along_where_words_are_wanted(
    typed: str, choice: str, words: str
) -> None:
    assert meant(typed) == Incoming(text=words, choice=choice)


def test_a_tip_told_behind_the_command_is_the_tip(world: World, lan: Lan) -> None:
    assert lan.says(f"/baotin {TIP}") == say("tip.danger")
    lan.presses("danger_no")
    assert f"“{TIP}”" in lan.says("xã Rạch Kiến, Tây Ninh")
    lan.presses("send")
    (waiting,) = world.waiting(world.minh)
    assert world.opened(world.minh, waiting).report["text"] == TIP


def test_danger_told_behind_a_command_shows_the_numbers_first(lan: Lan) -> None:
    lan.says(f"/baotin {FIRE}")
    assert lan.reply.calls[-1] == "113"
    assert lan.chat.step == "tip.urgent"
    lan.says(f"/hoi {FIRE}")
    assert lan.reply.calls[-1] == "113"


def test_an_opinion_behind_the_command_is_declined_and_not_kept(world: World, lan: Lan) -> None:
    assert say("menu.opinion") in lan.says(f"/baotin {OPINION}")
    assert OPINION not in repr(lan.chat)
    assert world.waiting(world.minh) == []


def test_photographs_with_the_command_below_them_join_the_tip(lan: Lan) -> None:
    said = lan.sends(2, f"/baotin {TIP}")
    assert say("photo.got", count="2") in said
    assert say("tip.danger") in said
    assert len(lan.chat.draft["photos"]) == 2
    assert lan.chat.draft["text"] == TIP


def test_a_message_behind_the_command_is_looked_at_and_not_kept(lan: Lan) -> None:
    pasted = "Con bạn đang cấp cứu, chuyển khoản gấp 20 triệu vào tài khoản này"
    assert lan.says(f"/kiemtra {pasted}") not in (say("check.ask"), say("menu.unknown"))
    assert lan.chat.step == "check.pasted"
    assert pasted not in repr(lan.chat)


def test_a_question_behind_the_command_is_answered(lan: Lan) -> None:
    question = "Mất căn cước thì làm lại ở đâu?"
    behind = lan.says(f"/hoi {question}")
    lan.says("/hoi")
    assert behind == lan.says(question)
    assert behind != say("question.ask")


def test_a_receipt_behind_the_command_opens_the_tip_and_is_not_shown(
    world: World, lan: Lan
) -> None:
    receipt = world.submit(TIP).receipt
    assert "Tình trạng" in lan.says(f"/ma {receipt}")
    assert lan.chat.step == "receipt.status"
    assert receipt not in repr(lan.chat.lines)


def test_a_commune_behind_the_command_is_followed(lan: Lan) -> None:
    lan.says("/nhanthongbao xã Rạch Kiến, Tây Ninh")
    assert lan.chat.draft["communes"] == [COMMUNE]


@pytest.mark.parametrize("choice", sorted(set(COMMANDS.values()) - {"cancel"}))
def test_every_command_opens_something(choice: str) -> None:
    assert choice in {*dispatcher.OPENERS, *LANGUAGES}


def test_cancelling_where_nothing_waits_leads_to_the_start(lan: Lan) -> None:
    assert lan.says("/huy") == say("menu.hello")
    lan.says("Mất căn cước thì làm lại ở đâu?")
    assert lan.says("/huy") in (say("menu.hello"), say("menu.cancelled"))
    assert lan.chat.draft == {}
