"""Reminders: a day and a reason."""

from datetime import date

from console import acting
from console.refusals import NoReminderDayError
from console.visit import Answer, Visit
from desk import reminders


def put(visit: Visit) -> Answer:
    """Be reminded on that day."""
    try:
        day = date.fromisoformat(visit.form.get("on", ""))
    except ValueError:
        raise NoReminderDayError from None
    reminders.put(visit.desk, visit.who, acting.tip_id(visit), day, visit.form.get("text", ""))
    acting.check_version(visit)
    return acting.back(visit, "Đã hẹn. Đến ngày đó, hàng đợi sẽ nhắc.")


def done(visit: Visit) -> Answer:
    """It has been looked at."""
    reminders.done(visit.desk, visit.who, acting.tip_id(visit))
    return acting.back(visit, "Đã xem lại.")
