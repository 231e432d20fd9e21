"""What has to go goes, in the database and in backups of it; and nothing goes too soon."""

from datetime import UTC, datetime, timedelta

import pytest

from desk import campaigns, conversations, duty, inbox, notices, outbox, retention, tips
from desk.conversations import Chat
from desk.errors import WrongReceiptError
from desk.inbox import Lane
from desk.retention import KEEP_CLOSED
from storage.keyring import KeyGoneError
from tests.notices import publish_due, published, subscribe
from tests.storage.rows import Owner
from tests.world import World

THEFT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"
LAN = Lane("webchat", "lan")
DAY = timedelta(days=1)


def sweep(world: World) -> None:
    """As the sweep does it: rows first, keys after the commit."""
    with world.office.begin("sweeps") as desk:
        months = retention.delete_tips(desk)
        days = retention.delete_messages(desk)
    retention.destroy_keys(world.office.tools.keyring, months=months, days=days)


def closed(world: World) -> str:
    receipt = world.submit(THEFT).receipt
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)
    world.close(world.minh, tip_id)
    return receipt


def put(world: World, lane: Lane = LAN, dedupe: str = "1") -> None:
    with world.office.begin("intake") as desk:
        inbox.put(desk, lane, dedupe, {"text": "Chào"})


def finish(world: World) -> None:
    with world.office.begin("intake") as desk:
        message = inbox.following(desk, LAN)
        assert message is not None
        inbox.finish(desk, message)


def test_a_closed_tip_is_deleted_with_all_of_it_after_ninety_days(
    world: World, owner_url: str
) -> None:
    receipt = closed(world)
    start = world.clock.at

    world.clock.at = start + KEEP_CLOSED
    sweep(world)
    assert world.follow(receipt).state == "closed"
    world.clock.at = start + KEEP_CLOSED + DAY
    sweep(world)

    with pytest.raises(WrongReceiptError):
        world.follow(receipt)
    with Owner(owner_url) as owner:
        for table in ("tip", "tip_wrap", "tip_entry", "alert"):
            assert owner.one(f"SELECT count(*) FROM {table}") == 0  # noqa: S608 # above


