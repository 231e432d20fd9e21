"""Every address of the whole site, asked for by everybody with what belongs to somebody else.

The routes are read from the program: one without a row here fails.
"""

# long: one table of every route, and what is asked of each
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot import app
from bot.channels.desk import DeskAlerts
from bot.channels.webchat import WebChat
from console.app import ROUTES
from console.facts import Facts
from desk import activation, duty, hours, logins, resets
from desk.inbox import Lane
from desk.officers import Signed
from storage.models import Officer
from tests.fakes import PaperIntake
from tests.notices import AIM, SHIPPER, written
from tests.storage.rows import Owner
from tests.world import COMMUNE, NEIGHBOUR, World, everybody, hire, open_province

FACTS = Facts(operator=None, public_url="http://tin.example", secure_cookies=False)
ELSEWHERE, ELSEWHERE_COMMUNE = "31", "10573"
SECRET_WORD, SEARCHED, DRAFT, PERSON = (
    "kimsanhau",
    "ngocbichthu",
    "Nhápcủangườikhác",
    "Tênngườikhác",
)
TEXT = f"Có hai thanh niên bẻ khoá lấy trộm xe máy ở chợ, tên {SECRET_WORD} {SEARCHED}"
TIP, NOTICE, FORM, PAGE, KEY, PUBLIC, STREAM = (
    "tip",
    "notice",
    "form",
    "page",
    "key",
    "public",
    "stream",
)

# What of somebody else's can be asked for there: a tip or a notice in the address, ids in a form, a
# page that lists one's own, a secret in the address. Public pages know no secrets; the stream is
# the queue's bell.
TABLE: dict[tuple[str, str], str] = {
    ("GET", "/"): PUBLIC,
    ("POST", "/"): PUBLIC,
    ("POST", "/co-chu"): PUBLIC,
    ("GET", "/health"): PUBLIC,
    ("GET", "/ready"): PUBLIC,
    ("GET", "/metrics"): PUBLIC,
    ("GET", "/chat/static/{name}"): PUBLIC,
    ("GET", "/public/{style}"): PUBLIC,
    ("GET", "/nhan/{key}"): KEY,
    ("POST", "/nhan/{key}"): KEY,
    ("GET", "/xa"): PUBLIC,
    ("GET", "/tim-xa"): PUBLIC,
    ("GET", "/xa/{code}"): PUBLIC,
    ("GET", "/xa/{code}/in"): PUBLIC,
    ("GET", "/xa/{code}/feed"): PUBLIC,
    ("GET", "/xa/{code}/{notice}"): NOTICE,
    ("GET", "/xa/{code}/{notice}/to-roi.pdf"): NOTICE,
    ("GET", "/xa/{code}/{notice}/loa"): NOTICE,
    ("GET", "/xa/{code}/{notice}/loa.wav"): NOTICE,
    ("GET", "/desk/live"): STREAM,
    ("GET", "/desk/static"): PUBLIC,
    ("GET", "/desk/login"): PAGE,
    ("POST", "/desk/login"): FORM,
    ("POST", "/desk/logout"): FORM,
    ("GET", "/desk/join/{token}"): KEY,
    ("POST", "/desk/join/{token}"): KEY,
    ("GET", "/desk/reset/{token}"): KEY,
    ("POST", "/desk/reset/{token}"): KEY,
    ("GET", "/desk/lost"): PAGE,
    ("POST", "/desk/lost"): FORM,
    ("POST", "/desk/lost/approve"): FORM,
    ("GET", "/desk/recovery"): PAGE,
    ("POST", "/desk/recovery"): FORM,
    ("GET", "/desk"): PAGE,
    ("GET", "/desk/"): PAGE,
    ("GET", "/desk/queue"): PAGE,
    ("GET", "/desk/walk-in"): PAGE,
    ("POST", "/desk/walk-in"): FORM,
    ("GET", "/desk/search"): PAGE,
    ("POST", "/desk/search"): FORM,
    ("GET", "/desk/tips/{tip}"): TIP,
    ("GET", "/desk/tips/{tip}/photos/{photo}"): TIP,
    ("GET", "/desk/tips/{tip}/slip"): TIP,
    ("GET", "/desk/tips/{tip}/record"): TIP,
    **{
        ("POST", f"/desk/tips/{{tip}}/{deed}"): TIP
        for deed in (
            *("claim", "ask", "note", "transfer", "close", "facts", "category", "urgency"),
            *("place", "not-spam", "assign", "release", "remind", "reminded", "accept"),
            *("hand-over", "extend", "twins", "flood"),
        )
    },
    ("GET", "/desk/notices"): PAGE,
    ("GET", "/desk/notices/new"): PAGE,
    ("POST", "/desk/notices/new"): FORM,
    ("GET", "/desk/notices/{notice}"): NOTICE,
    ("GET", "/desk/notices/{notice}/edit"): NOTICE,
    **{
        ("POST", f"/desk/notices/{{notice}}/{deed}"): NOTICE
        for deed in ("edit", "submit", "approve", "back", "recall", "pause", "resume", "stop")
    },
    ("GET", "/desk/channels"): PAGE,
    ("GET", "/desk/questions"): PAGE,
    ("POST", "/desk/questions/teach"): FORM,
    ("POST", "/desk/questions/drop"): FORM,
    ("GET", "/desk/words"): PAGE,
    ("POST", "/desk/words"): FORM,
    ("POST", "/desk/words/effect"): FORM,
    ("POST", "/desk/words/remove"): FORM,
    ("GET", "/desk/officers"): PAGE,
    ("POST", "/desk/officers/leave"): FORM,
    ("POST", "/desk/officers/invite"): FORM,
    ("POST", "/desk/officers/group"): FORM,
    ("POST", "/desk/officers/group/cut"): FORM,
    ("GET", "/desk/hours"): PAGE,
    ("POST", "/desk/hours"): FORM,
    ("GET", "/desk/kept"): PAGE,
    ("POST", "/desk/kept/drop"): FORM,
    ("GET", "/desk/password"): PAGE,
    ("POST", "/desk/password"): FORM,
    ("GET", "/desk/audit"): PAGE,
    ("POST", "/desk/audit"): FORM,
}
VISITORS = ("nobody", "minh", "hoa", "ngan", "yen", "khoi")


