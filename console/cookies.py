"""The console's three cookies. None is readable by scripts, none leaves the site."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import quote, unquote

from aiohttp import web

from console.facts import Facts
from console.visit import BASE

LOG_IN = "tl_desk"  # secret of a log-in; the server keeps only its hash
# Secret of a browser: its forms have a token before any log-in too, and an officer who logs in
# with it is counted apart from strangers (`desk.browsers`). The server keeps only its hash.
BROWSER = "tl_desk_browser"
SAID = "tl_desk_said"  # a sentence for the next page, such as "Đã nhận tin."


def name(facts: Facts, cookie: str) -> str:
    """The cookie's full name.

    `__Host-` would ask for Path=/ and so send the log-in to the citizens' chat as well; `__Secure-`
    keeps a plain http page from planting one.
    """
    return f"__Secure-{cookie}" if facts.secure_cookies else cookie


def read(facts: Facts, cookies: Mapping[str, str], cookie: str) -> str:
    """The cookie's value; empty without one, or if it is none of ours."""
    value = cookies.get(name(facts, cookie), "")
    return value if value.isascii() else ""


def read_said(facts: Facts, cookies: Mapping[str, str]) -> str:
    """The sentence the last page left."""
    return unquote(read(facts, cookies, SAID))


def put(
    response: web.StreamResponse,
    facts: Facts,
    cookie: str,
    value: str,
    last: timedelta | None = None,
) -> None:
    """Set a cookie until the browser closes, or for so long; an empty value removes it."""
    full = name(facts, cookie)
    if not value:
        response.del_cookie(
            full, path=BASE, secure=facts.secure_cookies, httponly=True, samesite="Strict"
        )
        return
    response.set_cookie(
        full,
        quote(value),
        max_age=int(last.total_seconds()) if last else None,
        path=BASE,
        secure=facts.secure_cookies,
        httponly=True,
        samesite="Strict",
    )


def new_secret() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)
