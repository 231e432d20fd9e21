"""Public pages without JavaScript: templates, a style sheet, headers, the page for no page."""

import shutil
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.channels.webchat import HEADERS
from desk.clocks import VIETNAM

_FOLDER = Path(__file__).parent / "public"
_STYLE = (_FOLDER / "public.css").read_bytes()
STYLE_URL = f"/public/{sha256(_STYLE).hexdigest()[:12]}.css"
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}  # the name changes instead


class PublicPages:
    """Draws every public page of one site."""

    def __init__(self, operator: str | None) -> None:
        """Args: operator: who runs the channel; None makes every page say that it is a trial."""
        self.operator = operator
        self._templates = Environment(
            loader=FileSystemLoader(_FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        audio = shutil.which("espeak-ng") is not None
        self._templates.globals.update(operator=operator, style=STYLE_URL, audio=audio)
        self._templates.filters["day"] = day

    def draw(self, template: str, values: Mapping[str, object]) -> str:
        """A page or a feed as text."""
        return self._templates.get_template(template).render(values)

    def response(
        self, template: str, values: Mapping[str, object], status: int = 200
    ) -> web.Response:
        """A page to send."""
        html = self.draw(template, values)
        return web.Response(text=html, status=status, content_type="text/html", headers=HEADERS)

    def routes(self) -> list[web.AbstractRouteDef]:
        """The style sheet."""
        return [web.get(STYLE_URL, _style)]

    @property
    def middleware(self) -> Middleware:
        """Around every page of the site: an address without a page gets one that leads on."""

        @web.middleware
        async def found(request: web.Request, handler: Handler) -> web.StreamResponse:
            try:
                return await handler(request)
            except web.HTTPNotFound:
                if request.method != "GET":
                    raise
                text = "Có thể địa chỉ gõ chưa đúng, hoặc trang đã được gỡ."
                told = {"title": "Không có trang này", "text": text}
                return self.response("gone.html", told, HTTPStatus.NOT_FOUND)

        return found


def day(at: date | datetime) -> str:
    """A day as people here write it: "2/3/2026"."""
    local = at.astimezone(VIETNAM) if isinstance(at, datetime) else at
    return f"{local.day}/{local.month}/{local.year}"


async def _style(_request: web.Request) -> web.Response:
    headers = {**HEADERS, **_FOREVER}
    return web.Response(body=_STYLE, content_type="text/css", headers=headers)
