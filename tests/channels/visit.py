"""Visiting the web chat over real HTTP on loopback."""

from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from bot.channels.webchat import WebChat
from handlers.chat import Choice, Reply
from tests.channels.page import Page
from tests.fakes import PaperIntake

Client = TestClient[web.Request, web.Application]

DANGER = Reply("Có ai đang gặp nguy hiểm không?", (Choice("danger_no", "Không"),))
WHAT = Reply("Chuyện gì đã xảy ra?", (Choice("cancel", "Hủy", "quiet"),), hint="Ví dụ: …")


async def site(
    intake: PaperIntake, aiohttp_client: AiohttpClient, operator: str | None = None
) -> Client:
    """The web chat alone, on a free port."""
    app = web.Application()
    app.add_routes(WebChat(intake, operator).routes())
    return await aiohttp_client(app)


async def come(client: Client) -> Page:
    """Open the first page."""
    return Page(await (await client.get("/")).text())


async def press(client: Client, page: Page, choice: str = "", text: str | None = None) -> Page:
    """Press a button, or "Gửi" with these words in the field."""
    return Page(await (await client.post("/", data=page.press(choice, text))).text())
