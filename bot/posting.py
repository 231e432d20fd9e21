"""One chat's messages on their way: shown as its channel shows them, paced, sent, in order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot import log, metrics
from bot.channels.base import (
    Ambiguous,
    Channel,
    Gone,
    Moved,
    NotSent,
    Outcome,
    Payload,
    Refused,
    Sent,
    Throttled,
)
from bot.election import Election
from bot.pacer import FrozenError, Pacer, PassedOnError
from desk import duty, outbox, subscriptions
from desk.desk import Desk
from desk.inbox import Lane
from desk.outbox import Outgoing
from handlers.chat import reply_of
from storage.db import DatabaseDownError

_log = structlog.get_logger()

Ending = tuple[Outgoing, Outcome]


@dataclass(frozen=True, slots=True)
class Line:
    """What a channel with a limit needs: whose turn it is to send, and how fast."""

    election: Election
    pacer: Pacer


class Post:
    """Sends; what is stored of it is not its business."""

    def __init__(self, channels: Mapping[str, Channel], lines: Mapping[str, Line]) -> None:
        """Args: lines: for the channels with a limit."""
        self._channels = channels
        self._lines = lines

    async def in_turn(
        self, messages: Sequence[Outgoing], ended: Callable[[Outgoing, Outcome], None]
    ) -> None:
        """One chat's messages in order: what follows one that must wait waits too."""
        held: Outcome | None = None
        for outgoing in messages:
            went, outcome = (outgoing.parts, held) if held else await self._sent(outgoing)
            held = held or _holding_up(outgoing, outcome)
            metrics.SENT.labels(outgoing.channel, type(outcome).__name__).inc()
            ended(replace(outgoing, parts=went), outcome)

    async def _sent(self, outgoing: Outgoing) -> tuple[int, Outcome]:
        """How many parts of it have gone out by now, those of earlier tries too, and how it ended.

        A part that went is not sent once more because a later one failed.
        """
        channel = self._channels[outgoing.channel]
        try:
            payloads = channel.render(reply_of(outgoing.payload), channel.caps)
        except Exception as error:  # noqa: BLE001 # nor may a reply no channel can show
            _log.error("sender.not_shown", channel=channel.name, fault=log.fault(error))
            return outgoing.parts, Refused(type(error).__name__)
        went = outgoing.parts
        outcome: Outcome = Refused("nothing to send")
        # Shown in fewer parts than before, by a newer version: the last one is what matters.
        for payload in payloads[min(went, len(payloads) - 1) :]:
            outcome = await self._part(outgoing, payload)
            if not isinstance(outcome, Sent):
                break
            went += 1
        return went, outcome

    async def _part(self, outgoing: Outgoing, payload: Payload) -> Outcome:
        try:
            return await self._send(outgoing, payload)
        except FrozenError as frozen:
            return Throttled(frozen.after)
        except (PassedOnError, DatabaseDownError) as error:
            return NotSent(type(error).__name__)
        except Exception as error:  # noqa: BLE001 # an adapter's slip must not stop the loop
            _log.error("sender.failed", channel=outgoing.channel, fault=log.fault(error))
            return Ambiguous(type(error).__name__)

    async def _send(self, outgoing: Outgoing, payload: Payload) -> Outcome:
        channel, line = self._channels[outgoing.channel], self._lines.get(outgoing.channel)
        if line is not None:
            await line.pacer.slot(outgoing.address)
        outcome = await channel.send(outgoing.address, _quiet(payload, outgoing))
        if isinstance(outcome, Throttled) and line is not None:
            await _slow_down(line.pacer, outcome.after)
        return outcome


def _holding_up(outgoing: Outgoing, outcome: Outcome) -> Outcome | None:
    """How those behind it end: they wait as long as it does."""
    match outcome:
        case Throttled():
            return outcome
        case NotSent():
            return NotSent("behind", outcome.after or outbox.pause(outgoing))
        case Ambiguous():
            return NotSent("behind", outbox.pause_in_doubt(outgoing))
    return None


def settle(desk: Desk, endings: Sequence[Ending]) -> None:
    """Store how messages ended."""
    outbox.sent(desk, [outgoing for outgoing, outcome in endings if isinstance(outcome, Sent)])
    for outgoing, outcome in endings:
        _settle(desk, outgoing, outcome)


def _settle(desk: Desk, outgoing: Outgoing, outcome: Outcome) -> None:
    lane = Lane(outgoing.channel, outgoing.address)
    match outcome:
        case Sent():
            pass
        case Throttled(after):
            outbox.retry(desk, outgoing, "throttled", after)
        case NotSent(error, after):
            outbox.retry(desk, outgoing, f"not sent: {error}", after)
        case Ambiguous(error):
            outbox.doubt(desk, outgoing, f"ambiguous: {error}")
        case Moved(address):
            outbox.put(desk, outgoing.channel, address, outgoing.payload)
            outbox.done(desk, outgoing, "moved")
            duty.move(desk, lane, address)
            if following := subscriptions.find(desk, lane):
                subscriptions.moved(desk, following.id, Lane(lane.channel, address))
        case Gone(reason):
            outbox.give_up(desk, outgoing, f"gone: {reason}")
            duty.disconnect(desk, lane)
            subscriptions.stop(desk, lane)
        case Refused(code):
            outbox.give_up(desk, outgoing, f"refused: {code}")


async def _slow_down(pacer: Pacer, after: timedelta) -> None:
    """For every process if the database hears it; for this one in any case."""
    try:
        await pacer.throttled(after)
    except DatabaseDownError:
        _log.warning("sender.database_down")


def _quiet(payload: Payload, outgoing: Outgoing) -> Payload:
    """What is sent again may have arrived before: without a sound."""
    if outgoing.attempt == 1:
        return payload
    return replace(payload, silent=True)
