"""Lan in one conversation with the handlers, without a channel."""

from desk import photos
from desk.conversations import Chat
from desk.photos import Photo
from handlers import dispatcher
from handlers.chat import Incoming, Reply
from tests.world import World

PICTURE = Photo(b"whole" * 20_000, b"small")


class Lan:
    """A citizen; every method returns what she reads next."""

    def __init__(self, world: World) -> None:
        self.office = world.office
        self.chat = Chat()

    def presses(self, choice: str) -> str:
        """Press a button."""
        return self._turn(Incoming(choice=choice))

    def says(self, text: str) -> str:
        """Write something."""
        return self._turn(Incoming(text))

    def sends(self, count: int = 1, text: str = "", choice: str = "") -> str:
        """Send photographs, with words or a button or nothing."""
        with self.office.begin("intake") as desk:
            kept = tuple(photos.keep(desk, [PICTURE] * count))
        return self._turn(Incoming(text, choice, photos=kept))

    @property
    def reply(self) -> Reply:
        """All of what was said last."""
        reply = dispatcher.reply_in(self.chat)
        assert reply is not None
        return reply

    def _turn(self, incoming: Incoming) -> str:
        with self.office.begin("intake") as desk:
            self.chat = dispatcher.answer(desk, self.chat, incoming)
        return self.reply.text
