"""From a request to a page and back: the only place where the event loop meets the desk."""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from http import HTTPStatus
from typing import TypeVar

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from console import cookies, drawing, form, protection
from console.facts import Facts
from console.turn import Asked, Drawn, ForgedError, Turns
from console.visit import Aside, Drawing, File, Go, KeyNeeded, Route
from desk import browsers, passwords
from desk.desk import Office
from desk.outages import DatabaseDownError

HALVES_OF_A_PAGE = 2  # the old password's key and the new one's
KEYS_AT_ONCE = 12  # slow password keys waiting: at half a second each, six seconds
NOT_FOR_STRANGERS = 4  # of these: or enough strangers would keep every officer out
FORM_TYPE = "application/x-www-form-urlencoded"

_TEXTS = {
    HTTPStatus.FORBIDDEN: (
        "Trang này đã hết hạn, nên chưa có gì được gửi. Hãy mở lại trang rồi làm lại."
    ),
    HTTPStatus.NOT_FOUND: "Không có trang này.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Không có trang này.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Nội dung gửi lên quá dài nên không được nhận.",
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "Máy chủ dữ liệu đang khởi động lại. Chưa có gì bị mất; hãy thử lại sau ít giây."
    ),
}
_BUSY = "Nhiều người đang đăng nhập cùng lúc. Hãy thử lại sau ít giây."
_BROKEN = "Có lỗi ở máy chủ. Hãy thử lại; nếu vẫn lỗi, báo mã này cho người quản trị: {id}"
_UNREADABLE = "Không đọc được nội dung gửi lên. Hãy mở lại trang rồi thử lại."

_log = structlog.get_logger()
T = TypeVar("T")


class _BusyError(Exception):
    """Too many password keys are being made already."""


class Pages:
    """Runs the routes of one console."""

    def __init__(self, office: Office, workers: Executor, slow: Executor, facts: Facts) -> None:
        """Args: workers: runs pages, no larger than the pool; slow: whatever takes long."""
        self._tools = office.tools
        self._turns = Turns(office, facts)
        self._workers = workers
        self._slow = slow
        self._facts = facts
        self._keys_waiting = 0

    async def handle(self, route: Route, request: web.Request) -> web.Response:
        """Answer one request."""
        asked = await self._read(request)
        if route.method == "POST" and not protection.is_ours(
            self._facts, request.headers, request.host
        ):
            raise ForgedError
        done = await _in(self._workers, partial(self._turns.take, route, asked))
        for _ in range(HALVES_OF_A_PAGE):
            if isinstance(done, KeyNeeded | Aside):
                found = await self._other(done)
                rest = partial(self._turns.go_on, route, asked, done, found)
                done = await _in(self._workers, rest)
        if isinstance(done, KeyNeeded | Aside):
            raise TypeError("a page waits for two slow things at most")
        if isinstance(done, Drawing):
            done = File(await _in(self._slow, done.make), done.type, done.name)
        return self._response(request, asked, done)

    async def _read(self, request: web.Request) -> Asked:
        jar = request.cookies
        fields: dict[str, str] = {}
        if request.method == "POST":
            if request.content_type != FORM_TYPE:
                raise web.HTTPUnsupportedMediaType
            body = await request.clone(client_max_size=form.BODY_LIMIT).read()
            fields = form.read(body)
        live = _is_live(request)
        return Asked(
            cookie=cookies.read(self._facts, jar, cookies.LOG_IN),
            browser=cookies.read(self._facts, jar, cookies.BROWSER) or cookies.new_secret(),
            said="" if live else cookies.read_said(self._facts, jar),
            path=form.cleaned(request.match_info),
            query=form.cleaned(request.query),
            form=fields,
        )

    async def _other(self, half: KeyNeeded | Aside) -> object:
        """The slow thing half a page waits for."""
        if isinstance(half, KeyNeeded):
            return await self._make_key(half)
        return await _in(self._slow, half.work)

    async def _make_key(self, needed: KeyNeeded) -> bytes:
        kept_free = NOT_FOR_STRANGERS if needed.stranger else 0
        if self._keys_waiting >= KEYS_AT_ONCE - kept_free:
            raise _BusyError
        self._keys_waiting += 1
        try:
            make = partial(passwords.make_key, self._tools, needed.password, needed.salt)
            return await _in(self._slow, make)
        finally:
            self._keys_waiting -= 1

    def _response(
        self, request: web.Request, asked: Asked, done: Drawn | Go | File
    ) -> web.Response:
        if isinstance(done, Go):
            response = _redirect(request, done.to)
            if done.said or asked.said:
                cookies.put(response, self._facts, cookies.SAID, done.said)
            if done.cookie is not None:
                cookies.put(response, self._facts, cookies.LOG_IN, done.cookie)
            if done.cookie:
                known_for = browsers.KNOWN_FOR
                cookies.put(response, self._facts, cookies.BROWSER, asked.browser, known_for)
            return response
        if isinstance(done, File):
            shown = {"Content-Disposition": f'inline; filename="{done.name}"'}
            return web.Response(body=done.body, content_type=done.type, headers=shown)
        response = web.Response(text=done.html, status=done.status, content_type="text/html")
        if asked.said:
            cookies.put(response, self._facts, cookies.SAID, "")
        known = cookies.read(self._facts, request.cookies, cookies.BROWSER)
        if known != asked.browser:
            cookies.put(response, self._facts, cookies.BROWSER, asked.browser)
        return response


