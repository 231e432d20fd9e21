"""A browser without scripts: keeps cookies, follows redirects, sends the forms it was shown."""

import re
from collections.abc import Awaitable, Callable
from html import unescape
from typing import Any

from aiohttp.test_utils import TestClient

from console import cookies
from desk import logins
from desk.desk import Office
from desk.officers import Signed
from tests.world import PASSWORD, World, totp

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
Browse = Callable[[], Awaitable["Browser"]]


class Browser:
    """What somebody at a screen sees."""

    def __init__(self, client: TestClient[Any, Any]) -> None:
        self.client = client
        self.page = ""
        self.status = 0
        self.at = ""

    async def open(self, path: str) -> str:
        """Go to a page; returns it."""
        return await self._ask("GET", path)

    async def send(
        self,
        path: str,
        fields: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> str:
        """Press the button of a form on the page at hand: its token goes with it."""
        hidden = {name: value for name in ("csrf", "version") if (value := self.hidden(name))}
        return await self._ask("POST", path, data=hidden | (fields or {}), headers=headers)

    async def sign_in(self, world: World, username: str) -> str:
        """Log in as a sample officer does."""
        await self.open("/desk/login")
        return await self.send("/desk/login", credentials(world, username))

    def enter(self, office: Office, signed: Signed) -> None:
        """Be logged in already."""
        with office.begin("desk") as desk:
            cookie = logins.open_session(desk, signed)
        self.client.session.cookie_jar.update_cookies({cookies.LOG_IN: cookie})

    def hidden(self, name: str) -> str:
        """A hidden field of the page at hand."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page)
        return unescape(found[1]) if found else ""

    @property
    def alert(self) -> str:
        """Why the page came back."""
        found = re.search(r'role="alert"[^>]*>(.*?)</(?:div|p)>', self.page, re.DOTALL)
        return unescape(re.sub(r"<[^>]+>", "", found[1])).strip() if found else ""

    async def _ask(self, method: str, path: str, **more: Any) -> str:
        async with self.client.request(method, path, **more) as response:
            self.page = await response.text()
            self.status = response.status
            self.at = response.url.path
            return self.page


def credentials(world: World, username: str, **other: str) -> dict[str, str]:
    """What a sample officer types at this moment."""
    code = totp(username).at(world.clock.at)
    return {"username": username, "password": PASSWORD, "code": code, **other}
