"""The world most tests live in: one province, one commune, three officers, always the same Monday.

Lan is a citizen. Hoa (chief) and Minh work at Công an xã Rạch Kiến (28114), Ngân at the duty desk
of Tây Ninh (80).
"""

import shutil
from base64 import b32encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pyotp
import pytest

from bot import tools
from desk import activation, logins, officers, passwords, queue, receipts, stations, tips
from desk.desk import Desk, Office, Tools
from desk.officers import Joining, Signed
from nlp.judge import Judge, Score
from storage import migrate
from storage.db import Store, role_urls
from storage.keyring import Keyring
from storage.vault import CHEAP_PASSWORD_COST
from tests.server import Databases

SECRET = "sample secret of the roles"
MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
PASSWORD = "lua chin ven song"
PROVINCE, COMMUNE, NEIGHBOUR = "80", "28114", "28126"


class Clock:
    """Time stands still until a test moves it."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def __call__(self) -> datetime:  # noqa: D102 # a clock
        return self.at


@dataclass(frozen=True)
class World:
    """An office with open stations, and the people in them."""

    office: Office
    clock: Clock
    hoa: Signed
    minh: Signed
    ngan: Signed

    def submit(
        self, text: str, place: str | None = COMMUNE, *, about_station: bool = False
    ) -> tips.Submitted:
        """A tip comes in."""
        with self.office.begin("intake") as desk:
            return tips.submit(desk, tips.Draft(text, place, about_station=about_station))

    def waiting(self, signed: Signed, tab: str = "new") -> list[UUID]:
        """Ids in a tab of this officer's queue."""
        with self.office.begin("desk", signed.id) as desk:
            return [row.tip.id for row in queue.waiting(desk, tab)]

    def opened(self, signed: Signed, tip_id: UUID) -> queue.Opened:
        """The tip as this officer reads it."""
        with self.office.begin("desk", signed.id) as desk:
            return queue.open_tip(desk, signed, tip_id)

    def claim(self, signed: Signed, tip_id: UUID) -> None:
        """The officer takes the tip."""
        with self.office.begin("desk", signed.id) as desk:
            queue.claim(desk, signed, tip_id)

    def ask(self, signed: Signed, tip_id: UUID, text: str) -> None:
        """The officer asks the sender."""
        with self.office.begin("desk", signed.id) as desk:
            queue.ask(desk, signed, tip_id, text)

    def transfer(self, signed: Signed, tip_id: UUID, to: str) -> str:
        """The officer hands the tip on; the name of the station that now holds it."""
        with self.office.begin("desk", signed.id) as desk:
            return queue.transfer(desk, signed, tip_id, to, "Không thuộc địa bàn")

    def close(self, signed: Signed, tip_id: UUID, disposition: str = "handled") -> None:
        """The officer closes the tip."""
        with self.office.begin("desk", signed.id) as desk:
            queue.close(desk, signed, tip_id, disposition, "Cảm ơn bà con")

    def follow(self, receipt: str) -> receipts.Followed:
        """The citizen comes back with the receipt."""
        with self.office.begin("intake") as desk:
            return receipts.follow(desk, receipt)

    def add(self, receipt: str, text: str) -> None:
        """The citizen answers, or adds facts."""
        with self.office.begin("intake") as desk:
            receipts.add(desk, receipt, text)

    def newest(self, signed: Signed) -> UUID:
        """The only new tip in this officer's queue."""
        (tip_id,) = self.waiting(signed)
        return tip_id


def totp(username: str) -> pyotp.TOTP:
    """The authenticator of a sample officer."""
    return pyotp.TOTP(b32encode(username.encode().ljust(20, b".")).decode())


def open_office(url: str, keyring: Keyring, base: Tools, clock: Clock) -> Office:
    """An office on this database; `base` brings the models, which are the same for all tests."""
    store = Store(role_urls(_as_roles_secret(url)), pool_size=8)
    cheap = replace(base, keyring=keyring, password_cost=CHEAP_PASSWORD_COST)
    return Office(store, cheap, clock)


