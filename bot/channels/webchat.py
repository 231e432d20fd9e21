"""The built-in page at `/`: a chat in plain HTML forms. It needs neither cookies nor JavaScript.

A conversation is found by a random key in a hidden field: posted, never in an address or a cookie.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any, ClassVar, Protocol

from aiohttp import web

from bot import type_size
from bot.channels import render
from bot.channels.base import Caps, Event, Health, MalformedError, Outcome, Payload, Refused
from bot.channels.clean import clean
from bot.channels.webchat_form import Form, TooBigError, fields
from bot.channels.webchat_pages import STATIC, Line, Pages
from bot.channels.webchat_upload import FORM_TYPE, Posted, Uploads
from bot.darkroom import BusyError, Darkroom, NotAPhotoError
from desk.conversations import Chat
from desk.inbox import Lane
from desk.photos import Photo
from handlers.chat import Reply, reply_of
from storage.db import DatabaseDownError

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
UNAVAILABLE, AGAIN = 503, "5"  # seconds; as the desk's pages say
_COMMUNE = re.compile(r"[0-9]{5}")
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}  # the name changes instead


class Intake(Protocol):
    """What a page needs of the inbox."""

    async def receive(
        self, lane: Lane, dedupe: str, payload: dict[str, Any], pictures: Sequence[Photo] = ()
    ) -> bool:
        """Store a message, then wait for its lane.

        Returns: False if it is stored but not dealt with yet.

        Raises:
            DatabaseDownError: it could not be stored.
        """
        ...

    async def chat(self, lane: Lane) -> Chat | None:
        """Where the conversation stands; None if there is none."""
        ...


class WebChat:
    """The channel that needs nobody else: no application, no account, no company in between."""

    name: ClassVar[str] = "web"
    caps: ClassVar[Caps] = Caps(
        anonymity="anonymous",
        buttons=100,
        call_button=True,
        copy_button=True,
        photo_in=True,
        pull=True,
    )
    redact: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, intake: Intake, operator: str | None, darkroom: Darkroom | None = None
    ) -> None:
        """Nothing is asked yet.

        Args:
            intake: takes what is said.
            operator: who runs the channel; None makes every page say that it is a trial.
            darkroom: rebuilds photographs; without one the page asks for none.
        """
        self._intake = intake
        self._darkroom = darkroom
        self._uploads = Uploads()
        self._pages = Pages(operator, photos=darkroom is not None)

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """The page, and its static files."""
        return [
            web.get("/", self._come),
            web.post("/", self._say),
            web.get(STATIC + "{name}", self._static),
        ]

    def poll(self) -> None:
        """Everything comes by itself."""

    def parse(self, raw: Mapping[str, Any]) -> list[Event]:
        """The fields of a form; a button pressed counts more than what is in the text field."""
        form = Form.read(raw)
        if form.choice:
            return [Event("choice", form.key, form.dedupe_key, choice=form.choice)]
        if form.at:
            return [Event("location", form.key, form.dedupe_key, at=form.at)]
        if form.text:
            return [Event("text", form.key, form.dedupe_key, text=form.text)]
        return []

    def render(self, reply: Reply, caps: Caps) -> list[Payload]:
        """A reply as one bubble."""
        return render.render(reply, caps)

    async def send(self, address: str, payload: Payload) -> Outcome:  # noqa: ARG002 # nothing is pushed to a page
        """A page is read when somebody looks; nothing can be sent to it."""
        return Refused("pull")

    async def health(self) -> Health:
        """As healthy as the site itself."""
        return Health(ok=True)

    async def _come(self, request: web.Request) -> web.Response:
        """The first page. A printed code brings its commune along: `/?xa=28114`."""
        commune = request.query.get("xa", "")
        known = commune if _COMMUNE.fullmatch(commune) else ""
        return _page(self._pages.welcome(Form.fresh(), commune=known))

    async def _say(self, request: web.Request) -> web.Response:
        posted = Posted({}, [])
        try:
            await self._read(request, posted)
            form = Form.read(posted.fields)
        except TooBigError:
            what = "too_heavy" if request.content_type == FORM_TYPE else "too_big"
            return await self._unread(posted, what, 413)
        except BusyError:
            return await self._unread(posted, "busy", UNAVAILABLE)
        except MalformedError:
            text = clean(posted.fields.get("text", ""))
            return _page(self._pages.welcome(Form.fresh(text), "malformed"), status=400)
        try:
            if "size" in posted.fields:
                return await self._in_another_size(form, posted.fields["size"])
            return await self._answer(form, posted)
        except DatabaseDownError:
            what = "down_photo" if posted.files else "down"
            return _page(self._pages.again(form, what), status=UNAVAILABLE)

    async def _read(self, request: web.Request, posted: Posted) -> None:
        if self._darkroom is not None and request.content_type == FORM_TYPE:
            await self._uploads.read(request, posted)
        else:
            posted.fields.update(await fields(request))

    async def _unread(self, posted: Posted, notice: str, status: int) -> web.Response:
        """Too much to read on. Its key has come by then: the page, and a receipt on it, stay."""
        posted.files.clear()
        try:
            form = Form.read(posted.fields)
            following = form.following(keep_text=True)
            return await self._shown(Lane(self.name, form.key), following, notice, status)
        except (MalformedError, DatabaseDownError):
            return _page(self._pages.welcome(Form.fresh(), notice), status=status)

    async def _developed(self, files: list[bytes]) -> list[Photo]:
        """Rebuilt before they are durable: what was sent is written nowhere."""
        assert self._darkroom is not None or not files  # noqa: S101 # read by the darkroom's form
        return [await self._darkroom.develop(file) for file in files] if self._darkroom else []

    async def _answer(self, form: Form, posted: Posted) -> web.Response:
        lane = Lane(self.name, form.key)
        if form.known and await self._intake.chat(lane) is None:
            return _page(self._pages.welcome(Form.fresh(form.text), "expired"), status=410)
        try:
            pictures = await self._developed(posted.files)
        except (NotAPhotoError, BusyError) as refused:
            busy = isinstance(refused, BusyError)
            what, status = ("busy", UNAVAILABLE) if busy else ("no_photo", 415)
            return await self._shown(lane, form.following(keep_text=True), what, status)
        events = self.parse(posted.fields)
        if pictures:
            digest = sha256(b"".join(photo.whole for photo in pictures)).hexdigest()
            form = replace(form, pictures=digest)
            first = events[0] if events else Event("photo", form.key, "")
            events = [replace(first, dedupe_key=form.dedupe_key)]
        for event in events:
            if not await self._intake.receive(lane, event.dedupe_key, event.payload(), pictures):
                return _page(self._pages.again(form, "waiting"), status=202)
        # What was typed before a button was pressed stays in the field, unless it was "cancel".
        kept = form.following(keep_text=bool(form.at) or form.choice not in ("", "cancel"))
        try:
            return await self._shown(lane, kept, "" if events or form.pictures else "empty")
        except DatabaseDownError:
            if not events:
                raise
            return _page(self._pages.again(form, "waiting"), status=202)  # it is stored

    async def _shown(self, lane: Lane, form: Form, notice: str, status: int = 200) -> web.Response:
        """The conversation as it stands."""
        chat = await self._intake.chat(lane)
        if chat is None or not chat.lines:
            return _page(self._pages.welcome(Form.fresh(form.text), notice or "failed"), status)
        return _page(self._pages.chat(form, self._lines(chat), notice), status)

    async def _in_another_size(self, form: Form, wish: str) -> web.Response:
        """The same page once more, with what was typed: nothing has been said."""
        chat = await self._intake.chat(Lane(self.name, form.key)) if form.known else None
        if chat is None or not chat.lines:
            response = _page(self._pages.welcome(Form.fresh(form.text)))
        else:
            response = _page(self._pages.chat(form.following(keep_text=True), self._lines(chat)))
        type_size.put(response, wish)
        return response

    def _lines(self, chat: Chat) -> list[Line]:
        return [Line(line["who"], self._said(line)) for line in chat.lines]

    def _said(self, line: Mapping[str, Any]) -> Payload:
        if line["who"] == "citizen":
            return Payload(line["text"])
        return self.render(reply_of(line), self.caps)[0]

    async def _static(self, request: web.Request) -> web.Response:
        for file in self._pages.static.values():
            if file.url == request.path:
                headers = {**HEADERS, **_FOREVER}
                return web.Response(body=file.body, content_type=file.type, headers=headers)
        raise web.HTTPNotFound


def _page(html: str, status: int = 200) -> web.Response:
    headers = {**HEADERS, "Retry-After": AGAIN} if status == UNAVAILABLE else HEADERS
    return web.Response(text=html, status=status, content_type="text/html", headers=headers)