@dataclass(frozen=True)
class Foreign:
    """What a station has that nobody else may see or change."""

    station: str
    tip: UUID
    notice: UUID
    officer: Officer
    chat: UUID


@dataclass(frozen=True)
class Everything:
    """The site, who visits it, and what belongs to others."""

    client: TestClient[Any, Any]
    world: World
    staff: dict[str, Signed]
    foreign: dict[str, Foreign]

    async def ask(self, who: str, route: tuple[str, str], other: Foreign) -> tuple[int, str]:
        """One request with everything of the other station in it: status, and all that came."""
        method, pattern = route
        path = pattern.format(
            **dict.fromkeys(("token", "key", "name", "style"), "A" * 32),
            code=other.station, tip=other.tip, photo=UUID(int=7), notice=other.notice,
        )  # fmt: skip
        cookie = ""
        if who != "nobody":
            with self.world.office.begin("desk") as desk:
                cookie = logins.open_session(desk, self.staff[who])
        officer = self.staff[who].id if who != "nobody" else logins.NOBODY
        token = logins.form_token(self.world.office.tools, "guest", officer)
        fields = _fields(other) | {"csrf": token}
        if pattern == "/desk/login":
            fields["username"] = "nobody"
        answer = await self.client.request(
            method,
            path,
            params={"station": other.station, "after": str(other.tip), "before": "999999"},
            data=fields if method == "POST" else None,
            headers={"Cookie": f"tl_desk={cookie}; tl_desk_browser=guest"},
            allow_redirects=False,
        )
        async with answer:
            body = (await answer.read()).decode("utf-8", "replace")
        return answer.status, f"{answer.headers} {body}"


