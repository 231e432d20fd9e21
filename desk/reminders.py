"""Reminders: a tip to be looked at again on a day, with the reason sealed beside it."""

from datetime import date, timedelta
from uuid import UUID

from desk import opening
from desk.desk import Desk
from desk.errors import BadReminderError
from desk.officers import Signed
from storage import tips

DAYS_AT_MOST = 180


def put(desk: Desk, signed: Signed, tip_id: UUID, day: date, reason: str) -> None:
    """Be reminded on that day; a tip has one reminder, the last one set.

    Raises:
        BadReminderError: not after today, or too far away.
    """
    tip = opening.still_open(desk, tip_id)
    today = desk.today
    if not today < day <= today + timedelta(days=DAYS_AT_MOST):
        raise BadReminderError(days=str(DAYS_AT_MOST))
    content = {"text": opening.checked(reason), "on": day.isoformat()}
    opening.append(desk, signed, tip, "reminder", content)
    tips.set_reminder(desk.session, tip_id, day)
    opening.record(desk, signed, tip, "tip.reminder_set")


def done(desk: Desk, signed: Signed, tip_id: UUID) -> None:
    """It has been looked at again."""
    tip = opening.still_open(desk, tip_id)
    if tip.remind_on is not None:
        tips.set_reminder(desk.session, tip_id, None)
        opening.record(desk, signed, tip, "tip.reminder_done")
