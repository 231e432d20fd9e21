"""Coming back with a receipt, as dialogues."""

import pytest

from desk import codes, tips
from desk.conversations import Chat
from handlers.receipts import TRIES
from handlers.texts import say
from tests.handlers.talking import Lan
from tests.world import World

TIP = "Khuya qua có hai người bẻ khoá nhà trọ, lấy chiếc xe máy dựng trong sân."
FIRE = "Đang có cháy nhà ở chợ, còn người kẹt bên trong"


@pytest.fixture
def lan(world: World) -> Lan:
    return Lan(world)


def comes_back(lan: Lan, receipt: str) -> str:
    lan.presses("receipt")
    return lan.says(receipt)


def test_a_citizen_reads_what_became_of_the_tip(world: World, lan: Lan) -> None:
    receipt = world.submit(TIP).receipt
    tip_id = world.newest(world.minh)

    said = [comes_back(lan, receipt)]
    world.claim(world.minh, tip_id)
    said.append(lan.presses("look_again"))
    world.ask(world.minh, tip_id, "Xe màu gì?")
    said.append(lan.presses("look_again"))
    world.add(receipt, "Màu đỏ")
    said.append(lan.presses("look_again"))
    world.close(world.minh, tip_id, "handed_over")
    said.append(lan.presses("look_again"))

    states = [text.split("Tình trạng: ")[1].split("\n")[0] for text in said]
    assert states == [
        "đã nhận, chưa có cán bộ mở tin",
        "cán bộ đang xem",
        "công an cần bà con cho biết thêm",
        "cán bộ sẽ xem điều bà con vừa viết",
        "đã chuyển cơ quan khác xử lý",
    ]
    assert said[0].startswith("Tin gửi lúc 15 giờ ngày 2/3, đang ở Công an xã Rạch Kiến.")
    assert "Công an nhắn khi kết thúc (15 giờ ngày 2/3): Cảm ơn bà con" in said[-1]
    assert all(TIP not in text for text in said)


def test_an_officers_question_is_read_and_answered(world: World, lan: Lan) -> None:
    receipt = world.submit(TIP).receipt
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)
    world.ask(world.minh, tip_id, "Xe màu gì?")

    read = comes_back(lan, receipt)
    assert "Công an hỏi (15 giờ ngày 2/3): Xe màu gì?" in read
    assert "không bắt buộc cho biết mình là ai" in read
    assert lan.presses("add") == say("receipt.add")
    assert lan.says("Màu đỏ, biển số 62A") == say("receipt.added")
    assert "Bà con trả lời (15 giờ ngày 2/3): Màu đỏ, biển số 62A" in lan.presses("look_again")

    line = world.opened(world.minh, tip_id).lines[-1]
    assert (line.kind, line.content) == ("answer", {"text": "Màu đỏ, biển số 62A"})


def test_an_answer_may_simply_be_written_under_the_status(world: World, lan: Lan) -> None:
    receipt = world.submit(TIP).receipt
    comes_back(lan, receipt)

    assert lan.says("Còn một chiếc xe nữa") == say("receipt.added")

    assert world.follow(receipt).lines[-1].text == "Còn một chiếc xe nữa"


def test_what_was_answered_is_not_kept_in_the_chat(world: World, lan: Lan) -> None:
    comes_back(lan, world.submit(TIP).receipt)

    lan.says("Màu đỏ, biển số 62A")

    assert "62A" not in repr(lan.chat)
    assert len(lan.chat.lines) == 1


@pytest.mark.parametrize("typed", ["lower", "spaces", "look-alikes"])
def test_a_code_may_be_typed_carelessly(world: World, lan: Lan, typed: str) -> None:
    receipt = world.submit(TIP).receipt
    ways = {
        "lower": receipt.lower(),
        "spaces": receipt.replace("-", "  "),
        "look-alikes": receipt.replace("0", "o").replace("1", "I"),
    }

    assert "Tình trạng" in comes_back(lan, ways[typed])


def test_a_code_typed_without_pressing_anything_is_understood(world: World, lan: Lan) -> None:
    assert "Tình trạng" in lan.says(world.submit(TIP).receipt)


