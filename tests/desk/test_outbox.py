"""What must go out: written with the decision, tried again, given up in the end."""

from datetime import timedelta

import pytest

from desk import outbox
from desk.outbox import ATTEMPTS, LEASE, RETRY_AT_MOST, Outgoing
from tests.storage.rows import Owner
from tests.world import World

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


def test_a_pause_doubles_until_it_is_ten_minutes_and_then_we_give_up(
    world: World, owner_url: str
) -> None:
    put(world)
    pauses = []

    for _ in range(ATTEMPTS):
        (outgoing,) = take(world)
        with world.office.begin("sweeps") as desk:
            outbox.retry(desk, outgoing, "not sent: refused")
        with Owner(owner_url) as owner:
            due_at = owner.one("SELECT due_at FROM outbox")
        pauses.append((due_at - world.clock.at).total_seconds())
        world.clock.at = max(due_at, world.clock.at)

    assert pauses[:9] == [2, 4, 8, 16, 32, 64, 128, 256, 512]
    assert pauses[9:-1] == [RETRY_AT_MOST.total_seconds()] * 2
    assert state(owner_url) == ("failed", "not sent: refused", False)
    assert take(world) == []


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
