"""Incoming messages: durable before they are acknowledged, wiped once they are dealt with."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from desk import photos
from desk.desk import Desk
from desk.photos import Photo
from storage import messages
from storage.keyring import ChannelKey, KeyGoneError, Keyring
from storage.models import Inbox
from storage.vault import SealError

LANES = 200  # gone on with at once, a look; those behind them come with the next
ATTEMPTS = 3  # a message that fails this often is put aside, so that the others go on


@dataclass(frozen=True, slots=True)
class Lane:
    """One person's messages on one channel: dealt with in order, one at a time."""

    channel: str
    address: str


@dataclass(frozen=True, slots=True)
class Message:
    """An incoming message; `payload` holds whitelisted fields only."""

    id: UUID
    lane: Lane
    payload: dict[str, Any]


def keys(keyring: Keyring) -> list[ChannelKey]:
    """Channel keys that still exist, newest first."""
    found = []
    for day in keyring.channel_days():
        with suppress(KeyGoneError):  # destroyed this very moment
            found.append(keyring.channel_of(day))
    return found


def macs(desk: Desk, lane: Lane) -> list[bytes]:
    """What rows of this lane are found by: one HMAC per living key."""
    return [key.mac(lane.channel, lane.address) for key in keys(desk.tools.keyring)]


def put(
    desk: Desk,
    lane: Lane,
    dedupe: str,
    payload: dict[str, Any],
    pictures: Sequence[Photo] = (),
) -> bool:
    """Store a message; False if it came before. May be acknowledged once committed."""
    today = desk.tools.keyring.channel(desk.key_day)
    name = f"dedupe {lane.channel}"
    # Today's key finds a second one by itself, as the row cannot be stored twice.
    older = [key.mac(name, dedupe) for key in keys(desk.tools.keyring) if key.day != today.day]
    if older and messages.seen(desk.session, older):
        return False
    kept = photos.keep(desk, pictures)
    if kept:
        payload = {**payload, "photos": kept}
    row_id = uuid4()
    data = json.dumps({"address": lane.address, "payload": payload}, ensure_ascii=False)
    row = Inbox(
        id=row_id,
        channel=lane.channel,
        address_mac=today.mac(lane.channel, lane.address),
        dedupe_mac=today.mac(name, dedupe),
        day=today.day,
        sealed=today.seal(data.encode(), f"inbox {row_id}"),
    )
    stored = messages.put_in(desk.session, row)
    if not stored:
        photos.forget(desk, kept)
    return stored


def put_aside(desk: Desk, channel: str, dedupe: str, fault: str) -> None:
    """Remember that something came which could not be read; nothing of what it said.

    Args:
        desk: of this transaction.
        channel: where it came from.
        dedupe: the same for every repeat of it.
        fault: type of error and names of fields, never a value.
    """
    today = desk.tools.keyring.channel(desk.key_day)
    living = [key.mac(f"dedupe {channel}", dedupe) for key in keys(desk.tools.keyring)]
    if messages.seen(desk.session, living):
        return
    row = Inbox(
        channel=channel,
        address_mac=today.mac(channel, ""),
        dedupe_mac=today.mac(f"dedupe {channel}", dedupe),
        day=today.day,
        state="quarantined",
        fault=fault,
    )
    messages.put_in(desk.session, row)


def enter(desk: Desk, lane: Lane) -> None:
    """Wait until this transaction is the only one that works on the lane, here or elsewhere.

    By a key of no day: one that began before midnight would not wait for one that begins after it,
    and both would deal with the same message. What it gives is stored nowhere.
    """
    mac = desk.tools.keyring.bot.mac(f"lane {lane.channel}", lane.address)
    messages.lock_lane(desk.session, int.from_bytes(mac[:8], signed=True))


def following(desk: Desk, lane: Lane) -> Message | None:
    """The lane's oldest message that nobody has dealt with."""
    row = messages.next_in(desk.session, macs(desk, lane))
    return None if row is None else _open(desk, row)


def waits(desk: Desk, lane: Lane) -> bool:
    """Whether the lane has a message that nobody has dealt with; it is not opened."""
    return messages.next_in(desk.session, macs(desk, lane)) is not None


def unfinished(desk: Desk) -> list[Lane]:
    """Lanes with messages left over from a crash, oldest first, each once; not all of very many.

    What no key opens is put aside: a restored backup holds rows, and never the keys of their days.
    """
    lanes = []
    for row in messages.unfinished(desk.session, LANES):
        try:
            lanes.append(_open(desk, row).lane)
        except (KeyGoneError, SealError) as gone:
            messages.fail_in(desk.session, row.id, type(gone).__name__, attempts_at_most=1)
    return list(dict.fromkeys(lanes))


def finish(desk: Desk, message: Message) -> None:
    """Dealt with: its words are wiped."""
    messages.finish_in(desk.session, message.id)


def fail(desk: Desk, lane: Lane, fault: str) -> bool:
    """Count a failure of the lane's oldest message; True if it was put aside for good.

    Args:
        fault: type of error and names of fields, never a value.
    """
    row = messages.next_in(desk.session, macs(desk, lane))
    if row is None:
        return True
    return messages.fail_in(desk.session, row.id, fault, attempts_at_most=ATTEMPTS)


def _open(desk: Desk, row: Inbox) -> Message:
    key = desk.tools.keyring.channel_of(row.day)
    opened = json.loads(key.unseal(row.sealed or b"", f"inbox {row.id}"))
    return Message(row.id, Lane(row.channel, opened["address"]), opened["payload"])
