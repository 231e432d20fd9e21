"""Large type on every page: a button, and a cookie that holds "1" and nothing else.

Works without JavaScript, and no page has to know of it: the answer on its way out is marked for
the style sheet, and its button learns which page to come back to.
"""

import re

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.channels.base import MalformedError
from bot.channels.webchat_form import TooBigError, fields

COOKIE = "tl_large"
PATH = "/co-chu"
_YEAR = 365 * 24 * 3600  # seconds
_PAGE = '<html lang="vi"'
_BACK = 'name="back" value=""'
# Only our own pages, and nothing a browser reads as another host ("//", "/\").
_OURS = re.compile(r"/(?!/)[\w./?=&%+-]*", re.ASCII)
_TIP = re.compile(r"/desk/tips/[0-9a-f-]{36}")


def put(response: web.StreamResponse, wish: str) -> None:
    """Remember what was pressed. Args: wish: "1" for large type, anything else for the usual."""
    if wish == "1":
        response.set_cookie(COOKIE, "1", max_age=_YEAR, httponly=True, samesite="Lax")
    else:
        response.del_cookie(COOKIE, httponly=True, samesite="Lax")


class TypeSize:
    """The button's address, and what marks pages."""

    def routes(self) -> list[web.AbstractRouteDef]:
        """Where the button leads."""
        return [web.post(PATH, _press)]

    @property
    def middleware(self) -> Middleware:
        """Around every page of the site."""
        return _mark


async def _press(request: web.Request) -> web.Response:
    try:
        form = await fields(request)
    except (MalformedError, TooBigError):
        form = {}
    back = form.get("back", "")
    to = back if _OURS.fullmatch(back) else "/"
    response = web.Response(status=303, headers={"Location": to, "Cache-Control": "no-store"})
    put(response, form.get("size", ""))
    return response


@web.middleware
async def _mark(request: web.Request, handler: Handler) -> web.StreamResponse:
    response = await handler(request)
    if isinstance(response, web.Response) and response.content_type == "text/html":
        response.headers["Vary"] = "Cookie"  # pages that may be kept for a minute
        text = (response.text or "").replace(_BACK, f'name="back" value="{_way_back(request)}"')
        if _is_large(request, response):
            text = text.replace(_PAGE, f'{_PAGE} data-type="large"', 1)
        response.text = text
    return response


def _is_large(request: web.Request, response: web.Response) -> bool:
    """What this very answer sets counts more than what the browser had."""
    just_set = response.cookies.get(COOKIE)
    return (just_set.value if just_set is not None else request.cookies.get(COOKIE)) == "1"


def _way_back(request: web.Request) -> str:
    """An address that can be opened again; a form's answer leads to the page the form is on."""
    path = request.raw_path
    if request.method == "POST" and path.startswith("/desk"):
        tip = _TIP.match(path)
        path = tip[0] if tip else "/desk/"
    return path.replace("&", "&amp;") if _OURS.fullmatch(path) else "/"