def test_a_wrong_code_is_not_kept_and_after_eight_we_ask_to_look_for_the_paper(
    world: World, lan: Lan
) -> None:
    lan.presses("receipt")
    wrong = [codes.new_receipt() for _ in range(TRIES)]

    assert {lan.says(code) for code in wrong} == {say("receipt.wrong")}
    assert lan.says(world.submit(TIP).receipt) == say("receipt.slow_down")

    assert not any(code in repr(lan.chat) for code in wrong)


def test_asking_for_the_code_again_does_not_start_the_count_anew(world: World, lan: Lan) -> None:
    lan.presses("receipt")
    for _ in range(TRIES):
        lan.says(codes.new_receipt())
        lan.presses("receipt")

    assert comes_back(lan, world.submit(TIP).receipt) == say("receipt.slow_down")


def test_a_right_code_forgets_the_wrong_ones(world: World, lan: Lan) -> None:
    comes_back(lan, codes.new_receipt())

    comes_back(lan, world.submit(TIP).receipt)

    assert lan.chat.draft.keys() == {"receipt"}


def test_nothing_can_be_added_to_a_closed_tip(world: World, lan: Lan) -> None:
    receipt = world.submit(TIP).receipt
    tip_id = world.newest(world.minh)
    comes_back(lan, receipt)
    lan.presses("add")
    world.claim(world.minh, tip_id)
    world.close(world.minh, tip_id)

    assert lan.says("Còn nữa") == say("receipt.closed")
    assert lan.chat.draft == {}
    assert "add" not in comes_back(lan, receipt)
    assert "add" not in lan.chat.offered


def test_an_urgent_tip_nobody_opened_says_to_call(world: World, lan: Lan) -> None:
    assert "gọi 113 ngay" in comes_back(lan, world.submit(FIRE).receipt)


def test_another_tips_code_is_looked_up_and_never_sent_to_officers(world: World, lan: Lan) -> None:
    first, second = world.submit(TIP).receipt, world.submit(FIRE).receipt
    comes_back(lan, first)

    shown = lan.says(second)
    lan.presses("add")
    again = lan.says(first)

    assert "gọi 113 ngay" in shown
    assert "Tình trạng" in again
    for receipt in (first, second):
        assert [line.kind for line in world.follow(receipt).lines] == ["tip"]


def test_an_addition_that_is_too_long_is_not_cut(world: World, lan: Lan) -> None:
    receipt = world.submit(TIP).receipt
    comes_back(lan, receipt)
    lan.presses("add")

    limit = tips.TEXT_LIMIT
    assert lan.says("a" * (limit + 1)) == say("tip.too_long", limit=str(limit))

    assert [line.kind for line in world.follow(receipt).lines] == ["tip"]
    assert "aaaa" not in repr(lan.chat)
    assert lan.says("a" * limit) == say("receipt.added")


def test_nothing_typed_asks_again(world: World, lan: Lan) -> None:
    lan.presses("receipt")
    assert lan.says("  ") == say("receipt.ask")
    lan.says(world.submit(TIP).receipt)
    lan.presses("add")
    assert lan.says("") == say("receipt.add")


def test_a_chat_from_yesterday_goes_on_where_it_stood(world: World, lan: Lan) -> None:
    receipt = world.submit(TIP).receipt
    comes_back(lan, receipt)

    lan.chat = Chat("receipt.status", {"receipt": receipt}, ("add", "look_again"))

    assert "Tình trạng" in lan.presses("look_again")


def test_who_adds_that_there_is_danger_now_reads_whom_to_call(world: World, lan: Lan) -> None:
    receipt = world.submit(TIP).receipt
    comes_back(lan, receipt)

    said = lan.says("Nó đang cầm dao ngoài cửa")

    assert said == f"{say('receipt.added_urgent')}\n\n{say('receipt.added')}"
    assert lan.reply.calls == ("113",)
    assert "Còn nguy hiểm thì gọi 113 ngay" in lan.presses("look_again")
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)
    world.close(world.minh, tip_id)
    assert lan.says("Nó đang cầm dao ngoài cửa") == say("receipt.closed")
    assert lan.reply.calls == ("113",)
