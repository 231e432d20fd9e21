"""A loop for each bot sends what the rules have decided: lease, pace, send, record the end."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
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
from bot.threads import in_thread
from desk import duty, outbox
from desk.desk import Office
from desk.inbox import Lane
from desk.outbox import Outgoing
from handlers.chat import reply_of
from storage.db import DatabaseDownError

IDLE = 0.5  # seconds between looks when nothing is due

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Line:
    """What a channel with a limit needs: whose turn it is to send, and how fast."""

    election: Election
    pacer: Pacer


class Sender:
    """Sends for the channels that push; pages of pull channels fetch their replies themselves."""

    def __init__(
        self,
        office: Office,
        workers: Executor,
        channels: Mapping[str, Channel],
        lines: Mapping[str, Line] | None = None,
        *,
        idle: float = IDLE,
    ) -> None:
        """Nothing is sent until `run`.

        Args:
            office: of this process.
            workers: threads for the rows.
            channels: name → channel.
            lines: for those of them with a limit.
            idle: seconds between looks when nothing is due.
        """
        self._idle = idle
        self._office = office
        self._workers = workers
        self._channels = channels
        self._lines = lines or {}

    async def run(self) -> None:
        """Send until cancelled. What was leased and not recorded is sent again after the lease."""
        free = tuple(name for name in self._channels if name not in self._lines)
        groups = [(name,) for name in self._channels if name in self._lines] + [free]
        async with asyncio.TaskGroup() as together:
            for names in groups:
                together.create_task(self._loop(names))

    async def once(self, names: Sequence[str]) -> bool:
        """Send what is due now on these channels; False if nothing was."""
        if not all(self._lines[name].election() for name in names if name in self._lines):
            return False
        due = await in_thread(self._workers, self._take, tuple(names))
        chats: defaultdict[tuple[str, str], list[Outgoing]] = defaultdict(list)
        for outgoing in due:
            chats[outgoing.channel, outgoing.address].append(outgoing)
        await asyncio.gather(*map(self._in_turn, chats.values()))
        return bool(due)

    async def _loop(self, names: Sequence[str]) -> None:
        while True:
            try:
                busy = await self.once(names)
            except DatabaseDownError:
                _log.warning("sender.database_down")
                busy = False
            except Exception as error:  # noqa: BLE001 # the next look tries again
                _log.error("sender.failed", exc_info=error)
                busy = False
            if not busy:
                await asyncio.sleep(self._idle)

    async def _in_turn(self, messages: Sequence[Outgoing]) -> None:
        """One chat's messages in order: what follows one that must wait waits too."""
        held: Outcome | None = None
        for outgoing in messages:
            outcome = held or await self._send(outgoing)
            if isinstance(outcome, Throttled | NotSent | Ambiguous):
                held = (
                    Throttled(outcome.after)
                    if isinstance(outcome, Throttled)
                    else NotSent("behind")
                )
            await in_thread(self._workers, self._settle, outgoing, outcome)

    async def _send(self, outgoing: Outgoing) -> Outcome:
        channel, line = self._channels[outgoing.channel], self._lines.get(outgoing.channel)
        outcome: Outcome = Refused("nothing to send")
        try:
            payloads = channel.render(reply_of(outgoing.payload), channel.caps)
        except Exception as error:  # noqa: BLE001 # nor may a reply no channel can show
            _log.error("sender.not_shown", channel=channel.name, fault=log.fault(error))
            return Refused(type(error).__name__)
        for payload in payloads:
            try:
                if line is not None:
                    await line.pacer.slot(outgoing.address)
                outcome = await channel.send(outgoing.address, _quiet(payload, outgoing))
            except FrozenError as frozen:
                return Throttled(frozen.after)
            except (PassedOnError, DatabaseDownError) as error:
                return NotSent(type(error).__name__)
            except Exception as error:  # noqa: BLE001 # an adapter's slip must not stop the loop
                _log.error("sender.failed", channel=channel.name, fault=log.fault(error))
                outcome = Ambiguous(type(error).__name__)
            if isinstance(outcome, Throttled) and line is not None:
                await line.pacer.throttled(outcome.after)
            if not isinstance(outcome, Sent):
                break
        return outcome

    def _take(self, names: tuple[str, ...]) -> list[Outgoing]:
        with self._office.begin("sweeps") as desk:
            return outbox.take(desk, names)

    def _settle(self, outgoing: Outgoing, outcome: Outcome) -> None:
        metrics.SENT.labels(outgoing.channel, type(outcome).__name__).inc()
        lane = Lane(outgoing.channel, outgoing.address)
        with self._office.begin("sweeps") as desk:
            match outcome:
                case Sent():
                    outbox.done(desk, outgoing, "sent")
                case Throttled(after):
                    outbox.retry(desk, outgoing, "throttled", after)
                case NotSent(error):
                    outbox.retry(desk, outgoing, f"not sent: {error}")
                case Ambiguous(error):
                    outbox.retry(desk, outgoing, f"ambiguous: {error}", timedelta(seconds=30))
                case Moved(address):
                    outbox.put(desk, outgoing.channel, address, outgoing.payload)
                    outbox.done(desk, outgoing, "moved")
                    duty.move(desk, lane, address)
                case Gone(reason):
                    outbox.give_up(desk, outgoing, f"gone: {reason}")
                    duty.disconnect(desk, lane)
                case Refused(code):
                    outbox.give_up(desk, outgoing, f"refused: {code}")


def _quiet(payload: Payload, outgoing: Outgoing) -> Payload:
    """What is sent again may have arrived before: without a sound."""
    if outgoing.attempt == 1:
        return payload
    return replace(payload, silent=True)
