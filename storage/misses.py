"""Rows of questions that had no answer, and of what officers said they mean."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from storage.models import QuestionAlias, QuestionMiss


@dataclass(frozen=True, slots=True)
class Miss:
    """One question and on how many days it was asked."""

    key: str
    words: str
    days: int


def put(session: Session, row: QuestionMiss) -> None:
    """Keep a miss; asked again on the same day it stays one row."""
    session.execute(insert(QuestionMiss).values(row.model_dump()).on_conflict_do_nothing())


def waiting(session: Session, days: int, at_most: int) -> list[Miss]:
    """Questions missed on at least so many days, the most days first."""
    count, words = func.count(), func.max(col(QuestionMiss.words))
    rows = session.execute(
        select(QuestionMiss.key, words, count)
        .group_by(col(QuestionMiss.key))
        .having(count >= days)
        .order_by(count.desc(), col(QuestionMiss.key))
        .limit(at_most)
    )
    return [Miss(key, words, days) for key, words, days in rows]


def forget(session: Session, key: str) -> bool:
    """Delete a question's rows; False if there were none."""
    gone = session.execute(
        delete(QuestionMiss).where(col(QuestionMiss.key) == key).returning(col(QuestionMiss.day))
    )
    return bool(gone.all())


def purge(session: Session, before: date) -> None:
    """Delete what was missed before that day."""
    session.execute(delete(QuestionMiss).where(col(QuestionMiss.day) < before))


def put_alias(session: Session, row: QuestionAlias) -> None:
    """Remember what a question means; what was said last counts."""
    said = insert(QuestionAlias).values(row.model_dump())
    session.execute(
        said.on_conflict_do_update(
            index_elements=["key"],
            set_={"intent": said.excluded.intent, "added_on": said.excluded.added_on},
        )
    )


def drop_alias(session: Session, key: str) -> bool:
    """Forget what a question means; False if nobody had said it."""
    gone = session.execute(
        delete(QuestionAlias)
        .where(col(QuestionAlias.key) == key)
        .returning(col(QuestionAlias.intent))
    )
    return bool(gone.all())


def aliases(session: Session) -> list[QuestionAlias]:
    """All of them, by key."""
    return list(session.exec(select(QuestionAlias).order_by(col(QuestionAlias.key))))
