"""One loop sends what the rules have decided: lease, send, record how it ended."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import replace
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
from bot.threads import in_thread
from desk import outbox
from desk.desk import Office
from desk.outbox import Outgoing
from handlers.chat import reply_of
from storage.db import DatabaseDownError

IDLE = 0.5  # seconds between looks when nothing is due

_log = structlog.get_logger()


class Sender:
    """Sends for the channels that push; pages of pull channels fetch their replies themselves."""

    def __init__(self, office: Office, workers: Executor, channels: Mapping[str, Channel]) -> None:
        """Args: channels: name → channel."""
        self._office = office
        self._workers = workers
        self._channels = channels

    async def run(self) -> None:
        """Send until cancelled. What was leased and not recorded is sent again after the lease."""
        while True:
            try:
                busy = await self.once()
            except DatabaseDownError:
                _log.warning("sender.database_down")
                busy = False
            except Exception as error:  # noqa: BLE001 # the next look tries again
                _log.error("sender.failed", exc_info=error)
                busy = False
            if not busy:
                await asyncio.sleep(IDLE)

    async def once(self) -> bool:
        """Send what is due now; False if nothing was."""
        due = await in_thread(self._workers, self._take)
        for outgoing in due:
            outcome = await self._send(outgoing)
            await in_thread(self._workers, self._settle, outgoing, outcome)
        return bool(due)

    async def _send(self, outgoing: Outgoing) -> Outcome:
        channel = self._channels[outgoing.channel]
        outcome: Outcome = Refused("nothing to send")
        try:
            payloads = channel.render(reply_of(outgoing.payload), channel.caps)
        except Exception as error:  # noqa: BLE001 # nor may a reply no channel can show
            _log.error("sender.not_shown", channel=channel.name, fault=log.fault(error))
            return Refused(type(error).__name__)
        for payload in payloads:
            try:
                outcome = await channel.send(outgoing.address, _quiet(payload, outgoing))
            except Exception as error:  # noqa: BLE001 # an adapter's slip must not stop the loop
                _log.error("sender.failed", channel=channel.name, fault=log.fault(error))
                outcome = Ambiguous(type(error).__name__)
            if not isinstance(outcome, Sent):
                break
        return outcome

    def _take(self) -> list[Outgoing]:
        with self._office.begin("sweeps") as desk:
            return outbox.take(desk, tuple(self._channels))

    def _settle(self, outgoing: Outgoing, outcome: Outcome) -> None:
        metrics.SENT.labels(outgoing.channel, type(outcome).__name__).inc()
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
                case Gone(reason):
                    outbox.give_up(desk, outgoing, f"gone: {reason}")
                case Refused(code):
                    outbox.give_up(desk, outgoing, f"refused: {code}")


def _quiet(payload: Payload, outgoing: Outgoing) -> Payload:
    """What is sent again may have arrived before: without a sound."""
    if outgoing.attempt == 1:
        return payload
    return replace(payload, silent=True)
