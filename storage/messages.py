"""Rows that live for days (inbox, conversations, outbox), sealed under a day's channel key."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from storage.models import Conversation, DraftPhoto, Inbox, Outbox

# Every turn of every chat runs these: written out, because building and compiling them from
# expressions cost more processor than all ciphers and the classifier together.
_PUT_IN = text("""
    INSERT INTO inbox (id, channel, address_mac, dedupe_mac, day, state, attempts, fault, sealed)
    VALUES (:id, :channel, :address_mac, :dedupe_mac, :day, :state, :attempts, :fault, :sealed)
    ON CONFLICT (dedupe_mac) DO NOTHING RETURNING 1""")
_SEEN = text("SELECT 1 FROM inbox WHERE dedupe_mac = ANY(:macs)")
_LOCK_LANE = text("SELECT pg_advisory_xact_lock(:key)")
_NEXT_IN = text("""
    SELECT id, seq, channel, address_mac, dedupe_mac, day, state, attempts, fault, sealed
    FROM inbox WHERE address_mac = ANY(:macs) AND state = 'new' ORDER BY seq LIMIT 1""")
_UNFINISHED = text("""
    SELECT id, seq, channel, address_mac, dedupe_mac, day, state, attempts, fault, sealed
    FROM inbox WHERE id IN (
        SELECT oldest.id FROM (
            SELECT DISTINCT ON (address_mac) id, seq FROM inbox WHERE state = 'new'
            ORDER BY address_mac, seq) AS oldest
        ORDER BY oldest.seq LIMIT :limit)
    ORDER BY seq""")
_FINISH_IN = text("UPDATE inbox SET state = 'done', sealed = NULL WHERE id = :id")
_CONVERSATION = text("""
    SELECT address_mac, channel, day, sealed
    FROM conversation WHERE address_mac = ANY(:macs) ORDER BY day DESC LIMIT 1""")
_PUT_CONVERSATION = text("""
    INSERT INTO conversation (address_mac, channel, day, sealed)
    VALUES (:address_mac, :channel, :day, :sealed)
    ON CONFLICT (address_mac) DO UPDATE SET sealed = excluded.sealed, day = excluded.day""")


def put_in(session: Session, row: Inbox) -> bool:
    """Store an incoming message; False if it is there already, and is left as it is."""
    done = session.execute(_PUT_IN, row.model_dump(exclude={"seq"}))
    return done.first() is not None


def seen(session: Session, dedupe_macs: Sequence[bytes]) -> bool:
    """Whether a message came before; one HMAC for each day whose key lives."""
    return session.execute(_SEEN, {"macs": list(dedupe_macs)}).first() is not None


def lock_lane(session: Session, key: int) -> None:
    """Wait until no other transaction works on this conversation."""
    session.execute(_LOCK_LANE, {"key": key})


def next_in(session: Session, address_macs: Sequence[bytes]) -> Inbox | None:
    """The oldest message of a conversation that nobody has dealt with."""
    row = session.execute(_NEXT_IN, {"macs": list(address_macs)}).mappings().first()
    return Inbox(**row) if row else None


def unfinished(session: Session, conversations: int) -> list[Inbox]:
    """The oldest message left in each conversation, oldest first; of so many conversations."""
    rows = session.execute(_UNFINISHED, {"limit": conversations}).mappings()
    return [Inbox(**row) for row in rows]


def finish_in(session: Session, inbox_id: UUID) -> None:
    """Dealt with: what it said is wiped in the same transaction."""
    session.execute(_FINISH_IN, {"id": inbox_id})


def fail_in(session: Session, inbox_id: UUID, fault: str, *, attempts_at_most: int) -> bool:
    """Count a failed attempt; True if the message is put aside for good."""
    done = session.execute(
        update(Inbox)
        .where(col(Inbox.id) == inbox_id)
        .values(attempts=col(Inbox.attempts) + 1, fault=fault)
        .returning(col(Inbox.attempts))
    )
    if int(done.scalar_one()) < attempts_at_most:
        return False
    session.execute(update(Inbox).where(col(Inbox.id) == inbox_id).values(state="quarantined"))
    return True


def conversation(session: Session, address_macs: Sequence[bytes]) -> Conversation | None:
    """Where a chat stands."""
    row = session.execute(_CONVERSATION, {"macs": list(address_macs)}).mappings().first()
    return Conversation(**row) if row else None


def put_conversation(session: Session, row: Conversation, address_macs: Sequence[bytes]) -> None:
    """Store where a chat stands, in place of what any older day's key had sealed."""
    older = [mac for mac in address_macs if mac != row.address_mac]
    if older:
        drop_conversation(session, older)
    session.execute(_PUT_CONVERSATION, row.model_dump())


