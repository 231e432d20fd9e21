"""What has to go goes: closed tips, addresses, log-ins, and then the keys that sealed them.

Keys are destroyed after the transaction that no longer needs them has been committed, so the two
halves are separate functions and the sweep calls one after the other.
"""

from collections.abc import Collection
from datetime import timedelta

from desk import envelope, kept
from desk.desk import Desk
from storage import messages, retention, tips
from storage.keyring import CHANNEL_DAYS_AT_MOST, Keyring

KEEP_CLOSED = timedelta(days=90)  # as GlobaLeaks' default (anchors §0.8)
# Tips open longer than this move to a younger key, so that old keys can be destroyed.
MONTHS_UNDER_ONE_KEY = 4
BATCH = 200


def delete_tips(desk: Desk) -> set[str]:
    """Delete what has been closed long enough; returns months whose key nothing needs any more.

    Last month's key stays: a tip of its last minute may be on its way into the database.
    """
    retention.delete_closed(desk.session, desk.today - KEEP_CLOSED)
    current = f"{desk.key_day:%Y-%m}"
    for month in desk.tools.keyring.retention_months():
        if _age(month, current) >= MONTHS_UNDER_ONE_KEY:
            _move(desk, month, current)
    needed = retention.months(desk.session)
    return {m for m in desk.tools.keyring.retention_months() if _age(m, current) > 1} - needed


def delete_messages(desk: Desk) -> set[str]:
    """Delete rows of days that are over; returns the days whose key can be destroyed."""
    retention.purge_logins(desk.session, desk.at)
    retention.purge_kept(desk.session, desk.at - kept.KEPT_FOR)
    needed = messages.days_in_use(desk.session)
    at_most = desk.key_day - timedelta(days=CHANNEL_DAYS_AT_MOST)
    over = [
        day
        for day in desk.tools.keyring.expired_channel_days(desk.key_day)
        if day not in needed or day <= at_most
    ]
    for day in over:
        messages.purge_day(desk.session, day)
    return {day.isoformat() for day in over}


def destroy_keys(
    keyring: Keyring,
    *,
    months: Collection[str] = (),
    days: Collection[str] = (),
    periods: Collection[str] = (),
) -> None:
    """Destroy keys nothing needs; call it only after the deletions were committed."""
    for period in periods:
        keyring.destroy_twins(period)
    for month in months:
        keyring.destroy_retention(month)
    for day in keyring.channel_days():
        if day.isoformat() in days:
            keyring.destroy_channel(day)


def _move(desk: Desk, month: str, current: str) -> None:
    for tip_id in retention.open_of_month(desk.session, month, BATCH):
        wraps = tips.wraps_of(desk.session, tip_id)
        moved = envelope.enclose_anew(desk.tools.keyring, month, current, tip_id, wraps)
        retention.replace_wraps(desk.session, tip_id, current, moved)


def _age(month: str, current: str) -> int:
    """Months between two months written "2026-11"."""
    (year, number), (year_now, number_now) = (map(int, m.split("-")) for m in (month, current))
    return (year_now - year) * 12 + number_now - number
