"""The demo: open stations, officers and tips made by the program's own rules, none of them real.

Its notices and their readers: `bot/demo_notices.py`.
"""

import json
from base64 import b32encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp

from bot import demo_notices
from bot.settings import Settings, SettingsError
from bot.tools import DATA
from console.facts import SampleLogin
from desk import activation, logins, officers, passwords, roles, stations, tips
from desk.desk import Desk, Office
from desk.officers import Joining, Signed
from storage.vault import CHEAP_PASSWORD_COST

PASSWORD = "lua chin ven song"  # noqa: S105 # sample officers only; printed and shown on purpose
FOLDER = "demo"  # inside DATA_DIR: samples never mix with real rows
OPERATOR_REFUSED = (
    "the demo says on every screen that it is a trial, so it takes no OPERATOR_NAME: "
    "use make run for real work"
)
TOKEN_REFUSED = "the demo takes no real token: unset TELEGRAM_TOKEN, or use make run for real work"  # noqa: S105 # a sentence
DATABASE_REFUSED = "the demo fills its own embedded database: unset DATABASE_URL, or use make run"


def settings_of(settings: Settings) -> Settings:
    """The operator's settings with a data folder of the demo's own.

    Raises:
        SettingsError: a setting that belongs to real use.
    """
    if settings.operator_name is not None:
        raise SettingsError(OPERATOR_REFUSED)
    if settings.telegram_token is not None:
        raise SettingsError(TOKEN_REFUSED)
    if settings.database_url is not None:
        raise SettingsError(DATABASE_REFUSED)
    return settings.model_copy(update={"data_dir": settings.data_dir / FOLDER})


def seed(office: Office) -> Callable[[], list[SampleLogin]]:
    """Fill an empty database; returns who can log in at the moment it is called."""
    # Nobody waits half a second twelve times for passwords that are printed anyway.
    cheap = Office(office.store, replace(office.tools, password_cost=CHEAP_PASSWORD_COST))
    office.tools = cheap.tools
    with cheap.begin("desk") as desk:
        empty = not officers.anybody(desk)
    if empty:
        people = {sample["username"]: _hire(cheap, sample) for sample in _read("officers.json")}
        demo_notices.fill(cheap, people)
        with cheap.begin("intake") as desk:
            for sample in _read("tips.json"):
                _submit(desk, sample)
    with cheap.begin("desk") as desk:
        names = {s.code: s.name for s in stations.active(desk)}
    return lambda: list(_logins(names))


def _hire(office: Office, sample: dict[str, Any]) -> Signed:
    """Let an officer in the way a real one gets in: invitation, keys, recovery key."""
    with office.begin("desk") as desk:
        chief = _chief_of(desk, sample["station"])
    with office.begin("desk") as desk:
        token = (
            officers.invite(desk, chief, sample["station"], sample["role"])
            if chief
            else officers.first_invite(desk, sample["station"], sample["role"])
        )
    salt = passwords.new_salt()
    key = passwords.make_key(office.tools, PASSWORD, salt)
    with office.begin("desk") as desk:
        secret = _totp(sample["username"])
        code = secret.at(desk.at)
        joining = Joining(sample["name"], sample["username"], PASSWORD, secret.secret, code)
        signed = officers.join(desk, token, joining, salt, key)
        if chief:
            return signed
        if sample["role"] != "province":
            activation.activate_commune(desk, signed)
            return signed
        cookie = logins.open_session(desk, signed)
        recovery = activation.new_recovery(cookie)
        typed = tuple(recovery.groups[number - 1] for number in recovery.asked)
        activation.confirm_recovery(desk, signed, cookie, recovery.carried, typed)
    return signed


def _chief_of(desk: Desk, station: str) -> Signed | None:
    """The station's first sample officer, signed in; None if there is nobody yet."""
    there = officers.colleagues(desk, station)
    if not there:
        return None
    chief = next(one for one in there if one.role in roles.LEADERS & roles.READERS)
    key = passwords.make_key(desk.tools, PASSWORD, chief.salt)
    return logins.unlock(chief, key)


def _submit(desk: Desk, sample: dict[str, Any]) -> None:
    then = replace(desk, at=desk.at - timedelta(hours=sample["hours"]))
    draft = tips.Draft(
        text=sample["text"],
        place=sample["place"],
        place_words=sample["place_words"],
        about_station=sample.get("about_station", False),
    )
    tips.submit(then, draft)


def _logins(names: dict[str, str]) -> Iterator[SampleLogin]:
    now = datetime.now(UTC)
    for sample in _read("officers.json"):
        code = _totp(sample["username"]).at(now)
        where = names.get(sample["station"], sample["station"])
        yield SampleLogin(where, sample["name"], sample["username"], PASSWORD, code)


def _totp(username: str) -> pyotp.TOTP:
    """The same authenticator for the same sample officer in every demo."""
    return pyotp.TOTP(b32encode(username.encode().ljust(20, b".")).decode())


def _read(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((DATA / "demo" / name).read_text(encoding="utf-8"))
    return found
