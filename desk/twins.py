"""Tips that may be about one event: found by marks, shown to officers, never merged by themselves.

What is compared is what was told, by its marks (`desk.marks`), never who told it.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from desk import marks, opening, queue
from desk.desk import Desk
from desk.errors import NoSuchTipError
from desk.officers import Signed
from desk.queue import Opened, Row
from nlp.twins import FLOOR, alike, may_meet
from storage import alerts, twins
from storage.models import Tip
from storage.queue import Listed
from storage.twins import Near

WINDOW = timedelta(days=30)  # two tellings of one event are not further apart
COMPARED = 1000  # the latest tips nearby
SHOWN = 8
_LIKELY = 0.1  # of the machine's guesses at a category


def beside(desk: Desk, opened: Opened) -> list[Row]:
    """Tips this officer may see that may be about the same event, the likest first."""
    words = desk.tools.twins.marks(opened.report["text"])
    kinds = _kinds(opened)
    found: list[tuple[float, Tip]] = []
    for period in marks.periods_around(desk, opened.tip.received_hour):
        mine = marks.keyed(desk.tools.keyring.twins_of(period), words)
        found += [
            (_likeness(mine, stored, desk.tools.twins.limit), tip)
            for tip, stored in _candidates(desk, opened, period)
            if any(may_meet(kind, tip.category) for kind in kinds)
        ]
    likest = sorted(
        ((score, tip) for score, tip in found if score >= desk.tools.twins.limit),
        key=lambda pair: (-pair[0], pair[1].id),
    )
    return queue.rows(desk, [Listed.of(tip) for _, tip in likest[:SHOWN]])


def close(  # one decision about several tips
    desk: Desk,
    signed: Signed,
    tip_id: UUID,
    chosen: Collection[UUID],
    disposition: str,
    reason: str,
) -> int:
    """Close twins of a tip, all in the same way; returns how many. The tip itself stays open.

    Whoever decides that takes them first, as anybody would: it stands in each one's log.

    Raises:
        NotYoursError: take the tip first.
        NoSuchTipError: no twin of it.
        AlreadyClaimedError: a colleague has one of them; none is closed then.
    """
    opening.mine(desk, signed, tip_id)
    alerts.hold(desk.session, chosen)  # before the first line of the audit log, as the sweep does
    known = {row.tip.id for row in beside(desk, queue.open_tip(desk, signed, tip_id))}
    if not known.issuperset(chosen):
        raise NoSuchTipError
    for twin in sorted(chosen):
        queue.claim(desk, signed, twin)
        queue.close(desk, signed, twin, disposition, reason)
    return len(chosen)


def _candidates(desk: Desk, opened: Opened, period: str) -> list[tuple[Tip, bytes]]:
    at = opened.tip.received_hour
    stations = _nearby(desk, opened.tip, opened.report)
    near = Near(opened.tip.id, period, at - WINDOW, at + WINDOW, stations)
    return twins.candidates(desk.session, near, COMPARED)


def _likeness(mine: dict[int, int], stored: bytes, limit: float) -> float:
    """As `alike`; 0 where too little is shared to look further, which is nearly everywhere."""
    shared = sum(mine[one] for one in mine.keys() & marks.hashes(stored))
    return alike(mine, marks.unpacked(stored)) if shared >= limit * FLOOR else 0.0


def _nearby(desk: Desk, tip: Tip, report: dict[str, Any]) -> list[str] | None:
    """The commune where it happened and those around it, and the province, which holds the rest."""
    communes = desk.tools.gazetteer.communes
    where = next((c for c in (report["place"], tip.station_code) if c in communes), None)
    if where is None:
        return None
    return sorted({*desk.tools.gazetteer.near(where), tip.station_code, tip.province_code})


def _kinds(opened: Opened) -> set[str]:
    """What it may be about: as it is filed, and what else the machine thought likely."""
    top: Sequence[tuple[str, float]] = opened.report["top"]
    return {opened.tip.category, *(kind for kind, sure in top if sure >= _LIKELY)}