def drop_conversation(session: Session, address_macs: Sequence[bytes]) -> None:
    """Forget a chat."""
    session.execute(delete(Conversation).where(col(Conversation.address_mac).in_(address_macs)))


def put_out(session: Session, row: Outbox) -> None:
    """Store something that must go out."""
    session.execute(insert(Outbox).values(row.model_dump(exclude={"seq"})))


@dataclass(frozen=True, slots=True)
class Leased:
    """An outbox row this process may send until its lease runs out."""

    id: UUID
    channel: str
    day: date
    attempts: int
    doubts: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Lease:
    """How much is leased, and until when.

    `each` is the most of one chat at once; messages of the channels `bells` wait for none before
    them.
    """

    now: datetime
    until: datetime
    limit: int
    each: int = 1000
    bells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Postponed:
    """When to try again, why, and how often it may have arrived by now.

    `sealed` replaces what the row says, if there is something to replace it with.
    """

    due_at: datetime
    outcome: str
    doubts: int = 0
    sealed: bytes | None = None


# A lease that ran out is a sender that died: what it had taken may have arrived.
_LEASE_OUT = text("""
    UPDATE outbox SET state = 'sending', lease_until = :until, attempts = attempts + 1,
        doubts = doubts + CASE WHEN state = 'sending' THEN 1 ELSE 0 END
    WHERE id IN (
        SELECT o.id FROM outbox o
        WHERE o.channel = ANY(:channels) AND o.sealed IS NOT NULL
          AND ((o.state = 'due' AND o.due_at <= :now)
               OR (o.state = 'sending' AND o.lease_until <= :now))
          AND (o.channel = ANY(:bells) OR NOT EXISTS (
              SELECT 1 FROM outbox b WHERE b.address_mac = o.address_mac AND b.seq < o.seq
                AND ((b.state = 'due' AND b.due_at > :now)
                     OR (b.state = 'sending' AND b.lease_until > :now))))
          AND :each > (
              SELECT count(*) FROM outbox b WHERE b.address_mac = o.address_mac AND b.seq < o.seq
                AND ((b.state = 'due' AND b.due_at <= :now)
                     OR (b.state = 'sending' AND b.lease_until <= :now)))
        ORDER BY o.seq LIMIT :limit FOR UPDATE SKIP LOCKED)
    RETURNING seq, id, channel, day, attempts, doubts, sealed""")


def lease_out(session: Session, channels: Sequence[str], lease: Lease) -> list[Leased]:
    """Take what is due, in order of arrival. Two senders never get the same row.

    A chat with a message on its way, or with one that is to be tried again later, waits until that
    one has ended, so its order holds. A day's rows are found by that day's key: `waiting_out` tells
    what a chat still waits for of the days before.
    """
    asked = {"channels": list(channels), "bells": list(lease.bells)}
    limits = {"now": lease.now, "until": lease.until, "limit": lease.limit, "each": lease.each}
    rows = session.execute(_LEASE_OUT, {**asked, **limits})
    return [Leased(*row[1:]) for row in sorted(rows, key=lambda row: row[0])]


def waiting_out(
    session: Session, address_macs: Sequence[bytes], but: Sequence[UUID], now: datetime
) -> list[tuple[bytes, datetime]]:
    """Who has messages that have not gone out, and until when it is of no use to ask again.

    What is on its way may have ended in a second.
    """
    rows = session.execute(
        text("""SELECT address_mac, max(CASE state WHEN 'due' THEN greatest(due_at, :now)
                                                   ELSE :soon END)
                FROM outbox WHERE address_mac = ANY(:macs) AND state IN ('due', 'sending')
                  AND NOT id = ANY(:but)
                GROUP BY address_mac"""),
        {
            "macs": list(address_macs),
            "but": list(but),
            "now": now,
            "soon": now + timedelta(seconds=1),
        },
    )
    return [(bytes(row[0]), row[1]) for row in rows]


