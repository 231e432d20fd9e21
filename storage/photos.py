"""Rows of photographs, piece by piece: of a draft under the day's key, of a tip under the tip's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from storage.models import DraftPhoto, TipPhoto


@dataclass(frozen=True, slots=True)
class Piece:
    """A sealed piece of a draft's photograph."""

    no: int
    day: date
    sealed: bytes


def put_draft(session: Session, photo: UUID, day: date, pieces: Sequence[bytes]) -> None:
    """Store a photograph nobody has sent yet."""
    rows = [
        {"photo": photo, "no": no, "day": day, "sealed": sealed} for no, sealed in enumerate(pieces)
    ]
    session.execute(insert(DraftPhoto), rows)


def draft(session: Session, photo: UUID) -> list[Piece]:
    """Its pieces in order; none if its day is over."""
    query = select(DraftPhoto).where(col(DraftPhoto.photo) == photo).order_by(col(DraftPhoto.no))
    return [Piece(row.no, row.day, row.sealed) for row in session.exec(query)]


def older_drafts(session: Session, photos: Sequence[UUID], day: date) -> list[UUID]:
    """Those of them that are sealed under the key of a day before this one."""
    query = select(DraftPhoto.photo).where(
        col(DraftPhoto.photo).in_(photos), col(DraftPhoto.no) == 0, col(DraftPhoto.day) < day
    )
    return list(session.exec(query))


def drop_drafts(session: Session, photos: Sequence[UUID]) -> None:
    """Forget them."""
    session.execute(delete(DraftPhoto).where(col(DraftPhoto.photo).in_(photos)))


def put(session: Session, tip_id: UUID, photo: UUID, pieces: Sequence[bytes]) -> None:
    """Store a tip's photograph. A plain insert: intake cannot read it back."""
    rows = [
        {"tip_id": tip_id, "photo": photo, "no": no, "sealed": sealed}
        for no, sealed in enumerate(pieces)
    ]
    session.execute(insert(TipPhoto), rows)


def pieces(session: Session, tip_id: UUID, photo: UUID) -> dict[int, bytes]:
    """Number → sealed piece, as far as this session may see the tip."""
    query = select(TipPhoto).where(col(TipPhoto.tip_id) == tip_id, col(TipPhoto.photo) == photo)
    return {row.no: row.sealed for row in session.exec(query)}


def first_pieces(session: Session, tip_id: UUID) -> Mapping[UUID, bytes]:
    """Photograph → its sealed small copy."""
    query = select(TipPhoto).where(col(TipPhoto.tip_id) == tip_id, col(TipPhoto.no) == 0)
    return {row.photo: row.sealed for row in session.exec(query)}
