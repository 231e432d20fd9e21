"""Where messages of other companies' applications come in: durable first, whatever they hold."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor
from functools import partial
from typing import Any

from bot import log, rounds
from bot.channels.base import (
    OFFICERS,
    BringsPhotos,
    Channel,
    Event,
    MalformedError,
    NoPhotoError,
)
from bot.darkroom import BusyError, Darkroom, NotAPhotoError
from bot.inbox import Intake
from bot.loops import tried
from bot.threads import in_thread
from desk import duty, outbox
from desk.desk import Office
from desk.inbox import Lane
from desk.photos import Photo
from handlers.chat import UNREAD
from handlers.texts import say
from storage.db import DatabaseDownError

AGAIN = 1.0  # seconds between attempts while the database is away, or a disk is full


class Reception:
    """Takes what channels bring, one at a time and each of it once."""

    def __init__(
        self, office: Office, workers: Executor, intake: Intake, darkroom: Darkroom | None = None
    ) -> None:
        """Nothing is taken yet.

        Args:
            office: of this process.
            workers: threads for officers' chats.
            intake: for what citizens say; what officers write to connect a chat stays here.
            darkroom: rebuilds photographs; without one none is taken.
        """
        self._office, self._workers, self._intake = office, workers, intake
        self._darkroom = darkroom

    async def take(self, channel: Channel, raw: Mapping[str, Any]) -> None:
        """Durable once this returns; what cannot be read is put aside and the others go on.

        Raises:
            DatabaseDownError, OSError: it must come again.
        """
        try:
            events = channel.parse(raw)
        except MalformedError as error:
            await self._intake.put_aside(channel.name, _key(raw), f"malformed: {error}")
            return
        except Exception as error:  # noqa: BLE001 # a slip of ours must not stop the others
            await self._intake.put_aside(channel.name, _key(raw), log.fault(error))
            return
        for event in events:
            try:
                await self._take(channel, event)
            except (DatabaseDownError, OSError, MemoryError):
                raise  # this machine's trouble, not the message's
            except Exception as error:  # noqa: BLE001 # it would come again for ever, before all others
                await self._intake.put_aside(channel.name, _key(raw), log.fault(error))

    async def _take(self, channel: Channel, event: Event) -> None:
        lane = Lane(channel.name, event.address)
        if event.kind == "text" and event.text.split(" ", 1)[0] in OFFICERS:
            await in_thread(self._workers, self._officer, lane, event)
        elif event.kind == "photo":
            await self._photo(channel, lane, event)
        else:
            await self._intake.keep(lane, event.dedupe_key, event.payload())

    async def _photo(self, channel: Channel, lane: Lane, event: Event) -> None:
        """Fetched and rebuilt before it is durable: what was sent is written nowhere."""
        photo = await self._developed(channel, event)
        if photo is None:
            await self._intake.keep(lane, f"{event.dedupe_key} photo", {"choice": UNREAD})
            if event.text:
                await self._intake.keep(lane, f"{event.dedupe_key} caption", event.payload())
            return
        await self._intake.keep(lane, event.dedupe_key, event.payload(), [photo])

    async def _developed(self, channel: Channel, event: Event) -> Photo | None:
        if self._darkroom is None or not isinstance(channel, BringsPhotos):
            return None
        try:
            return await self._darkroom.develop(await channel.photo(event))
        except (NoPhotoError, NotAPhotoError, BusyError):
            return None

    async def fetch(self, channel: Channel) -> None:
        """Take everything a channel fetches, acknowledged once it is durable; then it is done."""
        await self._insist(channel, partial(self._fetched, channel))

    async def _fetched(self, channel: Channel) -> None:
        source = channel.poll()
        if source is None:
            return
        async for polled in source:
            with rounds.followed("reception"):  # while it is tried, again if need be
                await self._insist(channel, partial(self.take, channel, polled.raw))
            polled.ack()

    async def _insist(self, channel: Channel, work: Callable[[], Awaitable[None]]) -> None:
        while not await tried("reception", work, channel=channel.name):  # noqa: ASYNC110 # no event tells
            await asyncio.sleep(AGAIN)

    def _officer(self, lane: Lane, event: Event) -> None:
        """Connect or disconnect an officers' chat."""
        command, _, code = event.text.partition(" ")
        with self._office.begin("sweeps") as desk:
            if command == "/thoitruc":
                text = say("duty.disconnected" if duty.disconnect(desk, lane) else "duty.never")
            else:
                station = duty.connect(desk, lane, code)
                text = say("duty.connected", station=station) if station else say("duty.wrong")
            outbox.put(desk, lane.channel, lane.address, {"text": text})


def _key(raw: Mapping[str, Any]) -> str:
    """The same for a repeat; only its HMAC is stored."""
    number = raw.get("update_id")
    return str(number) if isinstance(number, int) else json.dumps(raw, sort_keys=True, default=str)
