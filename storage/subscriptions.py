"""Rows of subscribers and of the communes they chose. Every function takes the caller's session."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, insert, text, update
from sqlmodel import Session, col, select

from storage.models import Subscriber, Subscription


def find(session: Session, address_mac: bytes) -> Subscriber | None:
    """The subscriber at an address."""
    query = select(Subscriber).where(col(Subscriber.address_mac) == address_mac)
    return session.exec(query).first()


def put(session: Session, row: Subscriber, communes: Sequence[str]) -> None:
    """Store a subscriber, in place of whoever had this address, and what they chose."""
    drop(session, row.address_mac)
    session.execute(insert(Subscriber).values(row.model_dump()))
    put_communes(session, row, communes)


def put_communes(session: Session, row: Subscriber, communes: Sequence[str]) -> None:
    """Store the communes a subscriber chose, in place of the earlier ones."""
    session.execute(delete(Subscription).where(col(Subscription.subscriber_id) == row.id))
    session.execute(
        insert(Subscription),
        [
            {"channel": row.channel, "commune_code": code, "subscriber_id": row.id}
            for code in sorted(set(communes))
        ],
    )


def communes(session: Session, subscriber: UUID) -> list[str]:
    """Codes of the communes a subscriber chose."""
    query = select(Subscription.commune_code).where(col(Subscription.subscriber_id) == subscriber)
    return sorted(session.exec(query))


def change(session: Session, subscriber: UUID, audience: str, topics: Sequence[str]) -> None:
    """Change what a subscriber wants to read."""
    session.execute(
        update(Subscriber)
        .where(col(Subscriber.id) == subscriber)
        .values(audience=audience, topics=list(topics))
    )


def pause(session: Session, subscriber: UUID, *, paused: bool) -> None:
    """Send nothing for a while, or go on."""
    session.execute(
        update(Subscriber).where(col(Subscriber.id) == subscriber).values(paused=paused)
    )


def drop(session: Session, address_mac: bytes) -> bool:
    """Forget a subscriber and all they chose; False if there was none."""
    done = session.execute(
        delete(Subscriber)
        .where(col(Subscriber.address_mac) == address_mac)
        .returning(col(Subscriber.id))
    )
    return done.first() is not None


def drop_by_id(session: Session, subscriber: UUID) -> None:
    """Forget a subscriber nobody can be reached at any more."""
    session.execute(delete(Subscriber).where(col(Subscriber.id) == subscriber))


def move(session: Session, subscriber: UUID, address_mac: bytes, sealed: bytes) -> None:
    """The same chat has a new address; whoever had subscribed there already stays."""
    session.execute(
        text("""UPDATE subscriber SET address_mac = :mac, sealed = :sealed WHERE id = :id
                AND NOT EXISTS (SELECT 1 FROM subscriber WHERE address_mac = :mac)"""),
        {"mac": address_mac, "sealed": sealed, "id": subscriber},
    )


def reach(
    session: Session, communes: Sequence[str], topic: str | None, audience: str | None
) -> int:
    """How many would get a notice; 0 if so few that the number could point at somebody."""
    found = session.execute(
        text("SELECT reach(:communes, :topic, :audience)"),
        {"communes": list(communes), "topic": topic, "audience": audience},
    )
    return int(found.scalar_one())