def _fields(other: Foreign) -> dict[str, str]:
    """Whatever any form of the desk may carry, pointing at the other station."""
    return {
        **dict.fromkeys(("text", "remark", "reason", "who", "when"), "Chỗ ấy có đông người không?"),
        "tip": str(other.tip),
        "officer": str(other.officer.id),
        "chat": str(other.chat),
        "station": other.station,
        "username": other.officer.username,
        "role": "officer",
        "to": "Rạch Kiến",
        "code": COMMUNE,
        "category": "theft_robbery",
        "urgent": "1",
        "disposition": "handled",
        "on": "2026-03-09",
        "revision": "1",
        "version": "0",
        "q": SEARCHED,
        "told": "desk",
        "ongoing": "yes",
        "always": "on",
        "step": "written",
        "old": "wrong",
        "new": "mot hai ba bon",
        "again": "mot hai ba bon",
    }


def test_every_route_of_the_program_has_a_row(everything: Everything) -> None:
    known = set()
    for found in everything.client.app.router.routes():  # type: ignore[union-attr] # it has an application
        path = found.resource.canonical if found.resource else ""
        if path.startswith("/public/"):
            path = "/public/{style}"
        if found.method != "HEAD":
            known.add((found.method, path))

    assert known == set(TABLE)


@pytest.fixture
async def everything(world: World, owner_url: str) -> AsyncIterator[Everything]:
    staff = everybody(world)
    hire(world.office, ELSEWHERE, "province", f"{PERSON} 1", "bao", open_province)
    foreign = {
        code: _furnish(world, owner_url, code, name)
        for code, name in ((ELSEWHERE_COMMUNE, "nhung"), (NEIGHBOUR, "tam"))
    }
    with ThreadPoolExecutor(4) as workers:
        alerts = DeskAlerts(world.office, workers, FACTS)
        channels = (WebChat(PaperIntake(), None), alerts)
        site = app.site(world.office, workers, workers, FACTS, channels)
        async with TestClient(TestServer(site)) as client:
            yield Everything(client, world, staff, foreign)


def _furnish(world: World, owner_url: str, code: str, name: str) -> Foreign:
    """A station with a tip, a draft, an officer, an alert chat, hours and a lost password."""
    chief = hire(world.office, code, "chief", f"{PERSON} {name}", name, activation.activate_commune)
    colleague = hire(world.office, code, "officer", f"{PERSON} bạn {name}", f"ban-{name}",
                     invited_by=chief)  # fmt: skip
    world.submit(TEXT, code)
    aim = replace(AIM, communes=(code,))
    notice = written(world, chief, replace(SHIPPER, title=DRAFT), aim)
    with world.office.begin("desk", chief.id) as desk:
        typed = duty.new_code(desk, code)
    with world.office.begin("sweeps") as desk:
        duty.connect(desk, Lane("telegram", f"-100{code}"), typed)
    with world.office.begin("desk", chief.id) as desk:
        hours.put(desk, chief, code, {0: (420, 1020)})
        resets.ask(desk, chief, colleague.officer.username)
        [chat] = duty.connected(desk, code)
    with Owner(owner_url) as owner:
        tip = owner.one("SELECT id FROM tip WHERE station_code = %s", code)
    return Foreign(code, tip, notice, colleague.officer, chat.id)


def _state(owner_url: str, code: str) -> list[str]:
    """Everything stored about a station, as one line per table."""
    own = "station_code = %s"
    of_tip = "tip_id IN (SELECT id FROM tip WHERE station_code = %s)"
    of_officer = "officer_id IN (SELECT id FROM officer WHERE station_code = %s)"
    where = dict.fromkeys(
        ("tip", "notice", "officer", "station_key", "invite", "duty_chat", "duty_hours"), own
    )
    where |= dict.fromkeys(("tip_wrap", "tip_entry", "alert"), of_tip)
    where |= dict.fromkeys(("reset_request", "officer_scope"), of_officer)
    with Owner(owner_url) as owner:
        return [
            f"{table} {owner.one(_DIGEST.format(table=table, where=rows), code)}"
            for table, rows in where.items()
        ]


