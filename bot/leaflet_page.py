"""What goes on paper and on the air: a notice's leaflet, and its text for the loudspeaker."""

import asyncio
import shutil
import subprocess
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from dataclasses import replace
from functools import lru_cache
from typing import get_args

import structlog
from aiohttp import web

from bot.channels.webchat import HEADERS
from bot.leaflet import FontsMissingError, Leaflet, Size, draw
from bot.public import PublicPages, day
from bot.threads import in_thread
from desk import contacts, loudspeaker, notices, stations
from desk.desk import Desk, Office
from desk.drafts import PARTS, Words
from storage.db import DatabaseDownError

_AGE = 60  # seconds a sheet may be kept: a recall shows within a minute
_ASK_AGAIN = 600.0  # seconds until a bot whose address was not to be had is asked for it again
_ASK_AT_MOST = 3.0  # seconds: Telegram is under a block order, and a leaflet does without
_SPEAK_AT_MOST = 60.0  # seconds; a minute and a half of speech takes espeak-ng well under one
_KEPT = 16  # recordings; one is some 3 MB

# A browser shows a PDF in a viewer of its own, which styles itself.
_PDF_HEADERS = {
    **HEADERS,
    "Content-Security-Policy": (
        "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    ),
}
_SLOW = ("Máy đang bận", "Bà con thử lại sau ít phút. Việc gấp gọi 113.", 503)
_GONE = ("Thông báo không còn", "Thông báo đã hết hạn hoặc đã được gỡ.", 404)
_UNABLE = (
    "Chưa in được",
    "Máy chủ này chưa có phông chữ để in. Bà con dùng bản in của trang xã.",
    503,
)
_SILENT = ("Chưa có bản đọc", "Máy chủ này chưa đọc thành tiếng được. Bà con dùng bản chữ.", 404)

_log = structlog.get_logger()


class LeafletPages:
    """Serves both for every notice in force, at its commune's address."""

    def __init__(  # noqa: PLR0913, PLR0917 # what a page stands on
        self,
        office: Office,
        workers: Executor,
        slow: Executor,
        pages: PublicPages,
        url: str,
        bot: Callable[[], Awaitable[str]] | None = None,
        espeak: str | None = None,
    ) -> None:
        """Nothing is drawn yet.

        Args:
            slow: draws, so that nobody's chat waits for it.
            url: what people type before `/xa/…`, without a slash at the end.
            bot: asks for the address of our Telegram bot.
            espeak: the program that reads aloud; found on the PATH unless given.
        """
        self._office = office
        self._workers = workers
        self._slow = slow
        self._pages = pages
        self._url = url
        self._bot = bot
        self._bot_address = ""
        self._bot_asked = float("-inf")
        self._espeak = espeak or shutil.which("espeak-ng")

    def routes(self) -> list[web.AbstractRouteDef]:
        """The leaflet, the text to be read aloud, and where espeak-ng is installed its sound."""
        return [
            web.get("/xa/{code}/{notice}/to-roi.pdf", self._pdf),
            web.get("/xa/{code}/{notice}/loa", self._text),
            web.get("/xa/{code}/{notice}/loa.wav", self._sound),
        ]

    async def _pdf(self, request: web.Request) -> web.Response:
        size = request.query.get("kho", "a4")
        if size not in get_args(Size):
            return self._sorry(_GONE)
        leaflet = await self._found(request)
        if isinstance(leaflet, web.Response):
            return leaflet
        bot = await self._telegram()
        start = f"{bot}?start=xa_{request.match_info['code']}" if bot else ""
        try:
            pdf = await in_thread(self._slow, draw, replace(leaflet, telegram=start), size)
        except FontsMissingError:
            _log.warning("leaflet.fonts_missing")
            return self._sorry(_UNABLE)
        name = f"to-roi-{request.match_info['code']}-{size}.pdf"
        return self._sheet(pdf, "application/pdf", name, _PDF_HEADERS)

    async def _text(self, request: web.Request) -> web.Response:
        leaflet = await self._found(request)
        if isinstance(leaflet, web.Response):
            return leaflet
        name = f"loa-{request.match_info['code']}.txt"
        return self._sheet(_aloud(leaflet).encode(), "text/plain", name)

    async def _sound(self, request: web.Request) -> web.Response:
        leaflet = await self._found(request)
        if isinstance(leaflet, web.Response):
            return leaflet
        if self._espeak is None:
            return self._sorry(_SILENT)
        try:
            wav = await in_thread(self._slow, spoken, self._espeak, _aloud(leaflet))
        except (OSError, subprocess.SubprocessError):
            _log.warning("leaflet.espeak_failed")
            return self._sorry(_SILENT)
        return self._sheet(wav, "audio/wav", f"loa-{request.match_info['code']}.wav")

    async def _found(self, request: web.Request) -> Leaflet | web.Response:
        code, notice = request.match_info["code"], request.match_info["notice"]
        try:
            leaflet = await in_thread(self._workers, self._read, code, notice)
        except DatabaseDownError:
            _log.warning("leaflet.database_down")
            return self._sorry(_SLOW)
        return self._sorry(_GONE) if leaflet is None else leaflet

    def _read(self, code: str, notice: str) -> Leaflet | None:
        with self._office.begin("intake") as desk:
            return _leaflet(desk, code, notice, self._url, self._pages.operator)

    async def _telegram(self) -> str:
        """The bot's address, asked for once; a leaflet waits three seconds for it at most."""
        now = asyncio.get_running_loop().time()
        if self._bot and not self._bot_address and now - self._bot_asked > _ASK_AGAIN:
            self._bot_asked = now
            try:
                async with asyncio.timeout(_ASK_AT_MOST):
                    self._bot_address = await self._bot()
            except TimeoutError:
                _log.info("leaflet.without_telegram")
        return self._bot_address

    def _sheet(
        self, body: bytes, kind: str, name: str, headers: dict[str, str] = HEADERS
    ) -> web.Response:
        kept = {
            **headers,
            "Cache-Control": f"public, max-age={_AGE}",
            "Content-Disposition": f'inline; filename="{name}"',
        }
        charset = "utf-8" if kind.startswith("text/") else None
        return web.Response(body=body, content_type=kind, charset=charset, headers=kept)

    def _sorry(self, said: tuple[str, str, int]) -> web.Response:
        title, text, status = said
        return self._pages.response("gone.html", {"title": title, "text": text}, status)


@lru_cache(maxsize=_KEPT)
def spoken(espeak: str, text: str) -> bytes:
    """The text read aloud, as a WAV file.

    Raises:
        OSError, subprocess.SubprocessError: it could not be read.
    """
    done = subprocess.run(  # noqa: S603 # a program the operator installed; the text goes to its input
        [espeak, "-v", "vi", "-s", "140", "--stdin", "--stdout"],
        input=text.encode(),
        capture_output=True,
        check=True,
        timeout=_SPEAK_AT_MOST,
    )
    return done.stdout


def _leaflet(desk: Desk, code: str, notice: str, url: str, operator: str | None) -> Leaflet | None:
    commune = desk.tools.gazetteer.communes.get(code)
    if commune is None:
        return None
    rows = notices.public(desk, [code])
    row = next((r for r in rows if str(r.id) == notice and r.state != "recalled"), None)
    if row is None:
        return None
    contact = contacts.find(desk, code)
    station = stations.find(desk, code)
    return Leaflet(
        operator=operator,
        commune=commune.name,
        province=desk.tools.gazetteer.provinces[commune.province_code].name,
        station=station.name if station else f"Công an {commune.name}",
        phone=contact.duty_phone if contact else "",
        words=Words(*(getattr(row, name) for name, _, _ in PARTS)),
        issued=day(row.publish_at or row.written_at),
        expires=day(row.expires_on),
        chat=f"{url}/?xa={code}",
    )


def _aloud(leaflet: Leaflet) -> str:
    return loudspeaker.text_of(
        leaflet.words, leaflet.commune, leaflet.station, trial=leaflet.operator is None
    )
