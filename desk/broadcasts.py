"""Sending a campaign: take a chunk, announce a window, record how it ended.

Before anything is sent a window says so; afterwards each copy has a delivery. So after a crash a
recipient inside an announced window and without a delivery may have been reached: they get the
notice again without a sound; if nobody goes on, that is their delivery, so that a recall finds
them. Everybody else surely was not.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import compress
from typing import Literal, NamedTuple
from uuid import UUID

from desk import subscriptions
from desk.clocks import VIETNAM
from desk.desk import Desk
from desk.drafts import recall_text, text_of
from desk.inbox import Lane
from desk.subscriptions import Addresses
from storage import chunks, deliveries, notices
from storage.chunks import Held, Hold, Target
from storage.deliveries import Counts
from storage.models import Notice
from storage.vault import SealError

LEASE = timedelta(seconds=10)  # a crash is noticed after it
_MORNING, _NIGHT = 7, 21  # nobody is woken by a notice

Status = Literal["sent", "repeated", "gone", "failed", "ambiguous"]
State = Literal["go", "wait", "lost"]


class Recipient(NamedTuple):
    """One copy to send. `again`: it may have arrived before; `message_id`: what to take back.

    `twice`: there may be another copy of what has to be taken back. A tuple, as `Ended`: there is
    one for each copy, and a frozen dataclass takes twice as long.
    """

    id: UUID
    address: str
    again: bool
    message_id: str = ""
    twice: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """A chunk under our lease: what to say, to whom, in the order of ids."""

    held: Held
    channel: str
    text: str
    recall: bool
    recipients: tuple[Recipient, ...]
    windows: int  # number of the last one announced
    last_day: date  # of the notice, in Việt Nam


class Ended(NamedTuple):
    """How one copy ended; `moved_to` is a new address of the same chat."""

    recipient: Recipient
    status: Status
    message_id: str = ""
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Recipients after one id up to another; `send` false: they were announced and not sent.

    `ask`: who of them may have unsubscribed since the chunk was taken.
    """

    no: int
    after: UUID
    upto: UUID
    send: bool = True
    ask: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """How to go on.

    "go": the window stands; "wait": paused, stopped, over or night; "lost": the chunk is somebody
    else's. `left` are those who unsubscribed meanwhile.
    """

    state: State
    left: frozenset[UUID] = frozenset()


def claim(desk: Desk, channel: str, owner: UUID, size: int) -> Work | None:
    """The next chunk of this channel: one that was left behind first, then a new one of `size`."""
    hold = Hold(channel, owner, desk.at, desk.at + LEASE, desk.today, awake=is_day(desk))
    held = chunks.take_left(desk.session, hold)
    held = held or chunks.plan_next(desk.session, hold, size)
    if held is None:
        deliveries.end_finished(desk.session, desk.at)
        return None
    of = chunks.of(desk.session, held.campaign_id)
    notice = notices.find(desk.session, of.notice_id)
    if notice is None:
        raise LookupError("a campaign without its notice")
    said = [] if held.fresh else deliveries.windows(desk.session, held)
    targets = chunks.targets(desk.session, channel, held, of)
    found = _recipients(desk, held, targets, said)
    recall = of.recalls is not None
    text = recall_text(notice) if recall else _text(notice)
    last = said[-1][0] if said else 0
    return Work(held, channel, text, recall, found, last, notice.expires_on)


def record(
    desk: Desk, owner: UUID, work: Work, ended: Sequence[Ended], span: Span | None = None
) -> Recorded:
    """Store how copies ended and announce a window, if the chunk is still ours to go on with."""
    if ended:
        rows = [(e.recipient.id, e.status, e.message_id) for e in ended]
        deliveries.put_deliveries(desk.session, work.held.campaign_id, rows)
        _follow_up(desk, work, ended)
    counts = _counts(ended)
    state = deliveries.keep(desk.session, work.held, owner, desk.at + LEASE, counts)
    if state is None:
        return Recorded("lost")
    may = work.recall or (is_day(desk) and desk.today <= work.last_day)
    go = state == "running" and may
    if span is not None and (go or not span.send):
        ids = (span.after, span.upto)
        deliveries.put_window(desk.session, work.held, span.no, ids, send=span.send)
    left = (
        deliveries.not_subscribed(desk.session, span.ask) if span is not None and span.ask else ()
    )
    return Recorded("go" if go else "wait", frozenset(left))


def let_go(desk: Desk, owner: UUID, work: Work, *, done: bool) -> None:
    """End with a chunk: everybody in it has been dealt with, or others may go on."""
    deliveries.let_go(desk.session, work.held, owner, done=done)
    if done:
        deliveries.end_finished(desk.session, desk.at)


def give_up(desk: Desk) -> None:
    """Campaigns that ended early: whoever may have a copy, and nobody knows, is written down.

    It waits for whoever still works on a chunk; only then a recall begins.
    """
    for held, channel in chunks.ended_early(desk.session, desk.at):
        said = deliveries.windows(desk.session, held)
        doubtful: list[UUID] = []
        if said:
            of = chunks.of(desk.session, held.campaign_id)
            found = chunks.targets(desk.session, channel, held, of, paused=True)
            ids = [target.id for target in found]
            doubtful = list(compress(ids, _in_doubt(ids, said)))
        deliveries.give_up(desk.session, held, doubtful)


def is_day(desk: Desk) -> bool:
    """Whether notices may be sent at this hour."""
    return _MORNING <= desk.at.astimezone(VIETNAM).hour < _NIGHT


def _text(notice: Notice) -> str:
    return text_of(notice) + "\n\nGõ “Ngừng nhận” để thôi nhận thông báo."


def _recipients(
    desk: Desk, held: Held, targets: list[Target], said: list[tuple[int, UUID, UUID, bool]]
) -> tuple[Recipient, ...]:
    """Addresses opened; those no key opens are passed over: they are from a restored backup."""
    again = _in_doubt([target.id for target in targets], said)
    addresses = Addresses(desk)
    found, unreadable = [], []
    for target, maybe in zip(targets, again, strict=True):
        try:
            address = addresses.open(target.id, target.sealed)
        except SealError:
            unreadable.append((target.id, "failed", ""))
            continue
        found.append(Recipient(target.id, address, maybe, target.message_id, target.twice))
    if unreadable:
        deliveries.put_deliveries(desk.session, held.campaign_id, unreadable)
    return tuple(found)


def _in_doubt(ids: list[UUID], said: list[tuple[int, UUID, UUID, bool]]) -> list[bool]:
    """Who of those without a delivery may have been reached: what the newest window says."""
    doubt = [False] * len(ids)
    for _, after, upto, about_to_send in said:
        first, behind = bisect_right(ids, after), bisect_right(ids, upto)
        doubt[first:behind] = [about_to_send] * (behind - first)
    return doubt


def _follow_up(desk: Desk, work: Work, ended: Sequence[Ended]) -> None:
    """Nobody there any more: unsubscribed with the same stroke. Moved: the new address."""
    for one in ended:
        if one.status == "gone":
            subscriptions.gone(desk, one.recipient.id)
        elif one.moved_to:
            subscriptions.moved(desk, one.recipient.id, Lane(work.channel, one.moved_to))


def _counts(ended: Sequence[Ended]) -> Counts:
    by = Counter(one.status for one in ended)
    sent = by["sent"] + by["repeated"]
    return Counts(sent, by["gone"], by["failed"], by["ambiguous"], by["repeated"])
