"""The few things tests stand in for; everything else in a test is real."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from aiohttp.web import AbstractRouteDef

from bot.channels.base import Caps, Event, Health, MalformedError, Outcome, Payload, Sent
from bot.channels.render import render
from desk.conversations import Chat
from desk.inbox import Lane
from desk.photos import Photo
from handlers.chat import Reply, bot_line, citizen_line
from nlp.faq import Answer, Questions
from nlp.methods import Check, Methods
from nlp.text import normalise
from storage.db import DatabaseDownError


class PaperIntake:
    """An inbox without a database, for what a page does: each new message gets the next reply.

    `down` and `slow` are set by the test; `received` is what got in, each message once, and
    `pictures` the photographs that came along.
    """

    def __init__(self, *replies: Reply) -> None:
        self.received: list[tuple[Lane, dict[str, Any]]] = []
        self.pictures: list[Photo] = []
        self.chats: dict[Lane, Chat] = {}
        self.down = False
        self.slow = False
        self._replies = iter(replies)
        self._seen: set[tuple[str, str]] = set()

    async def receive(
        self, lane: Lane, dedupe: str, payload: dict[str, Any], pictures: Sequence[Photo] = ()
    ) -> bool:
        """Take a message, once."""
        if self.down:
            raise DatabaseDownError
        if (lane.channel, dedupe) not in self._seen:
            self.pictures += pictures
            self._seen.add((lane.channel, dedupe))
            self.received.append((lane, payload))
            if not self.slow:
                self._answer(lane, payload)
        return not self.slow

    async def chat(self, lane: Lane) -> Chat | None:
        """Where the chat stands."""
        if self.down:
            raise DatabaseDownError
        return self.chats.get(lane)

    def _answer(self, lane: Lane, payload: dict[str, Any]) -> None:
        before = self.chats.get(lane, Chat())
        said = (citizen_line(payload["text"]),) if payload["text"] else ()
        self.chats[lane] = Chat(lines=(*before.lines, *said, bot_line(next(self._replies))))


class LearntQuestions(Questions):
    """Knows these questions and no others: training again changes no dialogue."""

    def __init__(self, **answers: Answer) -> None:
        self._answers = answers

    def answer(self, question: str) -> Answer:
        """What was learnt for it."""
        return self._answers.get(question, Answer("abstain", None, ()))

    def known_words(self, text: str) -> tuple[str, ...]:
        """All of them but figures."""
        return tuple(word for word in normalise(text).accented if word.isalpha())

    def nearest(self, question: str) -> str:  # noqa: ARG002 # the same of every question
        """Any."""
        return "hotlines"


class LearntMethods(Methods):
    """Says the same of every message: training again changes no dialogue."""

    def __init__(
        self, verdict: str, method: str | None = None, *signs: str, top: tuple[str, ...] = ()
    ) -> None:
        self._check = Check(verdict, method, top, signs)

    def check(self, text: str) -> Check:  # noqa: ARG002 # the same of every message
        """What was learnt."""
        return self._check


class PaperChannel:
    """A channel that writes down what it sends, and ends each sending as the test says."""

    name: ClassVar[str] = "paper"
    redact: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *outcomes: Outcome | Exception, max_text: int = 0) -> None:
        """Args: outcomes: of the next sendings; after them everything arrives."""
        self.caps = Caps(anonymity="pseudonymous", max_text=max_text, buttons=10, silent=True)
        self.sent: list[tuple[str, Payload]] = []
        self._outcomes = list(outcomes)

    @property
    def texts(self) -> list[str]:
        """What was sent, in order."""
        return [payload.text for _, payload in self.sent]

    def routes(self) -> Iterable[AbstractRouteDef]:
        """Nothing comes in here."""
        return ()

    def poll(self) -> None:
        """Nothing comes in here."""

    def parse(self, raw: Mapping[str, Any]) -> list[Event]:
        """Nothing comes in here."""
        raise MalformedError(str(sorted(raw)))

    def render(self, reply: Reply, caps: Caps) -> list[Payload]:
        """As the real ones do."""
        return render(reply, caps)

    async def send(self, address: str, payload: Payload) -> Outcome:
        """Write it down."""
        self.sent.append((address, payload))
        outcome = self._outcomes.pop(0) if self._outcomes else Sent("1")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def health(self) -> Health:
        """Paper is patient."""
        return Health(ok=True)