def guard(facts: Facts) -> Middleware:
    """The middleware around every page and file: errors become pages, headers are put on."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            response = await handler(request)
        except Exception as error:  # noqa: BLE001 # the one place where nothing may pass through
            response = _sorry(facts, error)
        response.headers.update(protection.headers(response.content_type))
        is_file = isinstance(response, web.FileResponse)
        kept = protection.REVALIDATE if is_file else protection.NO_STORE
        response.headers["Cache-Control"] = kept
        return response

    return guarded


def _sorry(facts: Facts, error: Exception) -> web.Response:
    """The page for an error. It says nothing of what went wrong inside, only a random id."""
    status, text = _told(error)
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        id_ = secrets.token_hex(4)
        _log.error("page.failed", id=id_, exc_info=error)
        text = _BROKEN.format(id=id_)
    html = drawing.draw_alone(facts, "error.html", {"text": text})
    response = web.Response(text=html, status=status, content_type="text/html")
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "5"
    return response


def _told(error: Exception) -> tuple[int, str]:
    if isinstance(error, DatabaseDownError):
        return HTTPStatus.SERVICE_UNAVAILABLE, _TEXTS[HTTPStatus.SERVICE_UNAVAILABLE]
    if isinstance(error, _BusyError):
        return HTTPStatus.SERVICE_UNAVAILABLE, _BUSY
    if isinstance(error, ForgedError):
        return HTTPStatus.FORBIDDEN, _TEXTS[HTTPStatus.FORBIDDEN]
    if isinstance(error, form.BadFormError):
        return HTTPStatus.BAD_REQUEST, _UNREADABLE
    if isinstance(error, web.HTTPException) and error.status >= HTTPStatus.BAD_REQUEST:
        return error.status, _TEXTS.get(HTTPStatus(error.status), _UNREADABLE)
    return HTTPStatus.INTERNAL_SERVER_ERROR, ""


def _redirect(request: web.Request, to: str) -> web.Response:
    if _is_live(request):  # htmx would follow and put the other page into a part of this one
        return web.Response(headers={"HX-Redirect": to})
    return web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": to})


def _is_live(request: web.Request) -> bool:
    """Whether htmx asks, not a person."""
    return request.headers.get("HX-Request") == "true"


async def _in(executor: Executor, work: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(executor, work)
