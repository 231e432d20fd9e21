"""The public page of a commune at `/xa/<code>`: notices, duty number, old names, a feed.

It reaches households without any bot: linked, printed, put up as a QR code, read aloud. No script.
"""

from collections.abc import Iterator
from concurrent.futures import Executor
from itertools import groupby

import structlog
from aiohttp import web

from bot.channels.webchat import HEADERS
from bot.public import PublicPages
from bot.threads import in_thread
from console.words import WEEKDAYS
from desk import contacts, drafts, hours, notices, stations
from desk.desk import Desk, Office
from nlp.gazetteer import Commune
from storage.db import DatabaseDownError
from storage.models import Notice

_AGE = 60  # seconds a page may be kept: a recall shows within a minute

_log = structlog.get_logger()


class CommunePages:
    """Serves a page and a feed for every commune."""

    def __init__(self, office: Office, workers: Executor, pages: PublicPages, url: str) -> None:
        """Args: url: what people type before `/xa/…`, without a slash at the end."""
        self._office = office
        self._workers = workers
        self._pages = pages
        self._url = url

    def routes(self) -> list[web.AbstractRouteDef]:
        """The page, the same for printing, one notice alone for sharing, and the feed."""
        return [
            web.get("/xa/{code}", self._page),
            web.get("/xa/{code}/in", self._print),
            web.get("/xa/{code}/feed", self._feed),
            web.get("/xa/{code}/{notice}", self._one),
        ]

    async def _page(self, request: web.Request) -> web.Response:
        return await self._answer(request, "commune.html")

    async def _print(self, request: web.Request) -> web.Response:
        return await self._answer(request, "leaflet.html")

    async def _one(self, request: web.Request) -> web.Response:
        return await self._answer(request, "commune.html", request.match_info["notice"])

    async def _feed(self, request: web.Request) -> web.Response:
        return await self._answer(request, "feed.xml")

    async def _answer(self, request: web.Request, template: str, notice: str = "") -> web.Response:
        code = request.match_info["code"]
        commune = self._office.tools.gazetteer.commune(code)
        if commune is None:
            return self._sorry("Không có xã, phường này", "Mã trên đường liên kết chưa đúng.", 404)
        if commune.code != code:
            raise web.HTTPFound(f"/xa/{commune.code}")
        try:
            values = await in_thread(self._workers, self._values, commune, notice)
        except DatabaseDownError:
            _log.warning("commune_page.database_down")
            return self._sorry("Máy đang bận", "Bà con thử lại sau ít phút. Việc gấp gọi 113.", 503)
        if notice and not values["notices"]:
            return self._sorry("Thông báo không còn", "Thông báo đã hết hạn hoặc đã được gỡ.", 404)
        kind = "application/atom+xml" if template == "feed.xml" else "text/html"
        headers = {**HEADERS, "Cache-Control": f"public, max-age={_AGE}"}
        text = self._pages.draw(template, values)
        return web.Response(text=text, content_type=kind, charset="utf-8", headers=headers)

    def _values(self, commune: Commune, notice: str) -> dict[str, object]:
        with self._office.begin("intake") as desk:
            return _values(desk, commune, notice, self._url)

    def _sorry(self, title: str, text: str, status: int) -> web.Response:
        return self._pages.response("gone.html", {"title": title, "text": text}, status)


def _values(desk: Desk, commune: Commune, notice: str, url: str) -> dict[str, object]:
    found = [n for n in notices.public(desk, [commune.code]) if notice in ("", str(n.id))]
    contact = contacts.find(desk, commune.code)
    station = stations.find(desk, commune.code)
    return {
        "commune": commune,
        "province": desk.tools.gazetteer.provinces[commune.province_code].name,
        "station": station.name if station else f"Công an {commune.name}",
        "contact": contact,
        "phone": contact.duty_phone if contact else "",
        "duty": list(_duty(hours.of(desk, commune.code))),
        "notices": found,
        "alone": bool(notice),
        "url": f"{url}/xa/{commune.code}",
        "updated": max((_changed(n) for n in found), default=f"{desk.today}T00:00:00+07:00"),
        "changed": _changed,
        "text_of": _feed_text,
    }


def _duty(week: hours.Week) -> Iterator[str]:
    """Days with the same hours in one line: "Thứ Hai đến Thứ Sáu: 7:00–17:00"."""
    for times, days in groupby(range(hours.WEEK), week.get):
        names = [WEEKDAYS[day] for day in days]
        if times is not None:
            called = names[0] if len(names) == 1 else f"{names[0]} đến {names[-1]}"
            opens, shuts = (f"{at // 60}:{at % 60:02}" for at in times)
            next_day = " hôm sau" if times[1] < times[0] else ""
            yield f"{called}: {opens}–{shuts}{next_day}"  # an en dash, as in print


def _changed(notice: Notice) -> str:
    at = notice.recalled_at or notice.publish_at or notice.written_at
    return at.isoformat(timespec="seconds")


def _feed_text(notice: Notice) -> str:
    recalled = notice.state == "recalled"
    return drafts.recall_text(notice) if recalled else drafts.text_of(notice)
