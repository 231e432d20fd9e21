"""Where journeys take place: the demo, Chromium, and an eye on whatever a page asks for."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Response,
    expect,
    sync_playwright,
)

from tests.chromium import LAUNCH
from tests.program import HOST, Program

PATIENCE = 20_000.0  # milliseconds a page may take on a busy machine; it takes about fifty
LAST_WORDS = 3000  # characters of its log; no text, address or receipt is ever in it
PHONE, SMALL_PHONE, DESKTOP = (390, 844), (360, 740), (1280, 800)  # CSS pixels


@dataclass
class Watch:
    """What a browser asked for, and what it complained of."""

    origin: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Look at every page of this window from now on."""
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("console", self._hear)
        context.on("response", self._see)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    @property
    def elsewhere(self) -> list[str]:
        """Requests to anybody but us."""
        return [url for url in self.asked if not url.startswith((f"{self.origin}/", "data:"))]

    def check(self) -> None:
        """Nobody else was asked for anything, and the browser had nothing to complain of."""
        assert self.elsewhere == [], "a page asked somebody else"
        assert self.complaints == [], f"the browser complains: {self.complaints}"

    def _hear(self, line: ConsoleMessage) -> None:
        # A page that refuses says so with its status too; what a page is made of must be there.
        if not line.text.startswith("Failed to load resource"):
            self.complaints.append(f"{line.type}: {line.text}")

    def _see(self, response: Response) -> None:
        part = response.request.resource_type not in ("document", "fetch")
        if part and response.status >= HTTPStatus.BAD_REQUEST:
            self.complaints.append(f"{response.status} for {response.url}")


@dataclass
class Stage:
    """The running program and a browser to look at it with."""

    program: Program
    browser: Browser
    watches: list[Watch] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """Where the program is."""
        return f"http://{HOST}:{self.program.port}"

    def window(self, size: tuple[int, int], *, script: bool = True, **more: Any) -> Page:
        """A page in a browser of its own: no cookie, no history, nothing remembered."""
        width, height = size
        context = self.browser.new_context(
            base_url=self.origin,
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            **more,
        )
        context.set_default_timeout(PATIENCE)
        watch = Watch(self.origin)
        watch.over(context)
        self.watches.append(watch)
        return context.new_page()

    def close(self) -> None:
        """Every window shuts, and none may have anything to complain of."""
        for context in self.browser.contexts:
            for page in context.pages:
                page.close(run_before_unload=False)
            context.close()
        watches, self.watches = self.watches, []
        for watch in watches:
            watch.check()


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**LAUNCH)
        yield browser
        browser.close()


@contextmanager
def demo() -> Iterator[Stage]:
    """The demo in a folder that is gone afterwards, and Chromium in front of it."""
    with (
        TemporaryDirectory(prefix="tieng-loa-") as folder,
        Program(Path(folder), "demo").anew() as program,
        chromium() as browser,
    ):
        try:
            yield Stage(program, browser)
        except (AssertionError, Error):
            sys.stderr.write(f"The program said last:\n{program.said()[-LAST_WORDS:]}\n")
            raise
