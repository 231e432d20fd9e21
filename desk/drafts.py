"""What a notice says and for whom: four parts with limits, and the text as it is sent."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from desk.desk import Desk
from desk.errors import (
    BadExpiryError,
    NotYourCommuneError,
    PartMissingError,
    PartTooLongError,
    WholeTooLongError,
)
from desk.subscriptions import AUDIENCES
from desk.topics import topic_ids
from storage.models import Notice, Station

TITLE_LIMIT, TRICK_LIMIT, SIGNS_LIMIT, TODO_LIMIT, CONTACT_LIMIT = 70, 300, 220, 220, 80
WHOLE_LIMIT = 900
EXPIRES_AT_MOST = timedelta(days=180)

PARTS = (
    ("title", "Tiêu đề", TITLE_LIMIT),
    ("trick", "Thủ đoạn", TRICK_LIMIT),
    ("signs", "Dấu hiệu", SIGNS_LIMIT),
    ("todo", "Cần làm gì", TODO_LIMIT),
    ("contact", "Liên hệ", CONTACT_LIMIT),
)


@dataclass(frozen=True, slots=True)
class Words:
    """What citizens read."""

    title: str
    trick: str
    signs: str
    todo: str
    contact: str


@dataclass(frozen=True, slots=True)
class Aim:
    """For whom it is. `only_topic`: not to everybody in the communes; `audience` None: to all."""

    communes: tuple[str, ...]
    topic: str
    expires_on: date
    only_topic: bool = False
    audience: str | None = None

    @property
    def filtered(self) -> bool:
        """Whether some subscribers of the communes are left out."""
        return self.only_topic or self.audience is not None


def checked(desk: Desk, station: Station, words: Words, aim: Aim) -> dict[str, Any]:
    """The columns of what was typed, if it may be stored.

    Raises:
        DeskError: a part is missing or too long, or the aim is not this officer's to choose.
    """
    trimmed = Words(*(getattr(words, name).strip() for name, _, _ in PARTS))
    for name, called, limit in PARTS:
        check_part(called, getattr(trimmed, name), limit)
    length = len(text_of(trimmed))
    if length > WHOLE_LIMIT:
        raise WholeTooLongError(length=str(length), limit=str(WHOLE_LIMIT))
    _check_aim(desk, station, aim)
    columns = {name: getattr(trimmed, name) for name, _, _ in PARTS}
    return columns | {
        "communes": sorted(set(aim.communes)),
        "topic": aim.topic,
        "only_topic": aim.only_topic,
        "audience": aim.audience,
        "expires_on": aim.expires_on,
    }


def aim_of(row: Notice) -> Aim:
    """For whom a notice is."""
    return Aim(tuple(row.communes), row.topic, row.expires_on, row.only_topic, row.audience)


def text_of(row: Notice | Words) -> str:
    """A notice as it is sent: plain text, one message."""
    return (
        f"⚠️ {row.title}\n\nThủ đoạn:\n{row.trick}\n\nDấu hiệu:\n{row.signs}\n\n"
        f"Cần làm gì:\n{row.todo}\n\nLiên hệ:\n{row.contact}"
    )


def recall_text(row: Notice) -> str:
    """What those read who got a notice that was wrong."""
    return f"❌ Thông báo “{row.title}” đã được thu hồi. Lý do: {row.recall_reason}"


def check_part(called: str, text: str, limit: int) -> None:
    """Raises: PartMissingError, PartTooLongError."""
    if not text:
        raise PartMissingError(part=called)
    if len(text) > limit:
        raise PartTooLongError(part=called, length=str(len(text)), limit=str(limit))


def _check_aim(desk: Desk, station: Station, aim: Aim) -> None:
    known = desk.tools.gazetteer.communes
    for code in aim.communes:
        if code not in known or known[code].province_code != station.province_code:
            raise NotYourCommuneError
        if station.kind != "province" and code != station.code:
            raise NotYourCommuneError
    if not aim.communes:
        raise PartMissingError(part="Nơi nhận")
    if aim.topic not in topic_ids():
        raise PartMissingError(part="Chủ đề")
    if aim.audience is not None and aim.audience not in AUDIENCES:
        raise PartMissingError(part="Đối tượng")
    today = desk.today
    if not today < aim.expires_on <= today + EXPIRES_AT_MOST:
        raise BadExpiryError(days=str(EXPIRES_AT_MOST.days))
