"""What people typed, made safe to store and compare. Escaping is the templates' work."""

import unicodedata
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl
from uuid import UUID

BODY_LIMIT = 64 * 1024  # bytes; the longest text an officer may send is 1,000 characters
# A notice's form has 15 and one for each commune that is ticked; the largest province has 168.
_FIELDS = 200
_KEPT = frozenset("\n\t")


class BadFormError(Exception):
    """Not a form any page of ours sends."""


def read(body: bytes) -> dict[str, str]:
    """Fields of a URL-encoded form, cleaned; the last of several with one name counts.

    Raises:
        BadFormError: more fields than any page has.
    """
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_FIELDS
        )
    except ValueError:
        raise BadFormError from None
    return cleaned(pairs)


def cleaned(pairs: Iterable[tuple[str, str]] | Mapping[str, str]) -> dict[str, str]:
    """Composed letters (NFC), plain line ends, no control characters: PostgreSQL refuses NUL."""
    items = pairs.items() if isinstance(pairs, Mapping) else pairs
    return {_clean(name): _clean(value) for name, value in items}


def id_of(typed: str) -> UUID | None:
    """The id that an address or a form carries; None if it is none."""
    try:
        return UUID(typed)
    except ValueError:
        return None


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cs"))
