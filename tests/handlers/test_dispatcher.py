"""One message in, the next state of the conversation out."""

import pytest

from desk.conversations import Chat
from handlers import dispatcher, menu
from handlers.chat import Choice, Incoming, PoisonError, Reply, bot_line, reply_of
from handlers.texts import say
from tests.handlers.talking import Lan
from tests.world import COMMUNE, World, doubt

TIP = "Khuya qua có hai người bẻ khoá nhà trọ, lấy chiếc xe máy dựng trong sân."
FIRE = "Đang có cháy nhà ở chợ, còn người kẹt bên trong"
START = (*menu.DOORS, "english")
OPINION = "Quan điểm của em là học sinh không nên bị cấm điện thoại hoàn toàn"


@pytest.fixture
def lan(world: World) -> Lan:
    return Lan(world)


def test_the_first_thing_said_is_what_this_is(lan: Lan) -> None:
    assert lan.says("") == say("menu.hello")
    assert lan.chat.offered == START


@pytest.mark.parametrize("door", [*menu.DOORS[1:], "home"])
def test_every_door_opens_from_anywhere_also_from_an_old_page(lan: Lan, door: str) -> None:
    wanted = lan.presses(door)
    lan.chat = Chat("tip.place", {"text": TIP}, ("back",), ())

    assert lan.presses(door) == wanted
    assert TIP not in repr(lan.chat)


def test_an_emergency_shows_the_numbers_at_once(lan: Lan) -> None:
    assert lan.presses("emergency") == say("menu.emergency")
    assert lan.reply.calls == ("113", "114", "115", "111")
    assert lan.presses("tip") == say("tip.danger")


def test_text_that_looks_like_a_tip_is_offered_and_never_sent(world: World, lan: Lan) -> None:
    assert lan.says(TIP) == say("menu.offer_tip")
    assert lan.chat.offered == ("as_tip", "as_check", "as_question", "cancel")
    assert world.waiting(world.minh) == world.waiting(world.ngan) == []

    lan.presses("as_tip")
    lan.presses("danger_no")
    assert f"“{TIP}”" in lan.says("xã Rạch Kiến, Tây Ninh")
    assert world.waiting(world.minh) == []


def test_more_words_before_choosing_are_added_and_numbers_shown_if_they_are_urgent(
    lan: Lan,
) -> None:
    lan.says(TIP)
    assert not lan.reply.calls

    assert lan.says(FIRE) == say("menu.offer_tip")

    assert lan.reply.calls[-1] == "113"
    assert lan.chat.draft == {"text": f"{TIP}\n{FIRE}"}
    assert lan.says("  ") == say("menu.offer_tip")
    assert lan.reply.calls[-1] == "113"


def test_text_offered_as_a_tip_may_be_meant_as_a_question(lan: Lan) -> None:
    lan.says(TIP)

    assert lan.presses("as_question") in (say("question.none"), say("question.suggest"))


def test_cancelling_the_offer_forgets_the_text(lan: Lan) -> None:
    lan.says(TIP)

    lan.presses("cancel")

    assert TIP not in repr(lan.chat)


def test_an_opinion_outside_any_flow_is_declined_and_not_kept(lan: Lan) -> None:
    assert say("menu.opinion") in lan.says(OPINION)

    assert OPINION not in repr(lan.chat)
    assert lan.presses("tip") == say("tip.danger")


@pytest.mark.parametrize("forged", ["send", "at:28114", "faq:hotlines", "concrete", "'; DROP", ""])
def test_a_button_that_is_not_on_screen_does_nothing(world: World, lan: Lan, forged: str) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    before = lan.chat

    lan.presses(forged)

    assert (lan.chat.step, lan.chat.draft) == (before.step, before.draft)
    assert lan.chat.offered == before.offered
    assert world.waiting(world.minh) == []
    if forged:
        assert lan.reply.text == say("menu.forged")
        assert "DROP" not in repr(lan.chat)


@pytest.mark.parametrize("step", ["tip.renamed", "", "tip", "free text"])
def test_a_step_that_no_longer_exists_falls_back_to_the_menu(lan: Lan, step: str) -> None:
    lan.chat = Chat(step, {"text": TIP}, ("old_button",), ())

    assert lan.presses("old_button") == say("menu.hello")
    assert lan.chat == Chat("", {}, START, lan.chat.lines)


