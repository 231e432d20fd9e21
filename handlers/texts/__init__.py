"""Texts by key, in the language of the turn: `say("tip.sent", station=…)` from `vi.toml`."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

VIETNAMESE, ENGLISH = "vi", "en"
LANGUAGES = (VIETNAMESE, ENGLISH)

_FOLDER = Path(__file__).parent
_spoken: ContextVar[str] = ContextVar("spoken", default=VIETNAMESE)


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Say everything in this language until the end of the block, in this thread alone."""
    before = _spoken.set(chosen)
    try:
        yield
    finally:
        _spoken.reset(before)


def language() -> str:
    """What is spoken now; Vietnamese outside every block."""
    return _spoken.get()


def say(key: str, **values: str) -> str:
    """The text of a key, with its {names} filled in.

    Raises:
        KeyError: no such key, or a name without a value. A test compares keys used and present.
    """
    text = _texts(language())[key]
    return text.format(**values) if values else text


def keys(of: str = VIETNAMESE) -> frozenset[str]:
    """Every key there is in this language."""
    return frozenset(_texts(of))


@cache
def _texts(of: str) -> dict[str, str]:
    tables = tomllib.loads((_FOLDER / f"{of}.toml").read_text(encoding="utf-8"))
    return {
        f"{table}.{key}": text.strip()
        for table, texts in tables.items()
        for key, text in texts.items()
    }
