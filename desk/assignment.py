"""Who at a station has a tip: given to a colleague, or put back into the queue."""

from uuid import UUID

from desk import officers, opening, queue, roles
from desk.desk import Desk
from desk.errors import NoSuchColleagueError, NotAllowedError
from desk.officers import Signed
from storage import tips
from storage.models import Officer, Tip


def may(desk: Desk, signed: Signed, tip: Tip) -> bool:
    """Whoever has the tip may pass it on inside the station; a chief may do it for all.

    What somebody who has left still has, everybody may pass on.
    """
    if tip.state == "closed":
        return False
    if signed.may_invite or tip.claimed_by == signed.id:
        return True
    holder = officers.find(desk, tip.claimed_by) if tip.claimed_by else None
    return holder is not None and holder.state == "left"


def candidates(desk: Desk, signed: Signed, tip: Tip) -> list[Officer]:
    """Colleagues who could take it: those who hold the key that opens it."""
    there = officers.colleagues(desk, signed.officer.station_code)
    readers = [one for one in there if one.state == "active" and one.role in roles.READERS]
    return [one for one in readers if one.id != tip.claimed_by]


def assign(desk: Desk, signed: Signed, tip_id: UUID, to: UUID) -> str:
    """Give the tip to a colleague of one's own station; returns their name.

    Raises:
        NotAllowedError: neither the holder nor a chief.
        NoSuchColleagueError: not at this station, holds no key, or has left.
    """
    tip = _passable(desk, signed, tip_id)
    found = [one for one in candidates(desk, signed, tip) if one.id == to]
    if not found:
        raise NoSuchColleagueError
    fresh = tip.claimed_by is None
    tips.give(desk.session, tip_id, to)
    if fresh:
        queue.start_handling(desk, tip)
    opening.record(desk, signed, tip, "tip.assigned", str(to))
    return found[0].name


def release(desk: Desk, signed: Signed, tip_id: UUID) -> None:
    """Put the tip back: new again, its time to be taken runs anew, and officers are told."""
    tip = _passable(desk, signed, tip_id)
    if tip.claimed_by is None:
        return
    tips.release(desk.session, tip_id, desk.at.replace(second=0, microsecond=0))
    queue.start_waiting(desk, tip)
    opening.record(desk, signed, tip, "tip.released")


def _passable(desk: Desk, signed: Signed, tip_id: UUID) -> Tip:
    tip = opening.still_open(desk, tip_id)
    if not may(desk, signed, tip):
        raise NotAllowedError
    return tip