@pytest.mark.parametrize("step", sorted(dispatcher.STEPS))
def test_no_step_breaks_over_an_empty_message(world: World, lan: Lan, step: str) -> None:
    receipt = world.submit(TIP).receipt
    wish = {"communes": [COMMUNE], "topics": [], "audience": "household"}
    lan.chat = Chat(step, {"text": TIP, "receipt": receipt, **wish}, (), ())

    assert lan.says("")


@pytest.mark.parametrize(
    "typed", ["2", "📣 Báo tin (không cần xưng tên)", "bao tin khong can xung ten"]
)
def test_a_button_may_be_typed_as_its_number_or_its_label(lan: Lan, typed: str) -> None:
    lan.says("")

    assert lan.says(typed) == say("tip.danger")
    assert lan.chat.lines[-2] == {"who": "citizen", "text": typed}


@pytest.mark.parametrize("typed", ["0", "6", "99", "-1", "1.5"])
def test_a_number_without_a_button_is_just_text(lan: Lan, typed: str) -> None:
    lan.says("")

    lan.says(typed)

    assert lan.chat.lines[-2] == {"who": "citizen", "text": typed}


def at_place(lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    lan.says(TIP)


@pytest.mark.parametrize("typed", ["1", "2", "3", "03"])
def test_a_number_where_a_place_is_asked_for_never_drops_the_tip(lan: Lan, typed: str) -> None:
    """Half of the hamlets and old wards of the south have a number for a name."""
    at_place(lan)
    lan.says(typed)

    assert lan.chat.step == "tip.place"
    assert lan.chat.draft["text"] == TIP
    assert "unknown_place" in lan.chat.offered


def test_a_number_chooses_one_of_the_places_offered_and_no_way_out(lan: Lan) -> None:
    at_place(lan)
    lan.says("Phường 2")
    assert lan.chat.offered[5] == "cancel"

    lan.says("6")
    assert lan.chat.draft["text"] == TIP
    lan.says("Phường 2")
    assert "Nơi xảy ra: Phường Kiến Tường" in lan.says("3")


def test_words_that_begin_two_buttons_choose_neither(lan: Lan) -> None:
    same = tuple(Choice(f"at:{n}", f"Xã Tân Thành, Tỉnh {n}") for n in ("A", "B"))
    lan.chat = Chat("tip.place", {"text": TIP}, ("at:A", "at:B"), (bot_line(Reply("?", same)),))

    lan.says("Xã Tân Thành")

    assert lan.chat.draft.get("place") not in ("A", "B")


def test_what_was_pressed_shows_as_the_citizens_own_line(lan: Lan) -> None:
    lan.says("")

    lan.presses("tip")

    assert lan.chat.lines[-2] == {"who": "citizen", "text": say("button.tip")}


@pytest.mark.parametrize("payload", [{"text": 1}, {"choice": None}, {"text": ["a"]}])
def test_a_message_of_another_form_is_poison_and_its_words_are_not_repeated(
    payload: dict[str, object],
) -> None:
    with pytest.raises(PoisonError, match="text and choice must be strings"):
        Incoming.from_payload(payload)


def test_a_payload_without_fields_is_an_empty_message() -> None:
    assert Incoming.from_payload({}) == Incoming()
    assert Incoming.from_payload({"text": "Chào", "more": 1}) == Incoming("Chào")


def test_a_reply_comes_back_from_its_line_as_it_was() -> None:
    reply = Reply(
        "Chào", (Choice("tip", "Báo tin", "primary"),), ("113",), "CODE", "gõ", only_buttons=True
    )

    assert reply_of(bot_line(reply)) == reply
    assert reply_of({"text": "Có tin mới"}) == Reply("Có tin mới")


def test_a_chat_without_a_line_has_no_reply() -> None:
    assert dispatcher.reply_in(Chat()) is None


def test_a_question_outside_any_flow_is_answered_like_one(lan: Lan) -> None:
    said = lan.says("Mất căn cước thì làm lại ở đâu?")

    answer = lan.office.tools.answers["lost_papers"]
    assert said.startswith(answer.text) or said == say("question.suggest")
    assert lan.chat.step == "question.asked"


def test_words_that_may_well_be_a_tip_are_asked_about(
    lan: Lan, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubt(lan.office, monkeypatch)

    assert lan.says("Mấy bà ở chợ tối nào cũng sốc dĩa") == say("menu.tip_or_question")
    assert lan.chat.offered == ("as_tip", "as_check", "as_question", "cancel")


def test_words_nobody_understands_lead_to_the_doors(lan: Lan) -> None:
    assert lan.says("hôm nay trời đẹp") == say("menu.unknown")

    assert lan.chat.offered == START
