"""Floods: many tips of nearly the same text within an hour. They ring once and are closed together.

What is compared is what was told, by its marks (`desk.marks`). Nothing says, and nobody can ask,
whether one person sent them. No tip is dropped: each stays in the queue until an officer closes it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from desk import marks, opening, queue
from desk.desk import Desk
from desk.officers import Signed
from nlp.twins import FLOOR
from storage import alerts, floods
from storage.alerts import DueAlert
from storage.floods import Flood, Recent
from storage.models import Tip

FEWEST = 5  # so many are a flood; below that every tip rings
CLOSED_AT_ONCE = 100
_SHOWN = 5
_WINDOW = timedelta(hours=1)  # a tip knows the hour it came in, no more
_REMEMBERED = timedelta(days=marks.PERIOD)
_ALIKE = 0.9  # of the weight of the longer text: a sentence added makes it another one
_COMPARED = 300  # tips of a station; one that gets more in an hour compares the latest


def hushed(desk: Desk, due: Iterable[DueAlert]) -> set[UUID]:
    """Tips of a flood of which officers have heard: marked as such, and to be told no more.

    Args: due: alerts whose time has come; only those nobody was told of yet are looked at.
    """
    fresh: defaultdict[str, set[UUID]] = defaultdict(set)
    for alert in due:
        if not alert.step:
            fresh[alert.station_code].add(alert.tip_id)
    return set().union(*(_of_station(desk, code, tips) for code, tips in sorted(fresh.items())))


def waiting(desk: Desk) -> list[Flood]:
    """Floods with more than one open tip this officer may see."""
    return floods.waiting(desk.session, 2, _SHOWN)


def hours(flood: Flood) -> int:
    """Within how many hours its tips came."""
    return int((flood.until - flood.since) / _WINDOW) + 1


def others(desk: Desk, signed: Signed, tip: Tip) -> int:
    """How many tips of the same flood could be closed with this one, at most `CLOSED_AT_ONCE`."""
    if tip.flood is None:
        return 0
    return len(floods.others(desk.session, tip, signed.id, CLOSED_AT_ONCE))


def close(desk: Desk, signed: Signed, tip_id: UUID, disposition: str, reason: str) -> int:
    """Close the other tips of a flood, `CLOSED_AT_ONCE` of them at most; returns how many.

    The tip itself stays open. Those a colleague has taken are left to them.

    Raises:
        NotYoursError: take the tip first.
    """
    tip = opening.mine(desk, signed, tip_id)
    if tip.flood is None:
        return 0
    there = floods.others(desk.session, tip, signed.id, CLOSED_AT_ONCE)
    # All of them before the first line of the audit log, as the sweep does: no deadlock with it.
    alerts.hold(desk.session, there)
    still = set(floods.others(desk.session, tip, signed.id, CLOSED_AT_ONCE))
    chosen = [other for other in there if other in still]
    for other in chosen:
        queue.claim(desk, signed, other)
        queue.close(desk, signed, other, disposition, reason)
    return len(chosen)


def forget(desk: Desk) -> None:
    """What was closed long ago is tied to no other tip for longer than its marks could tell."""
    floods.forget(desk.session, desk.at - _REMEMBERED)


def _of_station(desk: Desk, station: str, fresh: set[UUID]) -> set[UUID]:
    rows = floods.recent(desk.session, station, desk.hour - _WINDOW, fresh, _COMPARED)
    known = {row.id: marks.unpacked(row.marks) for row in rows}
    quiet: set[UUID] = set()
    left = [row for row in rows if row.id in fresh]
    while left:
        first = known[left[0].id]
        group = [
            row for row in rows if row.urgent == left[0].urgent and _same(first, known[row.id])
        ]
        left = [row for row in left[1:] if row not in group]
        if _is_flood(group):
            _mark(desk, group)
            quiet |= _quiet(group, fresh, long=sum(first.values()) >= FLOOR)
    return quiet


def _is_flood(group: Sequence[Recent]) -> bool:
    return len(group) >= FEWEST or any(row.flood for row in group)


def _mark(desk: Desk, group: Sequence[Recent]) -> None:
    name = next((row.flood for row in group if row.flood), None) or uuid4()
    floods.put(desk.session, name, [row.id for row in group if row.flood is None])


def _quiet(group: Sequence[Recent], fresh: set[UUID], *, long: bool) -> set[UUID]:
    """All but the first. "Cứu tôi với" may be said in many places: short and urgent, all ring."""
    mine = sorted(row.id for row in group if row.id in fresh)
    if group[0].urgent and not long:
        return set()
    heard = any(not row.unheard for row in group)
    return set(mine if heard else mine[1:])


def _same(one: dict[int, int], other: dict[int, int]) -> bool:
    longer = max(sum(one.values()), sum(other.values()))
    shared = sum(one[mark] for mark in one.keys() & other.keys())
    return shared >= _ALIKE * longer
