"""Officers are told that something waits, never what.

Urgent: at once, again after 5 minutes, and after 10 the province's duty desk, which may then open
the tip. Anything else: once.
"""

from datetime import timedelta

from desk import audit, outbox
from desk.desk import Desk
from storage import alerts
from storage.alerts import DueAlert

CHANNEL = "desk"  # the console itself: an open queue page shows it
AGAIN = timedelta(minutes=5)
BATCH = 100

WAITING = "Có tin mới đang chờ mở."
URGENT = "Có tin KHẨN đang chờ mở."

_TOLD_AGAIN = 2  # steps: 0 nobody told, 1 told, 2 told twice


def sweep(desk: Desk) -> int:
    """Send what is due; returns how many alerts were written."""
    found = alerts.due(desk.session, desk.at, BATCH)
    for alert in found:
        _tell(desk, alert)
    return len(found)


def _tell(desk: Desk, alert: DueAlert) -> None:
    to_province = alert.step >= _TOLD_AGAIN and alert.station_code != alert.province_code
    station = alert.province_code if to_province else alert.station_code
    outbox.put(desk, CHANNEL, station, {"text": URGENT if alert.urgent else WAITING})
    if to_province:
        alerts.escalate(desk.session, alert.tip_id)
        audit.record(desk, "tip.escalated", station=alert.station_code, tip=alert.tip_id)
    if not alert.urgent or alert.step >= _TOLD_AGAIN:
        alerts.done(desk.session, alert.tip_id)
    else:
        alerts.next_step(desk.session, alert.tip_id, alert.step + 1, desk.at + AGAIN)
