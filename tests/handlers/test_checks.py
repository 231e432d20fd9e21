"""Whether a message is a trick, as dialogues; what was pasted is not kept."""

from dataclasses import replace
from datetime import timedelta

import pytest

from desk import drafts, library
from handlers import menu
from handlers.texts import say
from nlp.blocklist import Blocklist, entry
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
    assert library.samples()["prize"].words.todo in said
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
    assert "Cần làm:" not in said
    assert "\n\n" not in said
    assert lan.reply.calls == ()


def test_what_the_operator_listed_is_a_scam_whatever_else_is_said(world: World, lan: Lan) -> None:
    listed = Blocklist([entry("domain", "qua-tet.com")])
    world.office.tools = replace(
        world.office.tools, methods=LearntMethods("no_sign"), blocklist=listed
    )
    lan.presses("check")

    said = lan.says("Mời bà con xem qua-tet.com")

    assert said.startswith("CÓ DẤU HIỆU LỪA ĐẢO.\nĐiều đáng ngờ: đường liên kết nằm trong")
    assert "qua-tet" not in repr(lan.chat)
    assert lan.reply.calls == ("113",)


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
    assert lan.chat.offered[-len(menu.DOORS) :] == menu.DOORS


def test_nothing_pasted_asks_again(lan: Lan) -> None:
    lan.presses("check")

    assert lan.says("   ") == say("check.ask")


def test_one_press_shows_the_notice_about_this_trick_with_its_source(lan: Lan) -> None:
    lan.presses("check")
    lan.says(SCAM)
    first = lan.reply.choices[0]
    assert (first.id, first.label) == ("method:prize", "📄 Xem cảnh báo về thủ đoạn này")

    said = lan.presses("method:prize")

    sample = library.samples()["prize"]
    assert drafts.text_of(sample.words) in said
    assert said.endswith(sample.source_line)
    assert "http" not in said
    offered = [choice.id for choice in lan.reply.choices]
    assert offered[:2] == ["tip", "check"]
    assert [f"method:{near}" for near in sample.near] == offered[2:4]


def test_a_notice_leads_to_its_siblings_and_another_message_may_follow(lan: Lan) -> None:
    lan.presses("check")
    lan.says(SCAM)
    lan.presses("method:prize")

    near = library.samples()["prize"].near[0]
    assert lan.presses(f"method:{near}").startswith(f"⚠️ {library.samples()[near].words.title}")
    assert lan.says(HARMLESS).startswith("CHƯA")


def test_a_notice_leads_to_reviewed_answers(world: World, lan: Lan) -> None:
    methods = LearntMethods("scam", "virtual_kidnap")
    world.office.tools = replace(world.office.tools, methods=methods)
    lan.presses("check")
    lan.says(SCAM)
    lan.presses("method:virtual_kidnap")
    assert "faq:hotlines" in lan.chat.offered

    assert "113" in lan.presses("faq:hotlines")


def test_a_doubtful_message_offers_what_it_might_be(world: World, lan: Lan) -> None:
    doubt = LearntMethods("unsure", top=("prize", "fake_bank", "investment"))
    world.office.tools = replace(world.office.tools, methods=doubt)
    lan.presses("check")
    lan.says(HARMLESS)

    labels = [choice.label for choice in lan.reply.choices[:3]]
    names = world.office.tools.method_names
    assert labels[:2] == [f"📄 Xem cảnh báo: {names[m]}" for m in ("prize", "fake_bank")]
    assert not labels[2].startswith("📄 Xem cảnh báo")


def test_a_notice_that_was_not_checked_for_half_a_year_says_so(world: World, lan: Lan) -> None:
    lan.presses("check")
    lan.says(SCAM)
    assert "nửa năm" not in lan.presses("method:prize")

    world.clock.at += timedelta(days=500)
    assert lan.presses("check") == say("check.ask")
    lan.says(SCAM)
    assert lan.presses("method:prize").endswith(say("check.stale"))
