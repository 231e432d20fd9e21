"""What must go out: a row in the transaction that decided it, sent by one loop afterwards."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID, uuid4

from desk.desk import Desk
from storage import messages
from storage.keyring import KeyGoneError
from storage.models import Outbox
from storage.vault import SealError

LEASE = timedelta(seconds=30)
BATCH = 50
# Of one chat at once: with a second between them they are through before their lease is.
EACH = 10
RETRY_AT_MOST = timedelta(minutes=10)
ATTEMPTS = 12  # about an hour and a half of trying


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something to send; `attempt` counts from 1."""

    id: UUID
    channel: str
    address: str
    payload: dict[str, Any]
    attempt: int


def put(desk: Desk, channel: str, address: str, payload: dict[str, Any]) -> None:
    """Have this sent once the transaction is committed."""
    key = desk.tools.keyring.channel(desk.key_day)
    row_id = uuid4()
    data = json.dumps({"address": address, "payload": payload}, ensure_ascii=False)
    row = Outbox(
        id=row_id,
        channel=channel,
        address_mac=key.mac(channel, address),
        day=key.day,
        due_at=desk.at,
        sealed=key.seal(data.encode(), f"outbox {row_id}"),
    )
    messages.put_out(desk.session, row)


def take(desk: Desk, channels: tuple[str, ...], limit: int = BATCH) -> list[Outgoing]:
    """What is due on these channels, under a lease; in order of arrival.

    Of a chat whose last message is on its way nothing is taken until that one has ended.
    What no key opens is given up: a restored backup holds rows, and never the keys of their days.
    """
    found = []
    until = desk.at + LEASE
    for row in messages.lease_out(desk.session, channels, desk.at, until, limit, EACH):
        try:
            found.append(_open(desk, row))
        except (KeyGoneError, SealError) as gone:
            fault = type(gone).__name__
            messages.finish_out(desk.session, row.id, row.attempts, "failed", fault)
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


def retry(
    desk: Desk, outgoing: Outgoing, outcome: str, after: timedelta | None = None
) -> Literal["retry", "failed"]:
    """It did not go out: try again after a pause that doubles, or after the one asked for."""
    if outgoing.attempt >= ATTEMPTS:
        give_up(desk, outgoing, outcome)
        return "failed"
    pause = after or min(timedelta(seconds=2**outgoing.attempt), RETRY_AT_MOST)
    messages.postpone_out(desk.session, outgoing.id, outgoing.attempt, desk.at + pause, outcome)
    return "retry"


def _open(desk: Desk, row: messages.Leased) -> Outgoing:
    key = desk.tools.keyring.channel_of(row.day)
    opened = json.loads(key.unseal(row.sealed, f"outbox {row.id}"))
    return Outgoing(row.id, row.channel, opened["address"], opened["payload"], row.attempts)
