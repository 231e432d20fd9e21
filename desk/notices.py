"""Notices: written by one officer, approved by another, then published and sent.

The four parts and their limits are those of a good warning on a small phone (content.md §6): what
the trick is, how to see it, what to do, whom to call.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from desk import audit, campaigns, guard, officers, stations
from desk.clocks import day_of
from desk.desk import Desk
from desk.drafts import (
    EXPIRES_AT_MOST,
    PARTS,
    Aim,
    Words,
    aim_of,
    check_part,
    checked,
    text_of,
)
from desk.errors import (
    BadExpiryError,
    BadStartError,
    NoSuchNoticeError,
    NotAllowedError,
    NoticeChangedError,
    NotYourCommuneError,
    OpinionNoticeError,
    OwnNoticeError,
    TooFewError,
    WorkingLinkError,
    WrongStepError,
)
from desk.officers import Signed
from desk.subscriptions import Wish
from storage import notices, subscriptions
from storage.models import AuditEntry, Notice, Station

SCHEDULE_AT_MOST = timedelta(days=30)
FEW = 20  # below it a count could point at somebody; `storage.roles` keeps to the same
RECALLED_SHOWN = timedelta(days=7)
PAGE = 100
PUBLIC = 20
_REMARK_LIMIT = 300
_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class Seen:
    """A notice as an officer sees it; `reach` 0 stands for fewer than `FEW`.

    None once it is out: then what was sent is counted. (Of 300,000 subscribers it takes a second to
    count; the page of a notice being sent is asked for every two.)
    """

    notice: Notice
    author: str
    approver: str
    reach: int | None
    may_approve: bool
    deeds: list[AuditEntry]


def write(desk: Desk, signed: Signed, words: Words, aim: Aim) -> UUID:
    """A new draft.

    Raises:
        DeskError: a part is missing or too long, or the aim is not this officer's to choose.
    """
    where = _station(desk, signed)
    columns = checked(desk, where, words, aim)
    row = Notice(
        station_code=signed.officer.station_code,
        province_code=where.province_code,
        written_by=signed.id,
        written_at=desk.at,
        preview_code="".join(secrets.choice(_CODE_LETTERS) for _ in range(8)),
        **columns,
    )
    notices.put(desk.session, row)
    _record(desk, signed, row, "notice.written")
    return row.id


def rewrite(
    desk: Desk, signed: Signed, notice: UUID, revision: int, draft: tuple[Words, Aim]
) -> None:
    """Change a draft; one that waits becomes a draft again, so that nobody approves unread words.

    Raises:
        WrongStepError, NoticeChangedError, and those of `write`.
    """
    row = _find(desk, signed, notice)
    columns = checked(desk, _station(desk, signed), *draft)
    whose = {"written_by": signed.id, "written_at": desk.at, "state": "draft"}
    _change(desk, row, revision, ("draft", "waiting"), **columns, **whose)
    _record(desk, signed, row, "notice.rewritten")


def submit(desk: Desk, signed: Signed, notice: UUID, revision: int) -> None:
    """Ask for approval.

    Raises:
        OpinionNoticeError, WorkingLinkError: no notice of this channel.
        TooFewError: so few would get it that the choice points at somebody.
    """
    row = _find(desk, signed, notice)
    _guard(desk, row)
    _change(desk, row, revision, ("draft",), state="waiting", remark="")
    _record(desk, signed, row, "notice.submitted")


def approve(
    desk: Desk, signed: Signed, notice: UUID, revision: int, start: datetime | None = None
) -> None:
    """A second officer has read it: it goes out now, or at an hour.

    Raises:
        OwnNoticeError: the writer cannot approve.
        NotAllowedError: an editor writes; an officer answers for what goes out.
        BadStartError: an hour that is over, or far away.
    """
    row = _find(desk, signed, notice)
    if not signed.reads:
        raise NotAllowedError
    if row.written_by == signed.id:
        raise OwnNoticeError
    begins = desk.at if start is None else start
    if not desk.at <= begins <= desk.at + SCHEDULE_AT_MOST:
        raise BadStartError(days=str(SCHEDULE_AT_MOST.days))
    if row.expires_on <= day_of(begins):
        raise BadExpiryError(days=str(EXPIRES_AT_MOST.days))
    _guard(desk, row)
    scheduled = {"state": "scheduled", "approved_by": signed.id, "publish_at": begins}
    _change(desk, row, revision, ("waiting",), **scheduled)
    _record(desk, signed, row, "notice.approved")


def give_back(desk: Desk, signed: Signed, notice: UUID, revision: int, remark: str) -> None:
    """Not yet: back to its writer, with the reason.

    Raises:
        PartMissingError, PartTooLongError: the reason.
    """
    row = _find(desk, signed, notice)
    check_part("Lý do", remark.strip(), _REMARK_LIMIT)
    _change(desk, row, revision, ("waiting",), state="draft", remark=remark.strip())
    _record(desk, signed, row, "notice.given_back")


def recall(desk: Desk, signed: Signed, notice: UUID, revision: int, reason: str) -> None:
    """Take it back: sending stops, what was sent is withdrawn or corrected, pages say so.

    Raises:
        PartMissingError, PartTooLongError: the reason, which citizens read.
    """
    row = _find(desk, signed, notice)
    check_part("Lý do", reason.strip(), _REMARK_LIMIT)
    if guard.has_link(reason):
        raise WorkingLinkError
    recalled = {"state": "recalled", "recalled_at": desk.at, "recall_reason": reason.strip()}
    _change(desk, row, revision, ("scheduled", "published"), **recalled)
    campaigns.recall(desk, row.id)
    _record(desk, signed, row, "notice.recalled")


def look(desk: Desk, signed: Signed, notice: UUID) -> Seen:
    """The notice with who did what.

    Raises:
        NoSuchNoticeError: none, or another station's.
    """
    row = _find(desk, signed, notice)
    out = row.state in ("published", "recalled")
    waits = row.state == "waiting" and row.written_by != signed.id and signed.reads
    return Seen(
        row,
        _name(desk, row.written_by),
        _name(desk, row.approved_by),
        None if out else reach(desk, aim_of(row)),
        waits,
        audit.of_notice(desk, notice),
    )


def listed(desk: Desk, signed: Signed, after: UUID | None = None) -> list[Notice]:
    """Newest notices of the officer's station, or of the whole province for its officers.

    Args: after: the last row of the page before.
    """
    above = _station(desk, signed).kind == "province"
    province = signed.officer.station_code if above else None
    return notices.of_scope(desk.session, signed.officer.station_code, province, after, PAGE)


def reach(desk: Desk, aim: Aim) -> int:
    """How many subscribers would get it; 0 if fewer than `FEW`."""
    topic = aim.topic if aim.only_topic else None
    return subscriptions.reach(desk.session, aim.communes, topic, aim.audience)


def public(desk: Desk, communes: Sequence[str]) -> list[Notice]:
    """What citizens of these communes may read now, newest first; recalled ones for a week."""
    today = desk.today
    since = desk.at - RECALLED_SHOWN
    return notices.public(desk.session, communes, today, since, PUBLIC)


def was_stopped(notice: Notice) -> bool:
    """Whether it was taken back before its hour, so that nobody has read it."""
    hour, back = notice.publish_at, notice.recalled_at
    return hour is not None and back is not None and back < hour


def is_for(notice: Notice, wish: Wish) -> bool:
    """Whether a notice meets what somebody chose; a notice for everybody meets every choice."""
    if notice.only_topic and notice.topic not in wish.topics:
        return False
    return notice.audience in (None, wish.audience)


def preview(desk: Desk, code: str) -> Notice | None:
    """The draft whose writer typed its code into a chat."""
    found = notices.by_preview(desk.session, code.upper())
    return found if found is not None and found.state in ("draft", "waiting", "scheduled") else None


def _guard(desk: Desk, row: Notice) -> None:
    """Nothing but warnings, no link that works, nobody singled out."""
    parts = [getattr(row, name) for name, _, _ in PARTS[:-1]]
    for text in (*parts, "\n".join(parts)):
        if guard.about_belief(text) or desk.tools.judge.judge(text).kind == "opinion":
            raise OpinionNoticeError
    if guard.has_link(text_of(row)):
        raise WorkingLinkError
    aim = aim_of(row)
    if aim.filtered and reach(desk, aim) < FEW:
        raise TooFewError


def _find(desk: Desk, signed: Signed, notice: UUID) -> Notice:
    row = notices.find(desk.session, notice)
    me = signed.officer
    # A province's own people see what its communes write.
    if row is None or me.station_code not in (row.station_code, row.province_code):
        raise NoSuchNoticeError
    return row


def _change(desk: Desk, row: Notice, revision: int, states: tuple[str, ...], **values: Any) -> None:  # noqa: ANN401 # columns of the row
    if row.state not in states:
        raise WrongStepError
    done = notices.change(desk.session, row.id, from_states=states, revision=revision, **values)
    if not done:
        raise NoticeChangedError


def _record(desk: Desk, signed: Signed, row: Notice, action: str) -> None:
    audit.record(desk, action, officer=signed.id, station=row.station_code, detail=str(row.id))


def _station(desk: Desk, signed: Signed) -> Station:
    station = stations.find(desk, signed.officer.station_code)
    if station is None:
        raise NotYourCommuneError
    return station


def _name(desk: Desk, officer: UUID | None) -> str:
    found = officers.find(desk, officer) if officer else None
    return found.name if found else ""
