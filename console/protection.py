"""What keeps other sites out: headers on every response, and proof that a form is ours."""

from collections.abc import Mapping
from urllib.parse import urlsplit
from uuid import UUID

from console.facts import Facts
from desk import logins
from desk.desk import Tools

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}
# Browsers show a PDF or a picture in a viewer of their own, which styles itself.
_VIEWED = (
    "default-src 'none'; object-src 'self'; img-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
_VIEWERS = ("application/pdf", "image/jpeg")
NO_STORE = "no-store"
REVALIDATE = "no-cache"  # scripts and styles: kept, but asked for again each time


def headers(kind: str) -> dict[str, str]:
    """What goes with a response of this content type."""
    policy = {"Content-Security-Policy": _VIEWED} if kind in _VIEWERS else {}
    return {**HEADERS, **policy}


def is_ours(facts: Facts, headers: Mapping[str, str], host: str) -> bool:
    """Whether a POST comes from a page of this site, as far as the browser says.

    Under Referrer-Policy no-referrer browsers send "Origin: null" even from our own pages, so
    null says nothing; the token decides then.
    """
    site = headers.get("Sec-Fetch-Site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("Origin")
    if origin is None or origin == "null":
        return True
    return origin.partition("://")[2] in (host, urlsplit(facts.public_url).netloc)


def writer(tools: Tools, form: Mapping[str, str], browser: str) -> UUID | None:
    """Whom this browser showed the form (`logins.NOBODY`: no log-in); None if it is not ours."""
    return logins.writer_of(tools, browser, form.get("csrf", ""))
