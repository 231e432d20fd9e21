"""Rows of hamlets, as communes list them."""

from collections.abc import Collection, Iterable

from sqlalchemy import delete
from sqlmodel import Session, col, select

from storage.models import Hamlet


def of(session: Session, communes: Collection[str]) -> list[Hamlet]:
    """Hamlets of these communes, in the order of their names."""
    query = select(Hamlet).where(col(Hamlet.commune_code).in_(communes))
    order = (col(Hamlet.commune_code), col(Hamlet.former), col(Hamlet.name))
    return list(session.exec(query.order_by(*order)))


def put(session: Session, rows: Iterable[Hamlet]) -> None:
    """Store what communes list now, in place of all these communes listed before."""
    rows = list(rows)
    communes = {row.commune_code for row in rows}
    session.execute(delete(Hamlet).where(col(Hamlet.commune_code).in_(communes)))
    session.add_all(rows)
