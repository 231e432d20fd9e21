"""Whether a message is a trick, as dialogues; what was pasted is not kept."""

from dataclasses import replace

import pytest

from handlers import menu
from handlers.texts import say
from tests.fakes import LearntMethods
from tests.handlers.talking import Lan
from tests.world import World

SCAM = "Chúc mừng bạn trúng thưởng xe SH, bấm vào http://vcb-tangqua.top và đọc mã OTP để nhận quà"
HARMLESS = "Chiều nay con đi học về muộn nhé"


@pytest.fixture
def lan(world: World) -> Lan:
    return Lan(world)


def test_a_trick_is_named_with_its_signs_and_what_to_do(lan: Lan) -> None:
    assert lan.presses("check") == say("check.ask")

    said = lan.says(SCAM)

    assert said.startswith("CÓ DẤU HIỆU LỪA ĐẢO")
    assert "Điều đáng ngờ: " in said
    assert "Đừng chuyển tiền" in said
    assert "{" not in said
    assert lan.reply.calls == ("113",)


@pytest.mark.parametrize(
    ("verdict", "beginning"), [("unsure", "CHƯA RÕ"), ("no_sign", "CHƯA THẤY DẤU HIỆU")]
)
def test_no_message_is_ever_called_safe(
    world: World, lan: Lan, verdict: str, beginning: str
) -> None:
    world.office.tools = replace(world.office.tools, methods=LearntMethods(verdict))
    lan.presses("check")

    said = lan.says(HARMLESS)

    assert said.startswith(beginning)
    assert "an toàn" not in said
    assert "\n\n" not in said
    assert lan.reply.calls == ()


def test_what_was_pasted_is_kept_nowhere_in_the_chat(lan: Lan) -> None:
    lan.presses("check")
    lan.says(SCAM)

    assert "vcb-tangqua" not in repr(lan.chat)
    assert "SH" not in repr(lan.chat)
    assert lan.chat.lines[-2] == {"who": "citizen", "text": "…"}


def test_what_was_written_before_choosing_the_check_is_not_kept_either(lan: Lan) -> None:
    assert lan.says(SCAM) == say("menu.offer_tip")

    assert lan.presses("as_check").startswith("CÓ DẤU HIỆU LỪA ĐẢO")

    assert "vcb-tangqua" not in repr(lan.chat)


def test_another_message_may_follow_at_once(lan: Lan) -> None:
    lan.presses("check")
    lan.says(SCAM)

    assert lan.says(HARMLESS).startswith("CHƯA")
    assert lan.chat.offered == menu.DOORS


def test_nothing_pasted_asks_again(lan: Lan) -> None:
    lan.presses("check")

    assert lan.says("   ") == say("check.ask")
