"""An officer leaves: no log-in, no key, no tip in their hands, no link of theirs that still works.

What they did stays in the audit log. The station's key stays the same: outside the server nobody
ever held it, only a wrap that their password opened, and that wrap is gone.
"""

from uuid import UUID

from desk import audit as log
from desk import links, opening, queue, roles
from desk.desk import Desk
from desk.errors import LastReaderError, NoSuchColleagueError, NotAllowedError
from desk.officers import Signed
from storage import alerts, officers, stations, tips
from storage.db import see_as
from storage.models import Officer


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
    if station.kind == "province" and _is_last(desk, officer):
        raise LastReaderError(name=officer.name)
    code, name = officer.station_code, officer.name
    _release_tips(desk, signed, officer_id)
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


def _release_tips(desk: Desk, signed: Signed, officer_id: UUID) -> None:
    """All they held, seen as they saw it: whoever lets them go may see less, an admin nothing.

    Every tip before the first line of the audit log, as all deeds do: no deadlock.
    """
    see_as(desk.session, officer_id)
    alerts.hold(desk.session, [tip.id for tip in tips.held_by(desk.session, officer_id)])
    held = tips.held_by(desk.session, officer_id)
    alert_at = desk.at.replace(second=0, microsecond=0)
    for tip in held:
        tips.release(desk.session, tip.id, alert_at)
        queue.start_waiting(desk, tip)
    for tip in held:
        opening.record(desk, signed, tip, "tip.released")
    see_as(desk.session, signed.id)