def build_empty(databases: Databases, base: Tools) -> None:
    """Template `empty`: migrated, every station of the country, nobody in them."""

    def build(url: str) -> None:
        migrate.upgrade(url, SECRET)
        office = open_office(url, base.keyring, base, Clock())
        with office.store, office.begin("sweeps") as desk:
            stations.sync(desk)

    databases.template("empty", build)


def build_world(databases: Databases, base: Tools) -> tuple[Signed, Signed, Signed]:
    """Template `world`: the three officers at work, under the keys of `base`."""
    people: list[Signed] = []

    def build(url: str) -> None:
        office = open_office(url, base.keyring, base, Clock())
        with office.store:
            ngan = hire(office, PROVINCE, "province", "Ngân", "ngan", open_province)
            hoa = hire(office, COMMUNE, "chief", "Hoa", "hoa", activation.activate_commune)
            minh = hire(office, COMMUNE, "officer", "Minh", "minh", invited_by=hoa)
            people.extend((hoa, minh, ngan))

    databases.template("world", build, "empty")
    hoa, minh, ngan = people
    return hoa, minh, ngan


def hire(  # noqa: PLR0913 # reads as a sentence where it is called
    office: Office,
    station: str,
    role: str,
    name: str,
    username: str,
    then: Callable[..., None] | None = None,
    *,
    invited_by: Signed | None = None,
) -> Signed:
    """Let an officer in the way a real one gets in."""
    with office.begin("desk") as desk:
        if invited_by is None:
            token = officers.first_invite(desk, station, role)
        else:
            token = officers.invite(desk, invited_by, station, role)
    salt = passwords.new_salt()
    key = passwords.make_key(office.tools, PASSWORD, salt)
    with office.begin("desk") as desk:
        code = totp(username).at(desk.at)
        joining = Joining(name, username, PASSWORD, totp(username).secret, code)
        signed = officers.join(desk, token, joining, salt, key)
        if then is not None:
            then(desk, signed)
    return signed


def everybody(world: World) -> dict[str, Signed]:
    """One officer of each role, by user name: those of the world, an editor and an admin."""
    yen = hire(world.office, COMMUNE, "editor", "Yến", "yen", invited_by=world.hoa)
    khoi = hire(world.office, PROVINCE, "admin", "Khôi", "khoi", invited_by=world.ngan)
    return {"minh": world.minh, "hoa": world.hoa, "ngan": world.ngan, "yen": yen, "khoi": khoi}


def open_province(desk: Desk, signed: Signed) -> None:
    """Confirm a recovery key, as the page would."""
    cookie = logins.open_session(desk, signed)
    recovery = activation.new_recovery(cookie)
    typed = tuple(recovery.groups[number - 1] for number in recovery.asked)
    activation.confirm_recovery(desk, signed, cookie, recovery.carried, typed)


def doubt(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every text taken for no tip from now on, though gambling is likelier than that."""
    top = (Score("not_a_tip", 0.2), Score("gambling", 0.6), Score("drugs", 0.1))
    doubtful = office.tools.judge.judge("hôm nay trời đẹp")._replace(confidence=0.2, top=top)
    monkeypatch.setattr(Judge, "judge", lambda _judge, _text: doubtful)


def copy_keys(source: Path, target: Path) -> Keyring:
    """A test's own key folder: it may destroy keys."""
    shutil.copytree(source, target)
    return Keyring(target)


def load_tools(keys: Path) -> Tools:
    """Models and gazetteer, once per test run."""
    return tools.load(Keyring(keys), CHEAP_PASSWORD_COST)


def _as_roles_secret(owner_url: str) -> str:
    """The owner's URL with the roles' secret in place of the owner's password."""
    scheme, rest = owner_url.split("://", 1)
    return f"{scheme}://x:{SECRET.replace(' ', '%20')}@{rest.split('@', 1)[1]}"
