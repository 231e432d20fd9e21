"""One turn of a page, in a worker thread: who is there, may they, and what do they see.

The page's transaction is committed only once the page has been drawn, so what cannot be shown has
not happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from console import drawing, kept, protection, refusals
from console.facts import Facts
from console.visit import (
    BASE,
    Answer,
    Aside,
    Drawing,
    File,
    Go,
    Handler,
    KeyNeeded,
    Route,
    Show,
    Visit,
)
from desk import activation, logins, stations
from desk import kept as rules
from desk.desk import Desk, Office
from desk.errors import DeskError, NoSuchTipError, NotAllowedError
from desk.officers import Signed


class ForgedError(Exception):
    """A form without the token of this browser: old, or not ours. Nothing was done."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as plain values.

    `cookie` and `browser` are secrets of the log-in and of the browser; `said` is a sentence left
    by the page before.
    """

    cookie: str
    browser: str
    said: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page ready to be sent."""

    html: str
    status: int


Done = Drawn | Go | File | Drawing
Half = KeyNeeded | Aside  # the other half comes once something slow is there


class Turns:
    """Runs pages. Every method belongs into a worker thread."""

    def __init__(self, office: Office, facts: Facts) -> None:
        self._office = office
        self._facts = facts

    def take(self, route: Route, asked: Asked) -> Done | Half:
        """Run a route's page for whoever asks.

        Raises:
            ForgedError: a POST without this browser's token.
            DatabaseDownError: nothing was stored.
        """
        signed = self._who(asked)
        writer = protection.writer(self._office.tools, asked.form, asked.browser)
        if route.roles and signed is None:
            return self._to_login(route, asked, writer)
        if route.method == "POST":
            if writer is None:
                raise ForgedError
            if route.roles and signed is not None and signed.id != writer:
                return self._of_another(route, asked, writer)
        if route.roles and signed is not None and signed.officer.role not in route.roles:
            return self._refused(NotAllowedError())
        return self._guarded(route, route.handler, asked, signed)

    def go_on(
        self,
        route: Route,
        asked: Asked,
        half: Half,
        found: Any,  # noqa: ANN401 # what the half asked for
    ) -> Done | Half:
        """Run the second half of a page that waited for a password key, or for some work."""

        def rest(visit: Visit) -> Answer:
            return half.then(visit, found)

        return self._guarded(route, rest, asked, self._who(asked))

    def _guarded(
        self, route: Route, handler: Handler, asked: Asked, signed: Signed | None
    ) -> Done | Half:
        """Run the page; if the desk refuses, undo it and show why on the page it came from."""
        try:
            return self._work(route, handler, asked, signed)
        except NoSuchTipError as error:
            return self._refused(error)
        except DeskError as error:
            if route.again is None:
                return self._refused(error)
            try:
                return self._work(route, route.again, asked, signed, refused=error)
            except DeskError as gone:
                return self._refused(gone)

    def _work(
        self,
        route: Route,
        handler: Handler,
        asked: Asked,
        signed: Signed | None,
        refused: DeskError | None = None,
    ) -> Done | Half:
        with self._office.begin("desk", signed.id if signed else None) as desk:
            if signed and not route.early and activation.needs_recovery(desk, signed):
                return Go(f"{BASE}/recovery")
            visit = self._visit(desk, asked, signed, str(refused or ""))
            answer = handler(visit)
            if refused is None and route.method == "POST" and _is_taken(answer):
                kept.sent(visit)
            if not isinstance(answer, Show):
                return answer
            status = refusals.status(refused) if refused else answer.status
            return Drawn(drawing.draw(visit, asked.said, answer), status)

    def _visit(self, desk: Desk, asked: Asked, signed: Signed | None, alert: str) -> Visit:
        return Visit(
            desk,
            self._facts,
            asked.cookie if signed else "",
            asked.browser,
            signed,
            stations.find(desk, signed.officer.station_code) if signed else None,
            asked.path,
            asked.query,
            asked.form,
            alert,
        )

    def _who(self, asked: Asked) -> Signed | None:
        """In a transaction of its own: the page's must know the officer when it begins."""
        if not asked.cookie:
            return None
        with self._office.begin("desk") as desk:
            return logins.resume(desk, asked.cookie)

    def _to_login(self, route: Route, asked: Asked, writer: UUID | None) -> Go | Drawn:
        if self._keep(route, asked, writer):
            html = drawing.draw_alone(self._facts, "ended.html", {})
            return Drawn(html, HTTPStatus.UNAUTHORIZED)
        if not asked.cookie:
            return Go(f"{BASE}/login")
        return Go(f"{BASE}/login", said=kept.ENDED, cookie="")

    def _of_another(self, route: Route, asked: Asked, writer: UUID) -> Drawn:
        """Somebody else is logged in by now: nothing happens in their name, or before their eyes.

        Raises:
            ForgedError: nothing worth keeping.
        """
        if not self._keep(route, asked, writer):
            raise ForgedError
        html = drawing.draw_alone(self._facts, "error.html", {"text": kept.OF_ANOTHER})
        return Drawn(html, HTTPStatus.FORBIDDEN)

    def _keep(self, route: Route, asked: Asked, writer: UUID | None) -> bool:
        """Whether what an officer wrote is kept for them."""
        if (
            writer in (None, logins.NOBODY)
            or route.method != "POST"
            or not kept.is_worth(asked.form)
        ):
            return False
        with self._office.begin("desk") as desk:
            return rules.keep(desk, writer, kept.form_of(route, asked.path, asked.form))

    def _refused(self, error: DeskError) -> Drawn:
        status = refusals.status(error)
        return Drawn(drawing.draw_alone(self._facts, "error.html", {"text": str(error)}), status)


def _is_taken(answer: Answer) -> bool:
    """Whether a form needs no more sending: its deed is done, or its words stand in the page."""
    return isinstance(answer, Go) or (isinstance(answer, Show) and answer.status == HTTPStatus.OK)
