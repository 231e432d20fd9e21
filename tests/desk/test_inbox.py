"""Incoming messages: stored once, dealt with in order, wiped, and never in anybody's way."""

from datetime import UTC, datetime, timedelta

from desk import inbox
from desk.inbox import ATTEMPTS, Lane, Message
from tests.storage.rows import Owner
from tests.world import World

LAN, TAM = Lane("webchat", "lan"), Lane("webchat", "tam")


def put(world: World, dedupe: str, lane: Lane = LAN, text: str = "Chào") -> bool:
    with world.office.begin("intake") as desk:
        return inbox.put(desk, lane, dedupe, {"text": text})


def following(world: World, lane: Lane = LAN) -> Message | None:
    with world.office.begin("intake") as desk:
        inbox.enter(desk, lane)
        return inbox.following(desk, lane)


def finish(world: World, lane: Lane = LAN) -> str:
    """Deal with the lane's next message; what it said."""
    with world.office.begin("intake") as desk:
        message = inbox.following(desk, lane)
        assert message is not None
        inbox.finish(desk, message)
        return str(message.payload["text"])


def unfinished(world: World) -> list[Lane]:
    with world.office.begin("intake") as desk:
        return inbox.unfinished(desk)


def test_the_same_message_is_stored_once_also_after_it_was_dealt_with(world: World) -> None:
    stored = [put(world, "update 7"), put(world, "update 7")]
    finish(world)
    stored.append(put(world, "update 7"))

    assert stored == [True, False, False]
    assert following(world) is None


def test_the_same_message_on_another_channel_is_another_message(world: World) -> None:
    assert put(world, "7")
    assert put(world, "7", Lane("telegram", "lan"))


def test_a_message_that_comes_again_after_midnight_is_still_the_same(world: World) -> None:
    world.clock.at = datetime(2026, 3, 2, 23, 59, 59, tzinfo=UTC)
    put(world, "update 7")
    world.clock.at += timedelta(seconds=2)

    assert not put(world, "update 7")
    assert finish(world) == "Chào"
    assert following(world) is None


def test_a_lane_goes_on_in_order_across_midnight(world: World) -> None:
    world.clock.at = datetime(2026, 3, 2, 23, 59, 59, tzinfo=UTC)
    for number in range(6):
        put(world, str(number), text=f"Câu {number}")
        world.clock.at += timedelta(seconds=1)

    assert [finish(world) for _ in range(6)] == [f"Câu {number}" for number in range(6)]


def test_lanes_do_not_see_each_others_messages(world: World) -> None:
    put(world, "1", LAN, "của Lan")
    put(world, "2", TAM, "của Tám")

    assert finish(world, TAM) == "của Tám"
    assert finish(world, LAN) == "của Lan"


def test_no_address_and_no_word_lies_open_in_the_row(world: World, owner_url: str) -> None:
    put(world, "update 7", Lane("telegram", "84901234567"), "Mất xe")

    with Owner(owner_url) as owner:
        shown = str(owner.all("SELECT to_jsonb(inbox)::text FROM inbox"))
        (sealed,) = owner.all("SELECT sealed FROM inbox")[0]
        finish(world, Lane("telegram", "84901234567"))
        wiped = owner.one("SELECT sealed FROM inbox")

    for word in ("84901234567", "update 7", "Mất xe"):
        assert word not in shown
        assert word.encode() not in bytes(sealed)
        assert word.encode().hex() not in shown
    assert wiped is None


def test_what_a_crash_left_is_found_again_oldest_lane_first_each_once(world: World) -> None:
    for number, lane in enumerate((TAM, LAN, TAM, LAN)):
        put(world, str(number), lane)

    assert unfinished(world) == [TAM, LAN]
    finish(world, TAM)
    finish(world, TAM)
    assert unfinished(world) == [LAN]


def test_a_message_that_keeps_failing_is_put_aside_and_the_next_one_goes_on(
    world: World, owner_url: str
) -> None:
    put(world, "1", text="hỏng")
    put(world, "2", text="lành")

    with world.office.begin("intake") as desk:
        aside = [inbox.fail(desk, LAN, "PoisonError") for _ in range(ATTEMPTS)]

    assert aside == [False] * (ATTEMPTS - 1) + [True]
    assert finish(world) == "lành"
    assert unfinished(world) == []
    with Owner(owner_url) as owner:
        assert owner.all("SELECT fault FROM inbox WHERE state = 'quarantined'") == [
            ("PoisonError",)
        ]


def test_a_failure_of_a_message_somebody_else_dealt_with_harms_nobody(world: World) -> None:
    with world.office.begin("intake") as desk:
        assert inbox.fail(desk, LAN, "KeyError")


def test_a_message_whose_key_is_gone_stands_in_nobodys_way(world: World, owner_url: str) -> None:
    # As after restoring a backup: rows come back, channel keys do not.
    put(world, "1", TAM)
    world.office.tools.keyring.destroy_channel(world.clock.at.date())
    world.clock.at += timedelta(days=1)
    put(world, "2", LAN)

    assert unfinished(world) == [LAN]
    assert unfinished(world) == [LAN]
    with Owner(owner_url) as owner:
        assert owner.all("SELECT state, fault FROM inbox ORDER BY seq") == [
            ("quarantined", "KeyGoneError"),
            ("new", None),
        ]


def test_a_row_moved_to_another_place_does_not_open_there(world: World, owner_url: str) -> None:
    put(world, "1", TAM)
    put(world, "2", LAN)

    with Owner(owner_url) as owner:
        owner.run("UPDATE inbox SET sealed = (SELECT sealed FROM inbox ORDER BY seq LIMIT 1)")

    assert unfinished(world) == [TAM]
