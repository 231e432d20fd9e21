"""Officers are told that something waits, never what.

Urgent: at once, again after 5 minutes, when it is also overdue, and after 10 the province's duty
desk, which may then open the tip. Outside a station's duty hours the province hears of it at once,
and of everything at a station whose last reader left. A taken tip rings again if an addition tells
of danger, until whoever has it opens it. Anything else: once. Of many tips of nearly the same text
only the first ones ring (`desk.floods`).
"""

from dataclasses import replace
from datetime import timedelta

from desk import audit, duty, floods, hours, outbox, stations
from desk.desk import Desk
from storage import alerts
from storage.alerts import DueAlert

CHANNEL = "desk"  # the console itself: an open queue page shows it
AGAIN = timedelta(minutes=5)
BATCH = 100

WAITING = "Có tin mới đang chờ mở."
URGENT = "Có tin KHẨN đang chờ mở."

_TOLD_AGAIN = 2  # steps: 0 nobody told, 1 told, 2 told twice


def sweep(desk: Desk, link: str = "") -> int:
    """Send what is due; returns how many alerts were written.

    Args:
        link: the desk's address, for chats; the console knows where it is.
    """
    due = alerts.due(desk.session, desk.at, BATCH)
    quiet = floods.hushed(desk, due)
    for tip_id in sorted(quiet):
        alerts.done(desk.session, tip_id)
    found = [alert for alert in due if alert.tip_id not in quiet]
    shut = {alert.tip_id for alert in found if _nobody_there(desk, alert)}
    # All tips before the first line of the audit log, as officers' deeds do: no deadlock.
    for alert in found:
        if alert.urgent and alert.step:
            alerts.late(desk.session, alert.tip_id, desk.hour)
        if _too_late(alert) or alert.tip_id in shut:
            alerts.escalate(desk.session, alert.tip_id)
    for alert in found:
        _tell(desk, alert, link, shut=alert.tip_id in shut)
    return len(found)


def _too_late(alert: DueAlert) -> bool:
    """Whether the station has had its chance and the province is next.

    Not of a tip somebody there has meanwhile read and found calm.
    """
    again = alert.urgent and alert.step >= _TOLD_AGAIN
    return again and alert.station_code != alert.province_code


def _nobody_there(desk: Desk, alert: DueAlert) -> bool:
    """Whether the station is closed, or an urgent tip came outside its duty hours."""
    if alert.station_code == alert.province_code:
        return False
    station = stations.find(desk, alert.station_code)
    if station is None or not stations.is_active(station):
        return True
    fresh = alert.urgent and not alert.step
    return fresh and not hours.on_duty(desk, alert.station_code, desk.at)


def _tell(desk: Desk, alert: DueAlert, link: str, *, shut: bool) -> None:
    higher = _too_late(alert) or shut
    told = [alert.province_code] if higher else []
    if not _too_late(alert):  # at night somebody of the station may still look
        told.append(alert.station_code)
    text = URGENT if alert.urgent else WAITING
    for station in told:
        outbox.put(desk, CHANNEL, station, {"text": text})
        duty.tell(desk, station, f"{text}\n{link}".strip())
    if higher and not alert.escalated:
        # Ten minutes after the tip, to the second, would tell when it came: the hour has to do.
        by_hour = replace(desk, at=desk.hour)
        audit.record(by_hour, "tip.escalated", station=alert.station_code, tip=alert.tip_id)
    if not alert.urgent or alert.step >= _TOLD_AGAIN:
        alerts.done(desk.session, alert.tip_id)
    else:
        alerts.next_step(desk.session, alert.tip_id, alert.step + 1, desk.at + AGAIN)
