"""What may not be said to a sender: nothing that asks who they are, and no link."""

import re
import unicodedata

from desk.errors import AsksWhoError, HasLinkError

_LINK = re.compile(
    r"https?:|www\.|\b[a-z0-9-]{2,40}\.(?:com|vn|net|org|info|io|me|ly|app|top|xyz)\b"
)
# Matched on lower-case text without marks; every phrase asks for the person, not for the facts.
_ASKS_WHO = re.compile(
    r"\b(?:(?:ban|anh|chi|em|bac|co|chu|ong|ba|nguoi bao|nguoi gui) (?:la ai|ten (?:la )?gi)"
    r"|ho (?:va )?ten (?:cua )?(?:ban|anh|chi|em|bac|co|chu|ong|ba|minh|nguoi)"
    r"|cho (?:biet|xin|hoi) (?:ho |ten|so dien thoai|sdt|dia chi nha|can cuoc|cccd|cmnd)"
    r"|(?:so dien thoai|sdt|so dt|dia chi nha|so can cuoc|so cccd) (?:cua )?"
    r"(?:ban|anh|chi|em|bac|co|chu|ong|ba|minh|nguoi)"
    r"|(?:xung|khai) (?:ro )?(?:ho )?ten|danh tinh)\b"
)


def check_reply(text: str) -> None:
    """Stop a reply that could give the sender away.

    Raises:
        AsksWhoError: it asks who the sender is.
        HasLinkError: it carries a link, which would show their browser to whoever runs the site.
    """
    plain = _strip(text)
    if _LINK.search(plain):
        raise HasLinkError
    if _ASKS_WHO.search(plain):
        raise AsksWhoError


def _strip(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
