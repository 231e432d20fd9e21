"""Who wants notices: an address nobody can read without the bot's key, and what they chose.

There is no name, no time finer than the day it began, and no trace of when somebody last looked.
"""

import re
import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

from desk.desk import Desk
from desk.errors import NoCommuneError, TooManyCommunesError
from desk.inbox import Lane
from desk.topics import topic_ids
from storage import subscriptions, vault
from storage.models import Subscriber

AUDIENCES = {
    "household": "Hộ dân",
    "office": "Cơ quan",
    "business": "Doanh nghiệp, hộ kinh doanh",
    "school": "Nhà trường",
}
COMMUNES_AT_MOST = 10
PAGE = "link"  # the channel of those who read their notices on a page of their own
_PAD = 64  # addresses are short: their length must not tell one from another
_KEY = re.compile(r"[A-Za-z0-9_-]{22}")  # 128 bits


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to read."""

    communes: tuple[str, ...]
    topics: tuple[str, ...]
    audience: str


@dataclass(frozen=True, slots=True)
class Following:
    """A subscription as its holder sees it."""

    id: UUID
    wish: Wish
    paused: bool


def new_page() -> Lane:
    """An address for somebody without a messenger: the secret of a page to bookmark."""
    return Lane(PAGE, secrets.token_urlsafe(16))


def page_of(key: str) -> Lane | None:
    """The page behind a link; None if it cannot be one of ours."""
    return Lane(PAGE, key) if _KEY.fullmatch(key) else None


def follow(desk: Desk, lane: Lane, wish: Wish) -> None:
    """Subscribe, or change what this address has chosen.

    Raises:
        NoCommuneError, TooManyCommunesError.
    """
    checked = _checked(desk, wish)
    row = subscriptions.find(desk.session, _mac(desk, lane))
    if row is not None:
        subscriptions.change(desk.session, row.id, checked.audience, checked.topics)
        subscriptions.put_communes(desk.session, row, checked.communes)
        return
    id_ = uuid4()
    fresh = Subscriber(
        id=id_,
        channel=lane.channel,
        address_mac=_mac(desk, lane),
        sealed=seal_address(desk, id_, lane.address),
        audience=checked.audience,
        topics=list(checked.topics),
        since=desk.today,
    )
    subscriptions.put(desk.session, fresh, checked.communes)


def find(desk: Desk, lane: Lane) -> Following | None:
    """What this address has chosen; None if it is no subscriber."""
    row = subscriptions.find(desk.session, _mac(desk, lane))
    if row is None:
        return None
    communes = tuple(subscriptions.communes(desk.session, row.id))
    return Following(row.id, Wish(communes, tuple(row.topics), row.audience), row.paused)


def pause(desk: Desk, lane: Lane, *, paused: bool) -> None:
    """Send nothing for a while, or go on."""
    row = subscriptions.find(desk.session, _mac(desk, lane))
    if row is not None:
        subscriptions.pause(desk.session, row.id, paused=paused)


def stop(desk: Desk, lane: Lane) -> bool:
    """Delete everything about this address at once; False if there was nothing."""
    return subscriptions.drop(desk.session, _mac(desk, lane))


def gone(desk: Desk, subscriber: UUID) -> None:
    """Nobody is there any more: delete them."""
    subscriptions.drop_by_id(desk.session, subscriber)


def moved(desk: Desk, subscriber: UUID, lane: Lane) -> None:
    """The same chat has a new address."""
    sealed = seal_address(desk, subscriber, lane.address)
    subscriptions.move(desk.session, subscriber, _mac(desk, lane), sealed)


def seal_address(desk: Desk, subscriber: UUID, address: str) -> bytes:
    """An address as it is stored."""
    data = address.encode()
    padded = data + b"\x80" + bytes(-(len(data) + 1) % _PAD)
    return vault.Pouch(_seal_key(desk)).close(padded, _context(subscriber))


class Addresses:
    """Opens stored addresses; made once for many, because deriving the key costs more than one."""

    def __init__(self, desk: Desk) -> None:
        self._pouch = vault.Pouch(_seal_key(desk))

    def open(self, subscriber: UUID, sealed: bytes) -> str:
        """The address; raises `storage.vault.SealError`."""
        padded = self._pouch.open(sealed, _context(subscriber))
        return padded.rpartition(b"\x80")[0].decode()


def _checked(desk: Desk, wish: Wish) -> Wish:
    """What is known of a wish; nothing known chosen means all topics, and a household."""
    communes = tuple(c for c in dict.fromkeys(wish.communes) if c in desk.tools.gazetteer.communes)
    if not communes:
        raise NoCommuneError
    if len(communes) > COMMUNES_AT_MOST:
        raise TooManyCommunesError(limit=str(COMMUNES_AT_MOST))
    known = [topic for topic in topic_ids() if topic in wish.topics]
    audience = wish.audience if wish.audience in AUDIENCES else "household"
    return Wish(communes, tuple(known) or topic_ids(), audience)


def _mac(desk: Desk, lane: Lane) -> bytes:
    key = vault.derive(desk.tools.keyring.subscribers, "subscriber mac")
    return vault.mac(key, f"{lane.channel}\0{lane.address}".encode())


def _seal_key(desk: Desk) -> bytes:
    return vault.derive(desk.tools.keyring.subscribers, "subscriber seal")


def _context(subscriber: UUID) -> bytes:
    return b"subscriber " + subscriber.bytes
