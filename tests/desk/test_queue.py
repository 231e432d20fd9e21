"""The officers' queue: who sees what, who was faster, and what needs a claim first."""

from datetime import timedelta
from uuid import UUID

import pytest

from desk import audit, queue
from desk.errors import (
    AsksWhoError,
    ClosedError,
    DeskError,
    EmptyTextError,
    HasLinkError,
    TooLongError,
)
from desk.officers import Signed
from tests.world import PROVINCE, World

THEFT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"
FIRE = "Đang có cháy nhà ở chợ, còn người kẹt bên trong"


def note(world: World, signed: Signed, tip_id: UUID, text: str) -> None:
    with world.office.begin("desk", signed.id) as desk:
        queue.note(desk, signed, tip_id, text)


def counts(world: World, signed: Signed) -> dict[str, int]:
    with world.office.begin("desk", signed.id) as desk:
        return queue.counts(desk)


def test_urgent_tips_come_first_then_the_oldest(world: World) -> None:
    texts = {}
    for text in (THEFT, FIRE, f"{THEFT} nữa", f"{FIRE} nữa"):
        before = set(world.waiting(world.minh))
        world.submit(text)
        (new,) = set(world.waiting(world.minh)) - before
        texts[new] = text
        world.clock.at += timedelta(hours=1)

    order = [texts[tip_id] for tip_id in world.waiting(world.minh)]

    assert order == [FIRE, f"{FIRE} nữa", THEFT, f"{THEFT} nữa"]


def test_a_row_of_the_queue_shows_no_free_text(world: World) -> None:
    world.submit(THEFT)

    with world.office.begin("desk", world.minh.id) as desk:
        (row,) = queue.waiting(desk, "new")

    assert row.tip.category == "theft"
    assert row.claimed_by is None
    assert "chợ" not in repr(row)


def test_a_tip_moves_from_tab_to_tab_with_what_happens_to_it(world: World) -> None:
    receipt = world.submit(THEFT).receipt
    tip_id = world.newest(world.minh)
    seen = [counts(world, world.minh)]
    world.claim(world.minh, tip_id)
    seen.append(counts(world, world.minh))
    world.ask(world.minh, tip_id, "Xe màu gì?")
    seen.append(counts(world, world.minh))
    world.add(receipt, "Màu đỏ")
    seen.append(counts(world, world.minh))
    world.close(world.minh, tip_id)
    seen.append(counts(world, world.minh))

    tabs = [next(tab for tab, number in row.items() if number) for row in seen]
    assert tabs == ["new", "taken", "waiting", "taken", "closed"]
    assert all(sum(row.values()) == 1 for row in seen)
    assert world.waiting(world.minh, "closed") == [tip_id]


def test_opening_a_tip_breaks_its_seal_and_is_remembered(world: World) -> None:
    world.submit(THEFT)
    tip_id = world.newest(world.minh)

    opened = world.opened(world.minh, tip_id)

    assert opened.report["text"] == THEFT
    assert opened.claimed_by is None
    assert [line.kind for line in opened.lines] == ["tip"]
    assert opened.lines[0].author is None
    assert [deed.action for deed in opened.deeds] == ["tip.opened"]
    assert opened.deeds[0].officer_id == world.minh.id


def test_a_colleague_may_leave_a_note_that_the_sender_never_sees(world: World) -> None:
    receipt = world.submit(THEFT).receipt
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)

    note(world, world.hoa, tip_id, "  Giống vụ hôm trước  ")

    line = world.opened(world.minh, tip_id).lines[-1]
    assert (line.kind, line.author, line.content) == ("note", "Hoa", {"text": "Giống vụ hôm trước"})
    assert [line.kind for line in world.follow(receipt).lines] == ["tip"]


def test_a_question_waits_for_the_sender_and_the_answer_comes_back(world: World) -> None:
    receipt = world.submit(THEFT).receipt
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)

    world.ask(world.minh, tip_id, "Xe màu gì?")
    waits = world.follow(receipt)
    world.add(receipt, "Màu đỏ")

    assert waits.questions_open
    assert [(line.kind, line.text) for line in waits.lines][1:] == [("question", "Xe màu gì?")]
    lines = world.opened(world.minh, tip_id).lines
    assert [(line.kind, line.author) for line in lines] == [
        ("tip", None),
        ("question", "Minh"),
        ("answer", None),
    ]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("   ", EmptyTextError),
        ("à" * (queue.REPLY_LIMIT + 1), TooLongError),
        ("Bạn tên gì?", AsksWhoError),
        ("Xem https://example.com", HasLinkError),
    ],
)
def test_a_question_that_may_not_be_asked_is_not_stored(
    world: World, text: str, refusal: type[DeskError]
) -> None:
    receipt = world.submit(THEFT).receipt
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)

    with pytest.raises(refusal):
        world.ask(world.minh, tip_id, text)

    assert world.follow(receipt).state == "taken"
    assert [line.kind for line in world.follow(receipt).lines] == ["tip"]


def test_a_word_at_the_end_may_give_nobody_away_either(world: World) -> None:
    world.submit(THEFT)
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)

    with (
        pytest.raises(AsksWhoError),
        world.office.begin("desk", world.minh.id) as desk,
    ):
        queue.close(desk, world.minh, tip_id, "handled", "Cho xin số điện thoại của bạn")


def test_a_closed_tip_tells_the_sender_why_and_changes_no_more(world: World) -> None:
    receipt = world.submit(THEFT).receipt
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)

    world.close(world.minh, tip_id, "not_enough")

    followed = world.follow(receipt)
    assert (followed.state, followed.disposition) == ("closed", "not_enough")
    assert followed.lines[-1].text == "Cảm ơn bà con"
    for deed in (
        lambda: world.claim(world.hoa, tip_id),
        lambda: world.ask(world.minh, tip_id, "Xe màu gì?"),
        lambda: world.transfer(world.minh, tip_id, PROVINCE),
        lambda: world.close(world.minh, tip_id),
        lambda: world.add(receipt, "Còn nữa"),
    ):
        with pytest.raises(ClosedError):
            deed()


def test_pages_offer_only_the_reasons_there_are(world: World) -> None:
    world.submit(THEFT)
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)

    with pytest.raises(ValueError, match="disposition"):
        world.close(world.minh, tip_id, "arrested")


def test_every_deed_is_in_the_log_of_the_tip(world: World) -> None:
    world.submit(THEFT)
    tip_id = world.newest(world.minh)
    world.opened(world.hoa, tip_id)
    world.claim(world.minh, tip_id)
    note(world, world.hoa, tip_id, "Giống vụ hôm trước")
    world.ask(world.minh, tip_id, "Xe màu gì?")
    world.close(world.minh, tip_id, "spam")

    with world.office.begin("desk", world.minh.id) as desk:
        found = audit.of_tip(desk, tip_id)
        whole = audit.verify(desk)

    assert [(deed.action, deed.officer_id) for deed in found] == [
        ("tip.opened", world.hoa.id),
        ("tip.claimed", world.minh.id),
        ("tip.noted", world.hoa.id),
        ("tip.asked", world.minh.id),
        ("tip.closed", world.minh.id),
    ]
    assert {deed.detail for deed in found} == {"", "spam"}
    assert whole[1] is None
