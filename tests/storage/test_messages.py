"""Rows of inbox, conversations and outbox."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

from storage import messages
from storage.db import Store
from storage.messages import Lease, Leased, Postponed
from storage.models import Conversation, Inbox, Outbox
from tests.storage.rows import MONDAY, TODAY, Owner

LATER = MONDAY + timedelta(seconds=30)


def incoming(dedupe: bytes, address: bytes = b"lan") -> Inbox:
    return Inbox(
        id=uuid4(),
        channel="webchat",
        address_mac=address,
        dedupe_mac=dedupe,
        day=TODAY,
        sealed=b"sealed",
    )


def put_out(
    store: Store, number: int, channel: str = "telegram", address: bytes | None = None
) -> None:
    """So many messages, each to another chat unless there is an address."""
    with store.begin("intake") as session:
        for _ in range(number):
            mac = address or uuid4().bytes
            row = Outbox(
                channel=channel, address_mac=mac, day=TODAY, due_at=MONDAY, sealed=b"sealed"
            )
            messages.put_out(session, row)


def lease(store: Store, minutes: float = 0, limit: int = 50) -> list[Leased]:
    now = MONDAY + timedelta(minutes=minutes)
    with store.begin("sweeps") as session:
        return messages.lease_out(
            session, ("telegram",), Lease(now, now + timedelta(seconds=30), limit)
        )


def test_a_message_that_came_before_is_left_as_it_is(store: Store, owner: Owner) -> None:
    for _ in range(3):
        with store.begin("intake") as session:
            messages.put_in(session, incoming(b"update 1"))

    assert owner.one("SELECT count(*) FROM inbox") == 1


def test_a_lane_is_dealt_with_in_order_of_arrival(store: Store) -> None:
    rows = [incoming(f"update {n}".encode(), b"lan" if n % 2 else b"tam") for n in range(6)]
    with store.begin("intake") as session:
        for row in rows:
            messages.put_in(session, row)

    order = []
    with store.begin("intake") as session:
        while (found := messages.next_in(session, [b"lan"])) is not None:
            order.append(found.id)
            messages.finish_in(session, found.id)

    assert order == [row.id for row in rows[1::2]]


def test_what_a_finished_message_said_is_wiped(store: Store, owner: Owner) -> None:
    row = incoming(b"update 1")
    with store.begin("intake") as session:
        messages.put_in(session, row)
        messages.finish_in(session, row.id)

    assert owner.all("SELECT state, sealed FROM inbox") == [("done", None)]


def test_a_message_is_put_aside_at_its_last_attempt(store: Store, owner: Owner) -> None:
    row = incoming(b"update 1")
    with store.begin("intake") as session:
        messages.put_in(session, row)
        aside = [
            messages.fail_in(session, row.id, "KeyError", attempts_at_most=3) for _ in range(3)
        ]

    assert aside == [False, False, True]
    assert owner.all("SELECT state, attempts, fault FROM inbox") == [("quarantined", 3, "KeyError")]


def test_two_senders_never_share_a_row(store: Store) -> None:
    put_out(store, 60)

    with ThreadPoolExecutor(4) as threads:
        batches = list(threads.map(lambda _: lease(store, limit=7), range(12)))

    leased = [row.id for batch in batches for row in batch]
    assert len(leased) == len(set(leased)) == 60
    assert max(map(len, batches)) == 7


def test_what_is_due_comes_in_order_of_arrival_and_for_these_channels_only(
    store: Store, owner: Owner
) -> None:
    put_out(store, 3)
    put_out(store, 2, "zalo")
    wanted = owner.all("SELECT id FROM outbox WHERE channel = 'telegram' ORDER BY seq")

    assert [(row.id,) for row in lease(store)] == wanted


def test_a_chat_that_is_written_to_waits_and_the_others_do_not(store: Store) -> None:
    put_out(store, 1, address=b"lan")
    (first,) = lease(store)
    put_out(store, 2, address=b"lan")
    put_out(store, 1, address=b"minh")

    meanwhile = lease(store)
    with store.begin("sweeps") as session:
        messages.sent_out(session, [(first.id, first.attempts)])

    assert len(meanwhile) == 1
    assert len(lease(store)) == 2


def test_a_renewed_lease_holds_and_one_that_was_lost_is_not_renewed(store: Store) -> None:
    put_out(store, 2)
    held, lost = lease(store)

    with store.begin("sweeps") as session:
        later = LATER + timedelta(minutes=1)
        messages.keep_out(session, [(held.id, 1), (lost.id, 7)], later)

    assert [row.id for row in lease(store, 1)] == [lost.id]


def test_a_row_whose_sender_died_is_leased_again_after_its_lease(store: Store) -> None:
    put_out(store, 1)

    first, during, after = lease(store), lease(store, 0.4), lease(store, 0.5)

    assert [row.attempts for row in first] == [1]
    assert during == []
    assert [row.attempts for row in after] == [2]


def test_a_sender_that_lost_its_lease_cannot_settle_the_row_any_more(
    store: Store, owner: Owner
) -> None:
    put_out(store, 1)
    (slow,) = lease(store)
    (fast,) = lease(store, 1)
    with store.begin("sweeps") as session:
        messages.finish_out(session, fast.id, fast.attempts, "sent", "sent")

    with store.begin("sweeps") as session:
        messages.postpone_out(session, slow.id, slow.attempts, Postponed(LATER, "not sent"))
        messages.finish_out(session, slow.id, slow.attempts, "failed", "gone")

    assert owner.all("SELECT state, outcome, sealed FROM outbox") == [("sent", "sent", None)]


def test_what_was_sent_or_given_up_is_wiped_and_never_leased_again(
    store: Store, owner: Owner
) -> None:
    put_out(store, 2)
    sent, failed = lease(store)
    with store.begin("sweeps") as session:
        messages.finish_out(session, sent.id, 1, "sent", "sent")
        messages.finish_out(session, failed.id, 1, "failed", "gone: blocked")

    assert lease(store, 60) == []
    assert owner.all("SELECT DISTINCT sealed FROM outbox") == [(None,)]


def test_what_was_postponed_is_due_only_then(store: Store) -> None:
    put_out(store, 1)
    (row,) = lease(store)
    with store.begin("sweeps") as session:
        later = Postponed(MONDAY + timedelta(minutes=2), "throttled")
        messages.postpone_out(session, row.id, 1, later)

    assert lease(store, 1.9) == []
    assert [again.attempts for again in lease(store, 2)] == [2]


def test_a_conversation_moves_to_the_new_days_key(store: Store, owner: Owner) -> None:
    yesterday = TODAY - timedelta(days=1)
    for mac, day, sealed in (
        (b"old", yesterday, b"1"),
        (b"new", TODAY, b"2"),
        (b"new", TODAY, b"3"),
    ):
        row = Conversation(address_mac=mac, channel="webchat", day=day, sealed=sealed)
        with store.begin("intake") as session:
            messages.put_conversation(session, row, [b"new", b"old"])

    assert owner.all("SELECT address_mac, day, sealed FROM conversation") == [(b"new", TODAY, b"3")]


def test_a_days_rows_go_together_and_other_days_stay(store: Store, owner: Owner) -> None:
    yesterday = TODAY - timedelta(days=1)
    with store.begin("intake") as session:
        for day in (TODAY, yesterday):
            row = incoming(day.isoformat().encode())
            row.day = day
            messages.put_in(session, row)
            messages.put_out(
                session,
                Outbox(channel="c", address_mac=b"a", day=day, due_at=MONDAY, sealed=b"s"),
            )
            chat = Conversation(address_mac=row.dedupe_mac, channel="c", day=day, sealed=b"sealed")
            messages.put_conversation(session, chat, [])

    with store.begin("sweeps") as session:
        in_use = messages.days_in_use(session)
        messages.purge_day(session, yesterday)

    assert in_use == {TODAY, yesterday}
    for table in ("inbox", "conversation", "outbox"):
        assert owner.all(f"SELECT day FROM {table}") == [(TODAY,)]  # noqa: S608 # names above


def test_a_day_is_in_use_while_a_message_waits_and_no_longer(store: Store) -> None:
    row = incoming(b"update 1")
    with store.begin("intake") as session:
        messages.put_in(session, row)
        chat = Conversation(address_mac=b"lan", channel="c", day=TODAY, sealed=b"sealed")
        messages.put_conversation(session, chat, [])
        messages.finish_in(session, row.id)

    with store.begin("sweeps") as session:
        assert messages.days_in_use(session) == set()