def hand_back_out(session: Session, leases: Sequence[tuple[UUID, int, datetime]]) -> None:
    """Not tried: each (row, attempt) is due again then, and the attempt does not count."""
    ids, attempts, dues = map(list, zip(*leases, strict=True))
    session.execute(
        text("""UPDATE outbox SET state = 'due', lease_until = NULL, attempts = attempts - 1,
                    due_at = held.due
                FROM unnest(cast(:ids AS uuid[]), cast(:attempts AS int[]),
                            cast(:dues AS timestamptz[])) AS held (id, attempt, due)
                WHERE outbox.id = held.id AND attempts = attempt AND state = 'sending'"""),
        {"ids": ids, "attempts": attempts, "dues": dues},
    )


def keep_out(session: Session, leases: Sequence[tuple[UUID, int]], until: datetime) -> None:
    """Renew leases, each (row, attempt): they are on their way."""
    session.execute(
        text("""UPDATE outbox SET lease_until = :until FROM unnest(
                    cast(:ids AS uuid[]), cast(:attempts AS int[])) AS held (id, attempt)
                WHERE outbox.id = held.id AND attempts = attempt AND state = 'sending'"""),
        {**_columns(leases), "until": until},
    )


def sent_out(session: Session, leases: Sequence[tuple[UUID, int]]) -> None:
    """All these went out, each (row, attempt). As `finish_out`."""
    session.execute(
        text("""UPDATE outbox SET state = 'sent', outcome = 'sent', sealed = NULL,
                    lease_until = NULL
                FROM unnest(cast(:ids AS uuid[]), cast(:attempts AS int[])) AS held (id, attempt)
                WHERE outbox.id = held.id AND attempts = attempt AND state = 'sending'"""),
        _columns(leases),
    )


def _columns(leases: Sequence[tuple[UUID, int]]) -> dict[str, object]:
    return {"ids": [lease[0] for lease in leases], "attempts": [lease[1] for lease in leases]}


def finish_out(session: Session, outbox_id: UUID, attempt: int, state: str, outcome: str) -> None:
    """Sent, or given up: what it said is wiped. Nothing happens to a row leased anew meanwhile."""
    session.execute(
        update(Outbox)
        .where(*_still_leased(outbox_id, attempt))
        .values(state=state, outcome=outcome, sealed=None, lease_until=None)
    )


def postpone_out(session: Session, outbox_id: UUID, attempt: int, postponed: Postponed) -> None:
    """Not sent: try again then. Nothing happens to a row leased anew meanwhile."""
    said = {name: value for name, value in asdict(postponed).items() if value is not None}
    session.execute(
        update(Outbox)
        .where(*_still_leased(outbox_id, attempt))
        .values(**said, state="due", lease_until=None)
    )


def _still_leased(outbox_id: UUID, attempt: int) -> tuple[ColumnElement[bool], ...]:
    """Each lease is one attempt more: who lost theirs cannot undo what the next one did."""
    return (
        col(Outbox.id) == outbox_id,
        col(Outbox.attempts) == attempt,
        col(Outbox.state) == "sending",
    )


def days_in_use(session: Session) -> set[date]:
    """Days whose channel key an unfinished row still needs."""
    inbox = session.exec(select(col(Inbox.day)).where(col(Inbox.state) == "new").distinct())
    outbox = session.exec(
        select(col(Outbox.day)).where(col(Outbox.state).in_(("due", "sending"))).distinct()
    )
    return {*inbox, *outbox}


def purge_day(session: Session, day: date) -> None:
    """Delete every row of a day whose key is about to be destroyed."""
    for table in (Inbox, Conversation, Outbox, DraftPhoto):
        session.execute(delete(table).where(col(table.day) == day))
