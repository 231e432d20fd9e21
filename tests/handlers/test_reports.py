"""From a verdict to the SMS for 156, as dialogues; what was typed is not kept."""

import pytest

from handlers import reports
from handlers.texts import say
from tests.handlers.talking import Lan
from tests.handlers.test_checks import SCAM
from tests.world import World


@pytest.fixture
def lan(world: World) -> Lan:
    return Lan(world)


def button_of(lan: Lan) -> str:
    return next(c.id for c in lan.reply.choices if c.id.startswith(reports.ABOUT))


def test_the_sms_for_156_is_written_from_the_verdict_and_the_number(lan: Lan) -> None:
    lan.presses("check")
    lan.says(SCAM)

    assert lan.presses(button_of(lan)) == say("report.ask")
    said = lan.says("so la 0912 345.678 a")

    assert "\nS 0912345678 " in said
    assert "\nLD 0912345678 " in said
    assert "156 (hoặc 5656)" in said


def test_the_number_stands_in_the_text_to_send_and_going_home_wipes_it(lan: Lan) -> None:
    lan.presses("check")
    lan.says(SCAM)
    lan.presses(button_of(lan))
    lan.says("0912345678")

    before = repr((lan.chat.step, lan.chat.draft, lan.chat.lines[:-1]))
    lan.presses("home")

    assert "0912345678" not in before
    assert "vcb-tangqua" not in before
    assert "0912345678" not in repr(lan.chat)


def test_without_a_number_it_asks_again(lan: Lan) -> None:
    lan.presses("check")
    lan.says(SCAM)
    lan.presses(button_of(lan))

    assert lan.says("không nhớ") == say("report.no_number")
    assert "S VCB-Bank " in lan.says("VCB-Bank")


@pytest.mark.parametrize(
    ("typed", "sender"),
    [
        ("0912345678", "0912345678"),
        ("+84 912-345-678", "+84912345678"),
        ("1900 1234", "19001234"),
        ("024.3942.5555 gọi hoài", "02439425555"),
        ("VIETCOMBANK", "VIETCOMBANK"),
        ("họ gọi", ""),
        ("mình không biết số", ""),
        ("12", ""),
        ("", ""),
    ],
)
def test_numbers_and_names_of_senders_are_read(typed: str, sender: str) -> None:
    assert reports.sender_in(typed) == sender


def test_every_method_fits_into_one_sms(world: World) -> None:
    for name in world.office.tools.method_names.values():
        sms = f"LD +84912345678 {reports.content(name)}"
        assert sms.isascii()
        assert len(sms) <= 160