_DIGEST = "SELECT md5(string_agg(r::text, '' ORDER BY r::text)) FROM {table} r WHERE {where}"


def _theirs(who: str, kind: str) -> list[str]:
    """Whose things this visitor must not see: a province sees its communes, not their tips."""
    if who in ("ngan", "khoi") and kind != TIP:
        return [ELSEWHERE_COMMUNE]
    return [ELSEWHERE_COMMUNE, NEIGHBOUR]


def _secrets(who: str) -> list[str]:
    """Words that must not come. Names of colleagues in the own province are no secret to it."""
    person = f"{PERSON} bạn nhung" if who in ("ngan", "khoi") else PERSON
    return [SECRET_WORD, person] if who == "ngan" else [SECRET_WORD, person, DRAFT]


@pytest.mark.parametrize("who", VISITORS)
async def test_nothing_of_another_station_is_seen_or_changed(
    who: str, everything: Everything, owner_url: str
) -> None:
    before = {code: _state(owner_url, code) for code in everything.foreign}
    role = everything.staff[who].officer.role if who != "nobody" else ""
    gates = {(route.method, f"/desk{route.path}"): route.roles for route in ROUTES}
    asked = 0
    for route, kind in TABLE.items():
        if kind == STREAM and who in ("minh", "hoa", "ngan"):
            continue  # it stays open; whose bell rings is looked at in test_live.py
        for code in _theirs(who, kind):
            status, came = await everything.ask(who, route, everything.foreign[code])
            asked += 1
            leaked = [word for word in _secrets(who) if word in came]
            assert leaked == [], f"{who}: {route} of {code}"
            assert status < 500, f"{who}: {route} of {code}"
            if kind in (TIP, NOTICE):
                let_in = role in gates.get(route, ()) or not route[1].startswith("/desk")
                refused = 404 if let_in else 403 if role else 303
                assert status == refused, f"{who}: {route} of {code}"

    assert asked >= len(TABLE) - 1
    assert {code: _state(owner_url, code) for code in everything.foreign} == before


@pytest.mark.parametrize("who", ["nobody", "yen", "khoi"])
async def test_own_tips_too_are_closed_to_those_without_a_key(
    who: str, everything: Everything, owner_url: str
) -> None:
    world = everything.world
    world.submit(TEXT)
    own = replace(everything.foreign[NEIGHBOUR], station=COMMUNE, tip=world.newest(world.minh))
    before = _state(owner_url, COMMUNE)

    for route, kind in TABLE.items():
        if kind == TIP:
            status, came = await everything.ask(who, route, own)
            assert status == (303 if who == "nobody" else 403), route
            assert SECRET_WORD not in came
    assert _state(owner_url, COMMUNE) == before


async def test_the_look_for_leaks_is_not_blind(everything: Everything) -> None:
    world = everything.world
    world.submit(TEXT)
    draft = written(world, world.hoa, replace(SHIPPER, title=DRAFT))
    own = replace(
        everything.foreign[NEIGHBOUR], station=COMMUNE, tip=world.newest(world.minh), notice=draft
    )
    for path, word in (("tips/{tip}", SECRET_WORD), ("notices/{notice}", DRAFT)):
        status, came = await everything.ask("hoa", ("GET", f"/desk/{path}"), own)
        assert (status, word in came) == (200, True)
    status, came = await everything.ask("hoa", ("POST", "/desk/search"), own)
    assert (status, SECRET_WORD in came or str(own.tip) in came) == (200, True)
    assert str(everything.foreign[NEIGHBOUR].tip) not in came
