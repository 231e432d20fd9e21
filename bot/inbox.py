"""Incoming messages: durable first, then dealt with in a thread, each person's in order."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from typing import Any

import structlog

from bot import log, metrics
from bot.threads import in_thread
from desk import conversations, inbox, outbox, photos
from desk.conversations import Chat
from desk.desk import Desk, Office
from desk.errors import DeskError
from desk.inbox import Lane
from desk.photos import Photo
from handlers import dispatcher, menu
from handlers.chat import Incoming, PoisonError, Reply, bot_line
from handlers.texts import language, say, speaking
from storage.db import DatabaseDownError

PATIENCE = 20.0  # seconds a sender waits for the answer before being told to look again

_log = structlog.get_logger()


class Intake:
    """Takes messages of every channel.

    Lanes of one process keep order by being one task each; between processes a lock in the
    database does.
    """

    def __init__(
        self,
        office: Office,
        workers: Executor,
        *,
        pull: frozenset[str],
        apps: Mapping[str, str] | None = None,
    ) -> None:
        """Nothing is taken yet.

        Args:
            office: of this process.
            workers: threads for the messages.
            pull: channels whose replies are read by their page instead of being sent.
            apps: channel → the company's application it goes through, as people call it.
        """
        self._apps = apps or {}
        self._office = office
        self._workers = workers
        self._pull = pull
        self._lanes: dict[Lane, asyncio.Task[bool]] = {}

    async def receive(
        self, lane: Lane, dedupe: str, payload: dict[str, Any], pictures: Sequence[Photo] = ()
    ) -> bool:
        """Store a message, then wait until the lane has dealt with it (at most `PATIENCE`).

        The message is safe as soon as it is stored, whatever happens afterwards.

        Returns: False if it is stored but not dealt with yet.

        Raises:
            DatabaseDownError: it could not be stored; the sender must be told to try again.
        """
        lane_task = await self.keep(lane, dedupe, payload, pictures)
        done, _ = await asyncio.wait([lane_task], timeout=PATIENCE)
        return bool(done) and lane_task.result()

    async def keep(
        self, lane: Lane, dedupe: str, payload: dict[str, Any], pictures: Sequence[Photo] = ()
    ) -> "asyncio.Task[bool]":
        """Store a message and go on: nobody waits for what comes of it.

        Raises:
            DatabaseDownError: it could not be stored.
        """
        await in_thread(self._workers, self._put, lane, dedupe, payload, pictures)
        return self._lane(lane)

    async def put_aside(self, channel: str, dedupe: str, fault: str) -> None:
        """Remember that a message could not be read, by type of error and names of fields only.

        Raises:
            DatabaseDownError: it could not be stored.
        """
        await in_thread(self._workers, self._put_aside, channel, dedupe, fault)
        _log.error("inbox.malformed", channel=channel, fault=fault)
        metrics.FAULTS.inc()

    async def chat(self, lane: Lane) -> Chat | None:
        """Where the chat stands.

        Raises:
            DatabaseDownError: nobody knows.
        """
        return await in_thread(self._workers, self._load, lane)

    async def recover(self) -> int:
        """Go on with messages a crash or an outage left; returns how many people had waited.

        Lanes that are being worked on are none of them: they look for more by themselves.
        """
        found = await in_thread(self._workers, self._unfinished)
        left = [lane for lane in found if lane not in self._lanes]
        for lane in left:
            self._lane(lane)
        return len(left)

    async def close(self) -> None:
        """Wait for messages being dealt with; those that wait are dealt with after the restart."""
        tasks = list(self._lanes.values())
        if tasks:
            await asyncio.wait(tasks, timeout=5)

    def _lane(self, lane: Lane) -> asyncio.Task[bool]:
        running = self._lanes.get(lane)
        # A task about to end may have looked before our message was stored: a second one follows.
        task = asyncio.create_task(self._work(lane, running))
        self._lanes[lane] = task
        task.add_done_callback(lambda done: self._forget(lane, done))
        return task

    def _forget(self, lane: Lane, task: asyncio.Task[bool]) -> None:
        if self._lanes.get(lane) is task:
            del self._lanes[lane]

    async def _work(self, lane: Lane, before: asyncio.Task[bool] | None) -> bool:
        """Deal with everything that waits in the lane; False if the database went away."""
        if before is not None:
            await asyncio.wait([before])
        try:
            while await in_thread(self._workers, self._turn, lane):
                pass
        except DatabaseDownError:
            _log.warning("inbox.database_down")  # the message is kept; `recover` goes on with it
            return False
        except Exception as error:  # noqa: BLE001 # even the apology failed; other lanes go on
            _log.error("inbox.broken", exc_info=error)
            return False
        return True

    def _put(
        self, lane: Lane, dedupe: str, payload: dict[str, Any], pictures: Sequence[Photo]
    ) -> bool:
        with self._office.begin("intake") as desk:
            return inbox.put(desk, lane, dedupe, payload, pictures)

    def _put_aside(self, channel: str, dedupe: str, fault: str) -> None:
        with self._office.begin("intake") as desk:
            inbox.put_aside(desk, channel, dedupe, fault)

    def _load(self, lane: Lane) -> Chat | None:
        with self._office.begin("intake") as desk:
            return conversations.load(desk, lane)

    def _unfinished(self) -> list[Lane]:
        with self._office.begin("intake") as desk:
            return inbox.unfinished(desk)

    def _turn(self, lane: Lane) -> bool:
        """Deal with the lane's next message; False if no other waits."""
        try:
            with self._office.begin("intake") as desk:
                return self._answer(desk, lane)
        except DatabaseDownError:
            raise
        except DeskError as refusal:
            self._say_instead(lane, str(refusal))
        except Exception as error:  # noqa: BLE001 # whatever it is, the others must go on
            self._fail(lane, error)
        return True

    def _answer(self, desk: Desk, lane: Lane) -> bool:
        inbox.enter(desk, lane)
        message = inbox.following(desk, lane)
        if message is None:
            return False
        incoming = Incoming.from_payload(message.payload)
        app = self._apps.get(lane.channel, "")
        home = None if lane.channel in self._pull else lane
        chat = dispatcher.answer(desk, conversations.load(desk, lane), incoming, app, home)
        self._reply(desk, lane, chat)
        inbox.finish(desk, message)
        metrics.TURNS.inc()
        return inbox.waits(desk, lane)

    def _say_instead(self, lane: Lane, text: str) -> None:
        """A rule refused: the turn was undone, the reason is said, the step waits on."""
        with self._office.begin("intake") as desk:
            inbox.enter(desk, lane)
            message = inbox.following(desk, lane)
            if message is not None:
                self._reply(
                    desk, lane, self._with_line(desk, lane, lambda: menu.in_vietnamese(text))
                )
                photos.forget(desk, message.payload.get("photos", ()))
                inbox.finish(desk, message)

    def _fail(self, lane: Lane, error: Exception) -> None:
        """Count a failure; after some the message is put aside and the citizen is told."""
        what = str(error) if isinstance(error, PoisonError) else log.fault(error)
        _log.error("inbox.failed", fault=what)
        metrics.FAULTS.inc()
        with self._office.begin("intake") as desk:
            inbox.enter(desk, lane)
            put_aside = inbox.fail(desk, lane, what)
        if put_aside:  # in a transaction of its own: should it fail, the count stands
            with self._office.begin("intake") as desk:
                inbox.enter(desk, lane)
                self._reply(desk, lane, self._with_line(desk, lane, lambda: say("menu.broken")))

    def _with_line(self, desk: Desk, lane: Lane, words: Callable[[], str]) -> Chat:
        chat = conversations.load(desk, lane) or Chat()
        said = dispatcher.reply_in(chat)
        with speaking(chat.language):
            choices = said.choices if said else menu.doors()
            reply = Reply(words(), choices, language=language())
        offered = tuple(choice.id for choice in reply.choices)
        return replace(chat, lines=(*chat.lines, bot_line(reply)), offered=offered)

    def _reply(self, desk: Desk, lane: Lane, chat: Chat) -> None:
        conversations.save(desk, lane, chat)
        if lane.channel not in self._pull:
            outbox.put(desk, lane.channel, lane.address, chat.lines[-1])
