"""Officers are told that something waits, never what.

Urgent: at once, again after 5 minutes, when it is also overdue, and after 10 the province's duty
desk, which may then open the tip. Anything else: once.
"""

from dataclasses import replace
from datetime import timedelta

from desk import audit, duty, outbox
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
    found = alerts.due(desk.session, desk.at, BATCH)
    # All tips before the first line of the audit log, as officers' deeds do: no deadlock.
    for alert in found:
        if alert.urgent and alert.step:
            alerts.late(desk.session, alert.tip_id, desk.hour)
        if _too_late(alert):
            alerts.escalate(desk.session, alert.tip_id)
    for alert in found:
        _tell(desk, alert, link)
    return len(found)


def _too_late(alert: DueAlert) -> bool:
    """Whether the station has had its chance and the province is next."""
    return alert.step >= _TOLD_AGAIN and alert.station_code != alert.province_code


def _tell(desk: Desk, alert: DueAlert, link: str) -> None:
    station = alert.province_code if _too_late(alert) else alert.station_code
    text = URGENT if alert.urgent else WAITING
    outbox.put(desk, CHANNEL, station, {"text": text})
    duty.tell(desk, station, f"{text}\n{link}".strip())
    if _too_late(alert):
        # Ten minutes after the tip, to the second, would tell when it came: the hour has to do.
        by_hour = replace(desk, at=desk.hour)
        audit.record(by_hour, "tip.escalated", station=alert.station_code, tip=alert.tip_id)
    if not alert.urgent or alert.step >= _TOLD_AGAIN:
        alerts.done(desk.session, alert.tip_id)
    else:
        alerts.next_step(desk.session, alert.tip_id, alert.step + 1, desk.at + AGAIN)
