"""An officer leaves: no log-in, no key, no tip in their hands, no link of theirs that still works.

What they did stays in the audit log. The station's key stays the same: outside the server nobody
ever held it, only a wrap that their password opened, and that wrap is gone.

A commune whose last reader leaves is closed until somebody with its key comes: new tips go to the
province (`desk.stations.destination`), and the province sees those that are open there.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from desk import audit as log
from desk import links, opening, queue, roles
from desk.desk import Desk
from desk.errors import LastReaderError, NoSuchColleagueError, NotAllowedError
from desk.officers import Signed
from storage import alerts, officers, stations, tips
from storage.db import see_as
from storage.models import Officer, Tip


def may(signed: Signed, officer: Officer, province: str) -> bool:
    """A chief for their own station, the province for its stations; nobody for themselves."""
    own = officer.station_code == signed.officer.station_code
    above = signed.officer.role in roles.ABOVE and signed.officer.station_code == province
    return signed.may_invite and (own or above) and officer.id != signed.id


def leave(desk: Desk, signed: Signed, officer_id: UUID) -> str:
    """Take everything from an officer; returns their name. Their open tips are new again.

    Raises:
        NoSuchColleagueError: nobody who works here.
        NotAllowedError: neither their chief nor their province, or oneself.
        LastReaderError: nobody could open the province's tips any more, not even with its recovery
            key, which needs somebody it can give the key to.
    """
    officer = officers.find(desk.session, officer_id)
    if officer is None or officer.state != "active":
        raise NoSuchColleagueError
    station = stations.find(desk.session, officer.station_code)
    if station is None or not may(signed, officer, station.province_code):
        raise NotAllowedError
    links.hold(desk)  # two who let each other go must not both go
    last = _is_last(desk, officer)
    if last and station.kind == "province":
        raise LastReaderError(name=officer.name)
    code, name = officer.station_code, officer.name
    _let_go_of_tips(desk, signed, officer, last=last)
    if last:
        stations.close(desk.session, code)
    for token_mac, station_code in officers.withdraw_invites(desk.session, officer_id):
        stations.drop_key(desk.session, station_code, f"invite:{token_mac.hex()}")
    links.withdraw_resets(desk, officer_id)
    stations.drop_key(desk.session, code, f"officer:{officer_id}")
    officers.leave(desk.session, officer_id)
    log.record(desk, "officer.left", officer=signed.id, station=code, detail=str(officer_id))
    return name


def _is_last(desk: Desk, officer: Officer) -> bool:
    """Whether nobody else at work there holds the station's key."""
    there = officers.of_station(desk.session, officer.station_code)
    readers = {one.id for one in there if one.state == "active" and one.role in roles.READERS}
    return readers == {officer.id}


def _let_go_of_tips(desk: Desk, signed: Signed, officer: Officer, *, last: bool) -> None:
    """All they held, seen as they saw it: whoever lets them go may see less, an admin nothing.

    Every tip before the first line of the audit log, as all deeds do: no deadlock.
    Args: last: nobody else there can open a tip, so the province has to see all that are open.
    """
    see_as(desk.session, officer.id)
    there = tips.open_at(desk.session, officer.station_code) if last else []
    seen = {tip.id for tip in (*there, *tips.held_by(desk.session, officer.id))}
    alerts.hold(desk.session, seen)
    held = tips.held_by(desk.session, officer.id)
    _release(desk, held)
    upward = [tip for tip in there if not tip.escalated]
    _pass_up(desk, upward)
    for tip in held:
        opening.record(desk, signed, tip, "tip.released")
    for tip in upward:
        opening.record(desk, signed, tip, "tip.escalated")
    see_as(desk.session, signed.id)


def _release(desk: Desk, held: Iterable[Tip]) -> None:
    for tip in held:
        tips.release(desk.session, tip.id, _now(desk))
        queue.start_waiting(desk, tip)


def _pass_up(desk: Desk, waiting: Iterable[Tip]) -> None:
    """The province may open them, and hears of them."""
    for tip in waiting:
        alerts.escalate(desk.session, tip.id)
        tips.tell_again(desk.session, tip.id, _now(desk))


def _now(desk: Desk) -> datetime:
    """When officers are told: to the minute, a tip's rows must not tell more."""
    return desk.at.replace(second=0, microsecond=0)
