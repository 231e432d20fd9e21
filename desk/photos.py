"""Photographs that come with a tip: sealed in pieces, under the day's key until the tip is sent.

What arrives here has been rebuilt from its pixels (`bot.pixels`): no file name, no id, nothing of
the camera. A photograph is a small copy (piece 0) and the whole one (pieces 1 to n).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from desk import envelope, opening
from desk.desk import Desk
from desk.errors import NoSuchTipError
from desk.officers import Signed
from storage import photos, tips
from storage.keyring import ChannelKey, KeyGoneError

MOST = 8  # of one tip, from the first message to the last addition
PIECE = 64 * 1024  # bytes; a row of the database holds one


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture as JPEG, and a small copy of it for lists."""

    whole: bytes
    small: bytes


def keep(desk: Desk, taken: Iterable[Photo]) -> list[str]:
    """Store what came, under today's key; ids a draft may hold."""
    key = desk.tools.keyring.channel(desk.key_day)
    ids = []
    for photo in taken:
        id_ = uuid4()
        sealed = [key.seal(p, _draft_context(id_, no)) for no, p in enumerate(_cut(photo))]
        photos.put_draft(desk.session, id_, key.day, sealed)
        ids.append(str(id_))
    return ids


def renew(desk: Desk, ids: Iterable[str]) -> None:
    """Under today's key, as the draft they wait in, which is sealed anew with every message.

    Otherwise they would be gone a day before it, and nobody would hear of that.
    """
    waiting = [UUID(id_) for id_ in ids]
    if not waiting:
        return
    key = desk.tools.keyring.channel(desk.key_day)
    for id_ in photos.older_drafts(desk.session, waiting, key.day):
        pieces = _opened(desk, id_)
        if pieces:
            photos.drop_drafts(desk.session, [id_])
            sealed = [key.seal(p, _draft_context(id_, no)) for no, p in enumerate(pieces)]
            photos.put_draft(desk.session, id_, key.day, sealed)


def forget(desk: Desk, ids: Iterable[str]) -> None:
    """Nobody will send these."""
    gone = [UUID(id_) for id_ in ids]
    if gone:
        photos.drop_drafts(desk.session, gone)


def loaded(desk: Desk, ids: Iterable[str]) -> dict[UUID, list[bytes]]:
    """Photograph → its pieces, opened; those whose day is over are gone."""
    found = {UUID(id_): _opened(desk, UUID(id_)) for id_ in ids}
    return {id_: pieces for id_, pieces in found.items() if pieces}


def listed(found: Mapping[UUID, Sequence[bytes]]) -> list[dict[str, Any]]:
    """What the sealed line of a timeline says of them."""
    return [{"id": str(id_), "pieces": len(pieces)} for id_, pieces in found.items()]


def attach(desk: Desk, tip: UUID, key: bytes, found: Mapping[UUID, Sequence[bytes]]) -> None:
    """Seal them with the tip's own key; they are no draft's any more."""
    for id_, pieces in found.items():
        sealed = [
            envelope.seal_piece(key, tip, id_, (no, len(pieces)), piece)
            for no, piece in enumerate(pieces)
        ]
        photos.put(desk.session, tip, id_, sealed)
    forget(desk, map(str, found))


def count(lines: Iterable[Mapping[str, Any]]) -> int:
    """How many photographs these lines of a timeline speak of."""
    return len(ids(lines))


def ids(lines: Iterable[Mapping[str, Any]]) -> list[str]:
    """Those that these lines of a timeline speak of, in their order."""
    return [str(item["id"]) for line in lines for item in line.get("photos", ())]


def small(
    desk: Desk, tip: UUID, key: bytes, lines: Iterable[Mapping[str, Any]]
) -> dict[str, bytes]:
    """Id → small copy as JPEG, of all these lines speak of."""
    named = {UUID(i["id"]): int(i["pieces"]) for line in lines for i in line.get("photos", ())}
    sealed = photos.first_pieces(desk.session, tip) if named else {}
    return {
        str(id_): envelope.unseal_piece(key, tip, id_, (0, of), sealed[id_])
        for id_, of in named.items()
    }


def whole(desk: Desk, signed: Signed, tip_id: UUID, photo: UUID) -> bytes:
    """The photograph, as JPEG. Every look at it is in the audit log.

    Raises:
        NoSuchTipError: not in a queue of this officer, or no photograph of this tip.
    """
    tip = opening.find(desk, tip_id)
    key = opening.content_key(desk, signed, tip)
    of = _pieces_of(desk, tip_id, key, photo)
    sealed = photos.pieces(desk.session, tip_id, photo)
    opened = (
        envelope.unseal_piece(key, tip_id, photo, (no, of), sealed[no]) for no in range(1, of)
    )
    opening.record(desk, signed, tip, "tip.photo")
    return b"".join(opened)


def _pieces_of(desk: Desk, tip_id: UUID, key: bytes, photo: UUID) -> int:
    """Of how many pieces it is: the timeline says so, not the rows."""
    for entry in tips.entries(desk.session, tip_id):
        line = envelope.unseal(key, tip_id, entry.no, entry.kind, entry.sealed)
        for item in line.get("photos", ()):
            if item["id"] == str(photo):
                return int(item["pieces"])
    raise NoSuchTipError


def _cut(photo: Photo) -> list[bytes]:
    whole_ = photo.whole
    return [photo.small, *(whole_[at : at + PIECE] for at in range(0, len(whole_), PIECE))]


def _opened(desk: Desk, id_: UUID) -> list[bytes]:
    found = photos.draft(desk.session, id_)
    try:
        keys: dict[Any, ChannelKey] = {
            piece.day: desk.tools.keyring.channel_of(piece.day) for piece in found
        }
    except KeyGoneError:
        return []
    return [keys[p.day].unseal(p.sealed, _draft_context(id_, p.no)) for p in found]


def _draft_context(id_: UUID, no: int) -> str:
    return f"draft photo {id_} {no}"
