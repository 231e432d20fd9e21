"""One-time links that come too late: whoever was faster has opened what the link was to open."""

from uuid import UUID

from desk import handover, roles
from desk.desk import Desk
from desk.errors import FirstOfficerTakenError, StationOpenedError
from storage import officers, stations
from storage.models import Invite


def hold(desk: Desk) -> None:
    """One at a time: until the transaction ends nobody else joins and no other station opens."""
    officers.hold(desk.session)


def withdraw_resets(desk: Desk, officer_id: UUID) -> None:
    """Links that would make this officer's log-in anew open nothing any more, and hold no key.

    One may have gone astray: that is why there is a second one.
    """
    for token_mac, station in officers.withdraw_resets(desk.session, officer_id):
        stations.drop_key(desk.session, station, f"invite:{token_mac.hex()}")


def check(desk: Desk, invite: Invite, token: str) -> None:
    """Refuse a link that would make an officer nobody meant to have any more.

    Several links may be on their way: each start prints one until somebody has joined, and a
    station may be given more than one. Once the first officer of all is there, a link that lets
    pick a province opens nothing. Once a station has its key, a link made before hands none over:
    its user would see the queue and let people in, and could open no tip.

    Raises:
        FirstOfficerTakenError, StationOpenedError: with what to do instead.
    """
    if invite.station_code is None:
        if officers.count(desk.session):
            raise FirstOfficerTakenError
        return
    if invite.role not in roles.READERS or handover.encloses(desk, token, invite.station_code):
        return
    station = stations.find(desk.session, invite.station_code)
    if station is not None and station.public_key is not None:
        raise StationOpenedError(name=station.name)
