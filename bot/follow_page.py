"""The page of one subscriber at `/nhan/<random key>`: their notices, settings, and the way out.

The key is made for this page alone. It is in the address because it is meant to be bookmarked;
nothing writes addresses of pages down, and the page sends no referrer.
"""

from collections.abc import Mapping
from concurrent.futures import Executor

import structlog
from aiohttp import web

from bot.channels.base import MalformedError
from bot.channels.clean import clean
from bot.channels.webchat_form import TooBigError, fields
from bot.public import PublicPages
from bot.threads import in_thread
from desk import notices, subscriptions
from desk.desk import Desk, Office
from desk.errors import DeskError
from desk.inbox import Lane
from desk.subscriptions import AUDIENCES, Following, Wish
from desk.topics import topics
from handlers import places
from handlers.chat import Incoming
from handlers.flow import Turn
from storage.db import DatabaseDownError

FIELDS = 32  # ten communes and as many found, six topics, audience, what was typed, the button
_ADDED_AT_MOST = 120  # characters of a place's name

_log = structlog.get_logger()


class FollowPage:
    """Serves the pages of those who subscribed without a messenger."""

    def __init__(self, office: Office, workers: Executor, pages: PublicPages) -> None:
        self._office = office
        self._workers = workers
        self._pages = pages

    def routes(self) -> list[web.AbstractRouteDef]:
        """One address, to read and to change."""
        return [web.get("/nhan/{key}", self._show), web.post("/nhan/{key}", self._change)]

    async def _show(self, request: web.Request) -> web.Response:
        return await self._answer(request, {})

    async def _change(self, request: web.Request) -> web.Response:
        try:
            form = await fields(request, FIELDS)
        except (MalformedError, TooBigError):
            return self._sorry(
                "Trang vừa rồi bị lỗi", "Chưa có gì thay đổi. Mời mở lại trang.", 400
            )
        return await self._answer(request, form)

    async def _answer(self, request: web.Request, form: Mapping[str, str]) -> web.Response:
        lane = subscriptions.page_of(request.match_info["key"])
        if lane is None:
            return self._unknown()
        try:
            return await in_thread(self._workers, self._turn, lane, form)
        except DatabaseDownError:
            _log.warning("follow_page.database_down")
            return self._sorry("Máy đang bận", "Bà con thử lại sau ít phút.", 503)

    def _turn(self, lane: Lane, form: Mapping[str, str]) -> web.Response:
        """Do what was pressed, then draw the page; a refusal is shown and nothing is changed."""
        said = ""
        try:
            with self._office.begin("intake") as desk:
                said = _do(desk, lane, form)
        except DeskError as refusal:
            said = str(refusal)
        with self._office.begin("intake") as desk:
            following = subscriptions.find(desk, lane)
            if following is None:
                return self._unknown(said)
            return self._pages.response("follow.html", _values(desk, following, form, said))

    def _unknown(self, said: str = "") -> web.Response:
        if said:
            return self._sorry("Đã ngừng nhận", said, 200)
        text = "Trang này đã bị xóa, hoặc đường liên kết chưa đúng. Bà con đăng ký lại ở trang đầu."
        return self._sorry("Không có trang này", text, 404)

    def _sorry(self, title: str, text: str, status: int) -> web.Response:
        return self._pages.response("gone.html", {"title": title, "text": text}, status)


def _do(desk: Desk, lane: Lane, form: Mapping[str, str]) -> str:
    """What a button does; returns what to tell."""
    following = subscriptions.find(desk, lane)
    if following is None:
        return ""
    match form.get("do", ""):
        case "stop":
            subscriptions.stop(desk, lane)
            return "Đã xóa đăng ký của bà con. Trang này không dùng được nữa."
        case "pause" | "resume" as pressed:
            subscriptions.pause(desk, lane, paused=pressed == "pause")
            return "Đã tạm ngừng." if pressed == "pause" else "Bà con sẽ lại nhận được thông báo."
        case "save":
            wish, unclear = _wish(desk, form)
            subscriptions.follow(desk, lane, wish)
            return "Đã lưu. " + ("Nơi vừa ghi chưa rõ là đâu, bà con chọn giúp." if unclear else "")
    return ""


def _wish(desk: Desk, form: Mapping[str, str]) -> tuple[Wish, bool]:
    """What the form chooses, and whether the place typed is still unclear."""
    communes = [name.removeprefix("commune-") for name in form if name.startswith("commune-")]
    chosen = tuple(name.removeprefix("topic-") for name in form if name.startswith("topic-"))
    found = _typed_place(desk, form)
    if isinstance(found, str):
        communes.append(found)
    wish = Wish(tuple(communes), chosen, form.get("audience", ""))
    return wish, isinstance(found, list)


def _typed_place(desk: Desk, form: Mapping[str, str]) -> str | list[tuple[str, str]] | None:
    """The commune typed, those it may be, or None if nothing was typed."""
    typed = clean(form.get("add", ""))[:_ADDED_AT_MOST]
    if not typed:
        return None
    turn = Turn(desk, Incoming(typed))
    found = places.meant(turn, typed)
    if isinstance(found, str):
        return found if found in desk.tools.gazetteer.communes else []
    choices = places.buttons(turn, found[0])
    return [(choice.id.removeprefix(places.AT), choice.label) for choice in choices]


def _values(
    desk: Desk, following: Following, form: Mapping[str, str], said: str
) -> dict[str, object]:
    turn, wish = Turn(desk, Incoming()), following.wish
    found = _typed_place(desk, form)
    return {
        "said": said,
        "paused": following.paused,
        "notices": [n for n in notices.public(desk, wish.communes) if notices.is_for(n, wish)],
        "open": isinstance(found, list),
        "communes": [(code, places.name(turn, code)) for code in wish.communes],
        "candidates": [c for c in found if c[0] not in wish.communes]
        if isinstance(found, list)
        else [],
        "typed": clean(form.get("add", "")) if found == [] else "",
        "topics": [(topic.id, topic.name, topic.id in wish.topics) for topic in topics()],
        "audiences": AUDIENCES,
        "audience": wish.audience,
    }
