"""Coming back with a receipt: its own tip's messages, and nobody else's."""

from datetime import timedelta

import pytest

from desk import alerts, codes, envelope, outbox, queue, receipts
from desk.errors import ClosedError, EmptyTextError, WrongReceiptError
from storage import tips
from storage.vault import SealError
from tests.world import COMMUNE, PROVINCE, World

THEFT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"


def test_a_receipt_opens_exactly_its_own_tips_messages(world: World) -> None:
    receipts_ = [world.submit(f"{THEFT} số {number}").receipt for number in range(3)]

    for number, receipt in enumerate(receipts_):
        followed = world.follow(receipt)
        assert [line.text for line in followed.lines] == [f"{THEFT} số {number}"]
        assert followed.station == "Công an xã Rạch Kiến"
        assert (followed.state, followed.urgent, followed.disposition) == ("new", False, None)


def test_no_key_of_one_receipt_opens_anothers_envelope(world: World) -> None:
    first, second = (codes.read_symbols(world.submit(THEFT).receipt) for _ in range(2))
    keyring = world.office.tools.keyring
    with world.office.begin("intake") as desk:
        row = tips.by_receipt(desk.session, envelope.receipt_mac(keyring, second))
    assert row is not None

    with pytest.raises(SealError):
        envelope.unwrap(
            keyring,
            row.month,
            row.id,
            envelope.RECEIPT,
            row.enclosed,
            envelope.receipt_private_key(first),
        )


def test_a_wrong_a_mistyped_and_an_unknown_code_look_the_same(world: World) -> None:
    receipt = world.submit(THEFT).receipt
    other = "0" if receipt[0] != "0" else "2"
    said = set()

    for typed in ("", "xin chào", receipt[:-1], other + receipt[1:], codes.new_receipt()):
        for deed in (world.follow, lambda code: world.add(code, "Còn nữa")):
            with pytest.raises(WrongReceiptError) as refused:
                deed(typed)
            said.add((str(refused.value), refused.value.__cause__))

    assert said == {("Mã tra cứu chưa đúng.", None)}


def test_the_receipt_is_kept_nowhere_as_it_is(world: World) -> None:
    symbols = codes.read_symbols(world.submit(THEFT).receipt)

    assert envelope.receipt_mac(world.office.tools.keyring, symbols) != symbols.encode()
    assert len(envelope.receipt_mac(world.office.tools.keyring, symbols)) == 32


def test_more_facts_do_not_change_the_state_and_officers_read_them(world: World) -> None:
    receipt = world.submit(THEFT).receipt
    tip_id = world.newest(world.minh)

    world.clock.at += timedelta(hours=3)
    world.add(receipt, "  Biển số 62A  ")

    assert world.follow(receipt).state == "new"
    line = world.opened(world.minh, tip_id).lines[-1]
    assert (line.no, line.kind, line.author, line.content) == (
        2,
        "addition",
        None,
        {"text": "Biển số 62A"},
    )
    assert (line.at_hour.hour, line.at_hour.minute) == (world.clock.at.hour, 0)


def test_an_answer_moves_the_tip_back_to_the_officer_and_a_second_one_is_an_addition(
    world: World,
) -> None:
    receipt = world.submit(THEFT).receipt
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)
    world.ask(world.minh, tip_id, "Xe màu gì?")
    states = [world.follow(receipt).state]

    for text in ("Màu đỏ", "À không, màu cam"):
        world.add(receipt, text)
        states.append(world.follow(receipt).state)

    assert states == ["waiting", "answered", "answered"]
    assert [line.kind for line in world.follow(receipt).lines] == [
        "tip",
        "question",
        "answer",
        "addition",
    ]


def test_what_is_added_to_a_tip_an_officer_has_shows_in_their_list(world: World) -> None:
    receipt = world.submit(THEFT).receipt
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)

    world.add(receipt, "Bây giờ chúng đang quay lại, có dao")

    with world.office.begin("desk", world.minh.id) as desk:
        (row,) = queue.waiting(desk, "taken")
    assert row.tip.state == "answered", "the list says that something came"
    assert world.follow(receipt).lines[-1].kind == "addition"


