"""Where a chat stands, sealed under the day's key: after two quiet days nobody can read it."""

import json
from dataclasses import dataclass, field
from typing import Any

from desk import photos
from desk.desk import Desk
from desk.inbox import Lane, macs
from storage import messages
from storage.keyring import KeyGoneError
from storage.models import Conversation
from storage.vault import SealError

LINES_KEPT = 16  # what a page shows again after a reload


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation between two messages.

    `step` waits for the next message (empty: none); `draft` is what the flow has gathered;
    `offered` are the ids of the buttons on screen, the only ones a next message may press; `lines`
    is what the page shows, oldest first; `language` is the one its citizen chose.
    """

    step: str = ""
    draft: dict[str, Any] = field(default_factory=dict)
    offered: tuple[str, ...] = ()
    lines: tuple[dict[str, Any], ...] = ()
    language: str = "vi"


def load(desk: Desk, lane: Lane) -> Chat | None:
    """Where the chat stands; None if it is new, was forgotten or cannot be read any more."""
    row = messages.conversation(desk.session, macs(desk, lane))
    if row is None:
        return None
    try:
        return _open(desk, row)
    except (KeyGoneError, SealError, KeyError, TypeError):
        return None  # better to start anew than to fail at every message


def save(desk: Desk, lane: Lane, chat: Chat) -> None:
    """Remember where the chat stands, under today's key."""
    key = desk.tools.keyring.channel(desk.key_day)
    mac = key.mac(lane.channel, lane.address)
    kept = {
        "step": chat.step,
        "draft": chat.draft,
        "offered": chat.offered,
        "lines": chat.lines[-LINES_KEPT:],
        "language": chat.language,
    }
    sealed = key.seal(json.dumps(kept, ensure_ascii=False).encode(), f"conversation {mac.hex()}")
    row = Conversation(address_mac=mac, channel=lane.channel, day=key.day, sealed=sealed)
    messages.put_conversation(desk.session, row, macs(desk, lane))
    photos.renew(desk, chat.draft.get("photos", ()))


def _open(desk: Desk, row: Conversation) -> Chat:
    key = desk.tools.keyring.channel_of(row.day)
    opened = json.loads(key.unseal(row.sealed, f"conversation {row.address_mac.hex()}"))
    offered, lines = tuple(opened["offered"]), tuple(opened["lines"])
    # A conversation of yesterday's program has no language yet.
    return Chat(opened["step"], opened["draft"], offered, lines, opened.get("language", "vi"))
