"""Browsers officers have logged in with: what strangers guess elsewhere does not keep them out.

Source: OWASP, "Slow Down Online Guessing Attacks with Device Cookies".
"""

from datetime import timedelta
from uuid import UUID

from desk.desk import Desk
from storage import browsers, vault
from storage.models import KnownBrowser

# From the last log-in on. A tour of duty or a long leave passes; a machine given away is forgotten.
KNOWN_FOR = timedelta(days=180)


def known(desk: Desk, officer: UUID, cookie: str) -> KnownBrowser | None:
    """The browser with this cookie, if this officer has logged in with it."""
    mac = vault.digest(cookie.encode())
    return browsers.find(desk.session, mac, officer, desk.at) if cookie else None


def remember(desk: Desk, officer: UUID, cookie: str) -> None:
    """This officer is in, with the browser that has this cookie (empty: none)."""
    if cookie:
        mac = vault.digest(cookie.encode())
        browsers.put(desk.session, mac, officer, desk.at + KNOWN_FOR)
