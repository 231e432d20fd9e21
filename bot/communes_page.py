"""The public page `/xa`: which commune an old one belongs to now. And the search behind pickers.

Neither needs a script; `picker.js` only saves a press. What is typed is a place's name and nothing
else, so it may stand in an address, to be shared.
"""

from concurrent.futures import Executor

import structlog
from aiohttp import web

from bot.channels.clean import clean
from bot.channels.webchat import HEADERS
from bot.public import PublicPages
from bot.threads import in_thread
from desk import communes
from desk.communes import Found
from desk.desk import Office
from nlp.gazetteer import Commune
from storage.db import DatabaseDownError

_TYPED_AT_MOST = 120  # characters of a place's name
_OFFERED = 8  # lines of a picker
_AGE = 60  # seconds the page may be kept, as that of a commune

_log = structlog.get_logger()


class CommunesPage:
    """Serves the page and the search."""

    def __init__(self, office: Office, workers: Executor, pages: PublicPages) -> None:
        self._office = office
        self._workers = workers
        self._pages = pages

    def routes(self) -> list[web.AbstractRouteDef]:
        """The page, and the lines of a picker."""
        return [web.get("/xa", self._page), web.get("/tim-xa", self._offer)]

    async def _page(self, request: web.Request) -> web.Response:
        typed = clean(request.query.get("ten", ""))[:_TYPED_AT_MOST]
        try:
            found, more = await in_thread(self._workers, self._search, typed)
        except DatabaseDownError:
            _log.warning("communes_page.database_down")
            sorry = {"title": "Máy đang bận", "text": "Bà con thử lại sau ít phút."}
            return self._pages.response("gone.html", sorry, 503)
        values = {"typed": typed, "found": found, "more": more}
        response = self._pages.response("communes.html", values)
        response.headers["Cache-Control"] = f"public, max-age={_AGE}"
        return response

    async def _offer(self, request: web.Request) -> web.Response:
        """Communes in force that fit, as the options of a list; nothing for a letter or two."""
        typed = clean(request.query.get("ten", ""))[:_TYPED_AT_MOST]
        province = request.query.get("tinh", "")
        offered = await in_thread(self._workers, self._offered, typed, province)
        html = self._pages.draw("picker.html", {"offered": offered})
        headers = {**HEADERS, "Cache-Control": f"public, max-age={_AGE}"}
        return web.Response(text=html, content_type="text/html", headers=headers)

    def _search(self, typed: str) -> tuple[tuple[Found, ...], bool]:
        with self._office.begin("intake") as desk:
            return communes.search(desk, typed)

    def _offered(self, typed: str, province: str) -> list[tuple[Commune, str]]:
        tools = self._office.tools
        found = tools.lookup.communes(typed, _OFFERED, province)
        return [(c, tools.gazetteer.provinces[c.province_code].name) for c in found]