def test_nothing_can_be_added_to_a_closed_tip(world: World) -> None:
    receipt = world.submit(THEFT).receipt
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)
    world.close(world.minh, tip_id)

    with pytest.raises(ClosedError):
        world.add(receipt, "Còn nữa")


def test_a_tip_closed_at_the_same_moment_takes_no_addition(world: World) -> None:
    receipt = world.submit(THEFT).receipt
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)

    with world.office.begin("intake") as desk:
        assert receipts.follow(desk, receipt).state == "taken"
        world.close(world.minh, tip_id)
        with pytest.raises(ClosedError):
            receipts.add(desk, receipt, "Còn nữa")


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_empty_addition_is_refused(world: World, text: str) -> None:
    receipt = world.submit(THEFT).receipt

    with pytest.raises(EmptyTextError):
        world.add(receipt, text)


def test_two_additions_at_once_are_two_lines(world: World) -> None:
    receipt = world.submit(THEFT).receipt

    for number in range(3):
        world.add(receipt, f"Thêm {number}")

    tip_id = world.newest(world.minh)
    assert [line.no for line in world.opened(world.minh, tip_id).lines] == [1, 2, 3, 4]


def test_a_receipt_still_opens_after_the_tip_moved(world: World) -> None:
    receipt = world.submit(THEFT).receipt
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)

    world.transfer(world.minh, tip_id, PROVINCE)

    followed = world.follow(receipt)
    assert followed.station == "Công an tỉnh Tây Ninh"
    assert [line.kind for line in followed.lines] == ["tip"]
    world.add(receipt, "Còn nữa")
    assert world.opened(world.ngan, tip_id).lines[-1].content == {"text": "Còn nữa"}


DANGER = "Nó đang cầm dao ngoài cửa"


def told(world: World, minutes: int) -> list[tuple[str, str]]:
    """Whom the sweep tells so many minutes after eight, and what."""
    world.clock.at = world.clock.at.replace(minute=minutes)
    with world.office.begin("sweeps") as desk:
        alerts.sweep(desk)
        found = outbox.take(desk, (alerts.CHANNEL,))
        for outgoing in found:
            outbox.done(desk, outgoing, "sent")
    return [(outgoing.address, outgoing.payload["text"]) for outgoing in found]


def test_an_addition_that_tells_of_danger_now_makes_the_tip_urgent_and_rings(world: World) -> None:
    receipt = world.submit(THEFT).receipt
    tip = world.newest(world.minh)
    told(world, 0)
    calm = world.opened(world.minh, tip).tip.due_at
    world.add(receipt, "Xe màu đỏ")
    assert told(world, 1) == []

    world.add(receipt, DANGER)

    assert told(world, 2) == [(COMMUNE, alerts.URGENT)]
    assert told(world, 7) == [(COMMUNE, alerts.URGENT)]
    assert told(world, 12) == [(PROVINCE, alerts.URGENT)]
    opened = world.opened(world.ngan, tip)
    assert opened.tip.urgent
    assert opened.tip.due_at < calm
    assert world.follow(receipt).urgent


def test_a_taken_tip_rings_until_whoever_has_it_opens_it(world: World) -> None:
    receipt = world.submit(THEFT).receipt
    tip = world.newest(world.minh)
    world.claim(world.minh, tip)
    world.add(receipt, DANGER)
    assert told(world, 1) == [(COMMUNE, alerts.URGENT)]
    seen = world.opened(world.hoa, tip).tip
    assert (seen.clock, seen.due_at) == ("handle", world.clock.at.replace(hour=10, minute=0))
    assert told(world, 6) == [(COMMUNE, alerts.URGENT)]

    assert world.opened(world.minh, tip).tip.urgent

    assert told(world, 11) == []
    assert world.waiting(world.ngan) == []
    world.add(receipt, DANGER)
    assert told(world, 12) == [(COMMUNE, alerts.URGENT)], "and again if it is told again"
    world.close(world.minh, tip)
    assert told(world, 17) == []
    with pytest.raises(ClosedError):
        world.add(receipt, DANGER)
    assert told(world, 22) == []
