"""A new officer uses a one-time link: name, password, authenticator app. Opens a new station."""

import re
from collections.abc import Iterable
from itertools import groupby

import segno

from console.login import landing
from console.refusals import NameMissingError, PasswordsDifferError
from console.visit import Answer, Go, KeyNeeded, Show, Visit
from desk import activation, logins, officers, passwords, stations, totp
from desk.errors import ProvinceNotActiveError
from desk.officers import Joining
from storage.models import Invite, Station

NAME_LENGTH = 80  # characters
QUIET_ZONE = 4  # modules around the code; ISO/IEC 18004
FIRST_OF_ALL = "Mở kênh cho tỉnh, thành phố"
_SECRET = re.compile(r"[A-Z2-7]{32}")  # as pyotp makes them


def show(visit: Visit) -> Answer:
    """The form, with a QR code for the authenticator app."""
    invite = officers.find_invite(visit.desk, visit.path["token"])
    station = _station(visit, invite)
    title = station.name if station else FIRST_OF_ALL
    secret = shown_secret(visit)
    uri = totp.uri(secret, title)
    return Show(
        "join.html",
        {
            "title": title,
            "role": invite.role,
            "opens": station is None or station.public_key is None,
            "provinces": [] if station else _closed_provinces(visit),
            "typed": visit.form,
            "password_length": officers.PASSWORD_LENGTH,
            "name_length": NAME_LENGTH,
            "secret": secret,
            "groups": [secret[i : i + 4] for i in range(0, len(secret), 4)],
            "uri": uri,
            "qr": qr(uri),
        },
    )


def join(visit: Visit) -> Answer:
    """Check what was typed, make the slow key, then make the officer and their log-in."""
    token = visit.path["token"]
    _station(visit, officers.find_invite(visit.desk, token))
    joining = _typed(visit)
    officers.check_joining(visit.desk, joining)
    salt = passwords.new_salt()

    def then(later: Visit, key: bytes) -> Show | Go:
        signed = officers.join(later.desk, token, joining, salt, key)
        station = stations.find(later.desk, signed.officer.station_code)
        if station is not None and station.kind == "commune" and station.public_key is None:
            activation.activate_commune(later.desk, signed)
        cookie = logins.open_session(later.desk, signed, later.browser)
        return Go(landing(signed), said=f"Chào {signed.officer.name}!", cookie=cookie)

    return KeyNeeded(joining.password, salt, then)


def _typed(visit: Visit) -> Joining:
    form = visit.form
    name = " ".join(form.get("name", "").split())[:NAME_LENGTH]
    if not name:
        raise NameMissingError
    if form.get("password", "") != form.get("again", ""):
        raise PasswordsDifferError
    return Joining(
        name=name,
        username=form.get("username", "").strip().lower(),
        password=form.get("password", ""),
        totp_secret=shown_secret(visit),
        totp_code=form.get("code", ""),
        province=form.get("province", ""),
    )


def shown_secret(visit: Visit) -> str:
    """The secret the page has shown already, else a new one."""
    shown = visit.form.get("secret", "")
    return shown if _SECRET.fullmatch(shown) else totp.new_secret()


def _station(visit: Visit, invite: Invite) -> Station | None:
    """The station the link leads into; None for the very first officer, who picks a province.

    Raises:
        ProvinceNotActiveError: said before somebody fills in the form.
    """
    if invite.station_code is None:
        return None
    station = stations.find(visit.desk, invite.station_code)
    if station is not None and station.kind == "commune" and station.public_key is None:
        province = stations.find(visit.desk, station.province_code)
        if province is None or not stations.is_active(province):
            raise ProvinceNotActiveError
    return station


def _closed_provinces(visit: Visit) -> list[Station]:
    return [s for s in stations.provinces(visit.desk) if not stations.is_active(s)]


def qr(uri: str) -> tuple[int, str]:
    """Width and path of a QR code with its quiet zone, for an SVG the template draws."""
    rows = list(segno.make(uri, error="l", micro=False).matrix_iter(border=QUIET_ZONE))
    return len(rows), "".join(_runs(y, row) for y, row in enumerate(rows))


def _runs(y: int, row: Iterable[int]) -> str:
    """One row's dark runs as rectangles."""
    path, x = "", 0
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            path += f"M{x} {y}h{length}v1h-{length}z"
        x += length
    return path
