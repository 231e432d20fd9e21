"""What must go out: written with the decision, tried again, given up only where that is right."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest

from desk import outbox
from desk.desk import Desk
from desk.outbox import COPIES, DOUBT_AT_MOST, LEASE, RETRY_AT_MOST, RINGS, Outgoing
from tests.storage.rows import Owner
from tests.world import MONDAY, World

CHANNELS = ("telegram",)


def put(world: World, text: str = "Chào", channel: str = "telegram") -> None:
    with world.office.begin("intake") as desk:
        outbox.put(desk, channel, "84901234567", {"text": text})


def take(world: World) -> list[Outgoing]:
    with world.office.begin("sweeps") as desk:
        return outbox.take(desk, CHANNELS)


def state(owner_url: str) -> tuple[str, str | None, bool]:
    """State, outcome, and whether the words are still there."""
    with Owner(owner_url) as owner:
        return owner.all("SELECT state, outcome, sealed IS NOT NULL FROM outbox")[0]


def test_nothing_goes_out_for_a_decision_that_was_undone(world: World) -> None:
    def undone() -> None:
        with world.office.begin("intake") as desk:
            outbox.put(desk, "telegram", "1", {"text": "Chào"})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()

    assert take(world) == []


def test_what_is_due_comes_once_with_its_address_and_words(world: World) -> None:
    put(world, "một")
    put(world, "hai")
    put(world, "ba", "zalo")

    first, second = take(world)

    assert (first.address, first.payload, first.attempt) == ("84901234567", {"text": "một"}, 1)
    assert second.payload == {"text": "hai"}
    assert take(world) == []


def test_no_address_and_no_word_lies_open_in_the_row(world: World, owner_url: str) -> None:
    put(world, "Công an hỏi")

    with Owner(owner_url) as owner:
        shown = str(owner.all("SELECT to_jsonb(outbox)::text FROM outbox"))
    for word in ("84901234567", "Công an"):
        assert word not in shown
        assert word.encode().hex() not in shown


def test_what_was_sent_is_wiped(world: World, owner_url: str) -> None:
    put(world)
    (outgoing,) = take(world)

    with world.office.begin("sweeps") as desk:
        outbox.done(desk, outgoing, "sent")

    assert state(owner_url) == ("sent", "sent", False)


def pauses(
    world: World,
    owner_url: str,
    tries: int,
    settle: Callable[[Desk, Outgoing, str], None],
    channel: str = "telegram",
) -> list[float]:
    """Seconds before each of so many tries; the clock goes along."""
    put(world, channel=channel)
    found = []
    for _ in range(tries):
        with world.office.begin("sweeps") as desk:
            (outgoing,) = outbox.take(desk, (channel,))
        with world.office.begin("sweeps") as desk:
            settle(desk, outgoing, "as the test says")
        with Owner(owner_url) as owner:
            due_at = owner.one("SELECT due_at FROM outbox")
        found.append((due_at - world.clock.at).total_seconds())
        world.clock.at = max(due_at, world.clock.at)
    return found


def test_what_surely_was_not_sent_is_tried_every_minute_and_never_given_up(
    world: World, owner_url: str
) -> None:
    found = pauses(world, owner_url, 40, outbox.retry)

    assert found[:5] == [2, 4, 8, 16, 32]
    assert set(found[5:]) == {RETRY_AT_MOST.total_seconds()}
    assert state(owner_url) == ("due", "as the test says", True)


def test_a_week_of_tries_is_no_number_too_large() -> None:
    assert (
        outbox.pause(Outgoing(uuid4(), "telegram", "1", {}, 10_080, MONDAY.date())) == RETRY_AT_MOST
    )


def test_what_may_have_arrived_is_tried_less_often_and_not_for_ever(
    world: World, owner_url: str
) -> None:
    found = pauses(world, owner_url, COPIES, outbox.doubt)

    assert found[:5] == [30, 60, 120, 240, 480]
    assert found[5:-1] == [DOUBT_AT_MOST.total_seconds()] * 6
    assert state(owner_url) == ("failed", "as the test says", False)
    assert take(world) == []


def test_an_alert_at_the_desk_rings_for_half_an_hour(world: World, owner_url: str) -> None:
    found = pauses(world, owner_url, RINGS, outbox.retry, "desk")

    assert found[:9] == [2, 4, 8, 16, 32, 64, 128, 256, 512]
    assert sum(found[:-1]) == 2_222
    assert state(owner_url) == ("failed", "as the test says", False)


def test_a_sender_that_dies_leaves_a_doubt(world: World) -> None:
    put(world)
    (first,) = take(world)
    world.clock.at += LEASE
    (second,) = take(world)
    with world.office.begin("sweeps") as desk:
        outbox.retry(desk, second, "not sent: refused")
    world.clock.at += timedelta(minutes=1)
    (third,) = take(world)

    assert [one.doubts for one in (first, second, third)] == [0, 1, 1]


def test_a_pause_asked_for_is_kept(world: World) -> None:
    put(world)
    (outgoing,) = take(world)
    with world.office.begin("sweeps") as desk:
        outbox.retry(desk, outgoing, "throttled", timedelta(seconds=90))

    world.clock.at += timedelta(seconds=89)
    early = take(world)
    world.clock.at += timedelta(seconds=1)

    assert early == []
    assert [outgoing.attempt for outgoing in take(world)] == [2]


def test_what_was_leased_by_a_sender_that_died_comes_again_after_the_lease(world: World) -> None:
    put(world)
    take(world)

    world.clock.at += LEASE - timedelta(seconds=1)
    early = take(world)
    world.clock.at += timedelta(seconds=1)

    assert early == []
    assert [outgoing.attempt for outgoing in take(world)] == [2]


def test_a_sender_that_was_too_slow_cannot_undo_what_the_next_one_did(
    world: World, owner_url: str
) -> None:
    put(world)
    (slow,) = take(world)
    world.clock.at += LEASE
    (fast,) = take(world)
    with world.office.begin("sweeps") as desk:
        outbox.done(desk, fast, "sent")

    with world.office.begin("sweeps") as desk:
        outbox.retry(desk, slow, "not sent: timeout")

    assert state(owner_url) == ("sent", "sent", False)


def test_a_row_whose_key_is_gone_is_given_up_and_the_others_go_out(
    world: World, owner_url: str
) -> None:
    # As after restoring a backup: rows come back, channel keys do not.
    put(world, "cũ")
    world.office.tools.keyring.destroy_channel(world.clock.at.date())
    world.clock.at += timedelta(days=1)
    put(world, "mới")

    found = take(world)

    assert [outgoing.payload for outgoing in found] == [{"text": "mới"}]
    with Owner(owner_url) as owner:
        assert owner.all("SELECT state, outcome FROM outbox ORDER BY seq") == [
            ("failed", "KeyGoneError"),
            ("sending", None),
        ]
