"""A citizen at a browser without JavaScript: one conversation of the web chat over real HTTP."""

import http.client
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from http import HTTPStatus
from urllib.parse import urlencode

from tests.channels.page import Page
from tests.program import HOST

FORM = "application/x-www-form-urlencoded"
# An answer that says "press it again": the database is down, or the message is still being read.
AGAIN = (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.ACCEPTED)
RACHKIEN = "28114"
PATIENCE = 120.0  # seconds


class NoAnswerError(Exception):
    """The connection broke, or the page says to try again: nobody knows what became of it."""


@dataclass(frozen=True)
class Answer:
    """One HTTP response as it came over the wire."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def page(self) -> Page:
        """The body as a page of the web chat."""
        return Page(self.text)


def request(
    port: int,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: Iterable[tuple[str, str]] = (),
    source: tuple[str, int] | None = None,
) -> Answer:
    """One request on a connection of its own.

    Args:
        source: the address and port it comes from.
    """
    connection = http.client.HTTPConnection(HOST, port, timeout=30, source_address=source)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        return Answer(response.status, tuple(response.getheaders()), response.read())
    finally:
        connection.close()


class Citizen:
    """Somebody who reads pages and presses buttons."""

    def __init__(
        self,
        port: int,
        headers: Iterable[tuple[str, str]] = (),
        *,
        more: Mapping[str, str] | None = None,
        query: str = "",
        source: tuple[str, int] | None = None,
    ) -> None:
        """Open the first page when it is first needed.

        Args:
            headers: sent along with every request.
            more: fields the page does not have, sent along all the same.
            query: behind the path.
            source: address and port the requests come from.
        """
        self._port = port
        self._headers = tuple(headers)
        self._more = dict(more or {})
        self._path = f"/?{query}" if query else "/"
        self._source = source
        self.page = Page("")
        self.last: dict[str, str] = {}

    def come(self) -> Page:
        """Open the first page."""
        return self._turn(None)

    def press(self, choice: str, text: str | None = None) -> Page:
        """Press a button; what is in the text field goes along, as browsers do it."""
        return self._turn(self.page.press(choice, text))

    def say(self, text: str) -> Page:
        """Write something and press "Gửi"."""
        return self._turn(self.page.press(text=text))

    def again(self) -> Page:
        """Send the same form once more: a double click, a reload, a broken connection."""
        return self._turn(self.last)

    @property
    def key(self) -> str:
        """The conversation's key."""
        return self.page.hidden["key"]

    def review(self, text: str, place: str = RACHKIEN) -> Page:
        """From the first page to the last look before sending."""
        self.come()
        self.press("tip")
        self.press("danger_no")
        self.say(text)
        if "go_on" in self.page.buttons:
            self.press("go_on")
        if f"at:{place}" not in self.page.buttons:
            self.press("elsewhere") if "elsewhere" in self.page.buttons else None
            self.say("xã Rạch Kiến, tỉnh Tây Ninh")
        if f"at:{place}" in self.page.buttons:
            self.press(f"at:{place}")
        assert "send" in self.page.buttons, sorted(self.page.buttons)
        return self.page

    def tell(self, text: str, place: str = RACHKIEN) -> str:
        """Send a tip; its receipt."""
        self.review(text, place)
        return self.confirm()

    def confirm(self) -> str:
        """Press "Gửi tin này"; the receipt."""
        self.press("send")
        assert self.page.code, "no receipt on the page"
        return self.page.code

    def subscribe(self) -> str:
        """To every topic of a commune; the path of her own page."""
        self.come()
        self.press("follow")
        self.say("xã Rạch Kiến, tỉnh Tây Ninh")
        self.press("all_topics")
        self.press("household")
        self.press("agree")
        links = [found["href"] for tag, found in self.page.tags if tag == "a" and "href" in found]
        return next(link for link in links if link.startswith("/nhan/"))

    def read(self, path: str) -> str:
        """A page of her own, as it is written."""
        return unescape(request(self._port, "GET", path, None, self._headers, self._source).text)

    def look_up(self, receipt: str) -> Page:
        """Come back with a receipt."""
        self.come()
        self.press("receipt")
        return self.say(receipt)

    def _turn(self, fields: Mapping[str, str] | None) -> Page:
        if fields is not None:
            self.last = dict(fields)
        answer = self._answer(fields)
        if answer.status in AGAIN:
            raise NoAnswerError(answer.status)
        assert answer.status == HTTPStatus.OK, f"{answer.status}: {Page(answer.text).notices}"
        self.page = answer.page
        return self.page

    def _answer(self, fields: Mapping[str, str] | None) -> Answer:
        """Whatever comes back, however bad."""
        headers = list(self._headers)
        body = None
        if fields is not None:
            body = urlencode({**fields, **self._more}).encode()
            headers.append(("Content-Type", FORM))
        method = "GET" if fields is None else "POST"
        try:
            return request(self._port, method, self._path, body, headers, self._source)
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswerError(type(error).__name__) from error


class PatientCitizen(Citizen):
    """Presses the same button again until there is an answer, for two minutes."""

    def __init__(self, port: int, may_go_on: Callable[[], bool]) -> None:
        """Args: may_go_on: asked before each new try; False makes it give up."""
        super().__init__(port)
        self._may_go_on = may_go_on
        self.interruptions = 0

    def _turn(self, fields: Mapping[str, str] | None) -> Page:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return super()._turn(fields)
            except NoAnswerError:
                self.interruptions += 1
                if not self._may_go_on():
                    raise
                assert time.monotonic() < until, "no answer for two minutes"
                time.sleep(0.2)
