"""What must go out: a row in the transaction that decided it, sent by one loop afterwards."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from desk import inbox
from desk.desk import Desk
from storage import messages
from storage.keyring import KeyGoneError
from storage.models import Outbox
from storage.vault import SealError

LEASE = timedelta(seconds=30)
BATCH = 50
# Of one chat at once: with a second between them they are through before their lease is.
EACH = 10
# Of what surely was not sent. Later messages of the chat wait behind it: once its channel is back
# they should not wait long.
RETRY_AT_MOST = timedelta(minutes=1)
# What may have arrived is tried less often, for an hour and a quarter: each try may be a copy more.
DOUBT, DOUBT_AT_MOST = timedelta(seconds=30), timedelta(minutes=10)
COPIES = 12
# Alerts at the desk ring now or never: each by itself, for 37 minutes. Whoever opens the queue
# later sees there what waits.
BELLS = ("desk",)
RING_AT_MOST = timedelta(minutes=10)
RINGS = 12


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something to send.

    `attempt` counts from 1, `doubts` how often it may have arrived before, `parts` how many of the
    messages it is shown as went out by now.
    """

    id: UUID
    channel: str
    address: str
    payload: dict[str, Any]
    attempt: int
    day: date  # of the key it is sealed with
    doubts: int = 0
    parts: int = 0


def put(desk: Desk, channel: str, address: str, payload: dict[str, Any]) -> None:
    """Have this sent once the transaction is committed."""
    key = desk.tools.keyring.channel(desk.key_day)
    row_id = uuid4()
    row = Outbox(
        id=row_id,
        channel=channel,
        address_mac=key.mac(channel, address),
        day=key.day,
        due_at=desk.at,
        sealed=key.seal(_written(address, payload), f"outbox {row_id}"),
    )
    messages.put_out(desk.session, row)


def take(desk: Desk, channels: tuple[str, ...], limit: int = BATCH) -> list[Outgoing]:
    """What is due on these channels, under a lease; in order of arrival.

    Of a chat one of whose messages is on its way, or is to be tried again later, nothing that came
    after it is taken until that one has ended.
    What no key opens is given up: a restored backup holds rows, and never the keys of their days.
    """
    found = []
    until = desk.at + LEASE
    lease = messages.Lease(desk.at, until, limit, EACH, BELLS)
    for row in messages.lease_out(desk.session, channels, lease):
        try:
            found.append(_open(desk, row))
        except (KeyGoneError, SealError) as gone:
            fault = type(gone).__name__
            messages.finish_out(desk.session, row.id, row.attempts, "failed", fault)
    return _behind_older_days(desk, found)


def _behind_older_days(desk: Desk, taken: list[Outgoing]) -> list[Outgoing]:
    """Without those of a chat that still waits for a message of a day before: they wait behind it.

    Each day's rows are found by that day's key, so the database cannot know they are of one chat.
    """
    keys = inbox.keys(desk.tools.keyring) if taken else []
    before = {
        key.mac(one.channel, one.address): (one.channel, one.address, key.day)
        for one in taken
        for key in keys
        if key.day < one.day and one.channel not in BELLS
    }
    if not before:
        return taken
    waiting = messages.waiting_out(desk.session, list(before), [one.id for one in taken], desk.at)
    found, back = [], []
    for one in taken:
        chat = (one.channel, one.address)
        until = [at for mac, at in waiting if before[mac][:2] == chat and before[mac][2] < one.day]
        if until:
            back.append((one.id, one.attempt, max(until)))
        else:
            found.append(one)
    if back:
        messages.hand_back_out(desk.session, back)
    return found


def keep(desk: Desk, on_their_way: Iterable[Outgoing]) -> None:
    """Renew the leases of what is being sent."""
    leases = [(outgoing.id, outgoing.attempt) for outgoing in on_their_way]
    if leases:
        messages.keep_out(desk.session, leases, desk.at + LEASE)


def sent(desk: Desk, outgoings: Iterable[Outgoing]) -> None:
    """All of them went out."""
    leases = [(outgoing.id, outgoing.attempt) for outgoing in outgoings]
    if leases:
        messages.sent_out(desk.session, leases)


def done(desk: Desk, outgoing: Outgoing, outcome: str) -> None:
    """It went out."""
    messages.finish_out(desk.session, outgoing.id, outgoing.attempt, "sent", outcome)


def give_up(desk: Desk, outgoing: Outgoing, outcome: str) -> None:
    """It will never go out."""
    messages.finish_out(desk.session, outgoing.id, outgoing.attempt, "failed", outcome)


def retry(desk: Desk, outgoing: Outgoing, outcome: str, after: timedelta | None = None) -> None:
    """Surely not sent: try again after a pause that doubles, or after the one asked for.

    That costs nothing and is done until the day's key goes, a week at most (`desk.retention`).
    """
    if outgoing.channel in BELLS and outgoing.attempt >= RINGS:
        give_up(desk, outgoing, outcome)
        return
    _postpone(desk, outgoing, outcome, pause(outgoing) if after is None else after)


def doubt(desk: Desk, outgoing: Outgoing, outcome: str) -> None:
    """It may have arrived: try again after a longer pause, and not for ever."""
    if outgoing.doubts + 1 >= COPIES:
        give_up(desk, outgoing, outcome)
        return
    again = replace(outgoing, doubts=outgoing.doubts + 1)
    _postpone(desk, again, outcome, pause_in_doubt(outgoing))


def pause(outgoing: Outgoing) -> timedelta:
    """Before the next try of what surely was not sent."""
    longest = RING_AT_MOST if outgoing.channel in BELLS else RETRY_AT_MOST
    return _doubled(timedelta(seconds=2), outgoing.attempt - 1, longest)


def pause_in_doubt(outgoing: Outgoing) -> timedelta:
    """Before the next try of what may have arrived."""
    return _doubled(DOUBT, outgoing.doubts, DOUBT_AT_MOST)


def _doubled(first: timedelta, times: int, longest: timedelta) -> timedelta:
    return min(first * (1 << min(times, 16)), longest)  # a week of tries is a number too large


def _postpone(desk: Desk, outgoing: Outgoing, outcome: str, pause: timedelta) -> None:
    sealed = _sealed_anew(desk, outgoing) if outgoing.parts else None
    postponed = messages.Postponed(desk.at + pause, outcome, outgoing.doubts, sealed)
    messages.postpone_out(desk.session, outgoing.id, outgoing.attempt, postponed)


def _sealed_anew(desk: Desk, outgoing: Outgoing) -> bytes | None:
    """With how much of it went, so that whoever tries again goes on from there."""
    try:
        key = desk.tools.keyring.channel_of(outgoing.day)
    except KeyGoneError:
        return None
    written = _written(outgoing.address, outgoing.payload, outgoing.parts)
    return key.seal(written, f"outbox {outgoing.id}")


def _written(address: str, payload: dict[str, Any], parts: int = 0) -> bytes:
    data = {"address": address, "payload": payload} | ({"parts": parts} if parts else {})
    return json.dumps(data, ensure_ascii=False).encode()


def _open(desk: Desk, row: messages.Leased) -> Outgoing:
    key = desk.tools.keyring.channel_of(row.day)
    opened = json.loads(key.unseal(row.sealed, f"outbox {row.id}"))
    words, parts = (opened["address"], opened["payload"]), opened.get("parts", 0)
    return Outgoing(row.id, row.channel, *words, row.attempts, row.day, row.doubts, parts)