def test_an_open_tip_stays_openable_for_years_while_old_keys_go(world: World) -> None:
    receipt = world.submit(THEFT).receipt
    tip_id = world.newest(world.minh)
    keyring = world.office.tools.keyring

    for month in range(1, 25):
        world.clock.at = datetime(2026 + (2 + month) // 12, (2 + month) % 12 + 1, 15, tzinfo=UTC)
        sweep(world)
        assert world.opened(world.minh, tip_id).report["text"] == THEFT
        assert world.follow(receipt).lines[0].text == THEFT

    assert "2026-03" not in keyring.retention_months()
    assert len(keyring.retention_months()) <= 2


def test_many_open_tips_move_to_the_younger_key_in_batches(
    world: World, owner_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    receipts = [world.submit(THEFT).receipt for _ in range(5)]
    world.clock.at += 130 * DAY

    left = []
    for _ in range(3):
        sweep(world)
        with Owner(owner_url) as owner:
            left.append(owner.one("SELECT count(*) FROM tip WHERE month = '2026-03'"))

    assert left == [3, 1, 0]
    assert "2026-03" not in world.office.tools.keyring.retention_months()
    assert all(world.follow(receipt).state == "new" for receipt in receipts)


def test_a_month_keeps_its_key_while_a_closed_tip_needs_it(world: World) -> None:
    first = world.submit(THEFT).receipt
    world.clock.at += 120 * DAY
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)
    world.close(world.minh, tip_id)

    world.clock.at += 60 * DAY
    sweep(world)

    assert world.follow(first).state == "closed"
    world.clock.at += 40 * DAY
    sweep(world)
    assert world.office.tools.keyring.retention_months() == ()


def test_a_tip_of_the_last_second_of_a_month_does_not_lose_its_key(world: World) -> None:
    world.clock.at = datetime(2026, 3, 31, 23, 59, 59, tzinfo=UTC)
    with world.office.begin("intake") as desk:
        sent = tips.submit(desk, tips.Draft(THEFT, "28114"))
        # Before this transaction ends it is April, and the sweep looks what March still needs.
        world.clock.at += timedelta(seconds=2)
        sweep(world)

    assert world.follow(sent.receipt).lines[0].text == THEFT


def test_a_destroyed_key_shuts_the_tip_in_every_older_backup(world: World, owner_url: str) -> None:
    receipt = closed(world)
    with Owner(owner_url) as owner:
        for table in ("tip", "tip_wrap", "tip_entry"):
            owner.run(f"CREATE TABLE old_{table} AS TABLE {table}")
        world.clock.at += KEEP_CLOSED + DAY
        sweep(world)
        for table in ("tip", "tip_wrap", "tip_entry"):
            owner.run(f"INSERT INTO {table} TABLE old_{table}")  # above
        ((tip_id,),) = owner.all("SELECT id FROM tip")

    with pytest.raises(KeyGoneError):
        world.follow(receipt)
    with pytest.raises(KeyGoneError):
        world.opened(world.minh, tip_id)


def test_a_conversation_is_forgotten_and_its_key_destroyed_after_two_days(world: World) -> None:
    with world.office.begin("intake") as desk:
        conversations.save(desk, LAN, Chat(step="tip.what", draft={"text": THEFT}))
    first = world.clock.at.date()

    world.clock.at += DAY
    sweep(world)
    with world.office.begin("intake") as desk:
        kept = conversations.load(desk, LAN)
    world.clock.at += DAY
    sweep(world)
    with world.office.begin("intake") as desk:
        gone = conversations.load(desk, LAN)

    assert kept is not None
    assert gone is None
    assert first not in world.office.tools.keyring.channel_days()


@pytest.mark.parametrize("table", ["inbox", "outbox"])
def test_a_key_stays_while_an_unfinished_message_needs_it_for_a_week_at_most(
    world: World, owner_url: str, table: str
) -> None:
    first = world.clock.at.date()
    if table == "inbox":
        put(world)
    else:
        with world.office.begin("intake") as desk:
            outbox.put(desk, "telegram", "lan", {"text": "Chào"})
    found: dict[int, tuple[bool, int]] = {}

    for days in (2, 6, 7):
        world.clock.at = datetime(2026, 3, 2, 8, tzinfo=UTC) + days * DAY
        sweep(world)
        with Owner(owner_url) as owner:
            rows = owner.one(f"SELECT count(*) FROM {table}")  # noqa: S608 # above
        found[days] = (first in world.office.tools.keyring.channel_days(), rows)

    assert found == {2: (True, 1), 6: (True, 1), 7: (False, 0)}


def test_a_finished_message_keeps_no_key(world: World, owner_url: str) -> None:
    put(world)
    finish(world)
    first = world.clock.at.date()

    world.clock.at += 2 * DAY
    sweep(world)

    assert first not in world.office.tools.keyring.channel_days()
    with Owner(owner_url) as owner:
        assert owner.one("SELECT count(*) FROM inbox") == 0


def test_log_ins_that_ran_out_are_forgotten(world: World, owner_url: str) -> None:
    with Owner(owner_url) as owner:
        before = owner.one("SELECT count(*) FROM login_session")
        world.clock.at += DAY
        sweep(world)
        after = owner.one("SELECT count(*) FROM login_session")

    assert (before, after) == (1, 0)  # Ngân's, from opening the province


def test_a_code_for_an_alert_chat_that_nobody_typed_is_forgotten(
    world: World, owner_url: str
) -> None:
    with world.office.begin("desk", world.hoa.id) as desk:
        duty.invite_chat(desk, world.hoa)
    with Owner(owner_url) as owner:
        sweep(world)
        assert owner.one("SELECT count(*) FROM duty_code") == 1
        world.clock.at += duty.CODE_LIFE
        sweep(world)
        assert owner.one("SELECT count(*) FROM duty_code") == 0


def test_a_recall_on_a_channel_that_never_comes_back_keeps_nothing_for_ever(
    world: World, owner_url: str
) -> None:
    subscribe(world, 1)
    notice = published(world)
    with world.office.begin("desk", world.hoa.id) as desk:
        notices.recall(desk, world.hoa, notice, 3, "Số điện thoại ghi sai")

    with Owner(owner_url) as owner:
        for state in ("running", "expired"):
            found = owner.all("SELECT state FROM campaign WHERE recalls IS NOT NULL")
            assert found == [(state,)]
            world.clock.at += campaigns.KEEP + DAY
            publish_due(world)
        for _ in range(2):  # the recall first, then what it took back
            with world.office.begin("sweeps") as desk:
                campaigns.forget_old(desk)
        assert owner.one("SELECT count(*) FROM campaign") == 0
        assert owner.one("SELECT count(*) FROM notice") == 1, "what was said stays"


def test_a_sweep_that_changes_nothing_destroys_nothing(world: World) -> None:
    receipt = world.submit(THEFT).receipt
    put(world)
    keyring = world.office.tools.keyring
    before = keyring.retention_months(), keyring.channel_days()

    sweep(world)

    assert (keyring.retention_months(), keyring.channel_days()) == before
    assert world.follow(receipt).state == "new"
