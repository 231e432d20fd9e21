"""Texts by key: `say("tip.sent", station=…)`, from `vi.toml` beside this file."""

import tomllib
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


def say(key: str, **values: str) -> str:
    """The text of a key, with its {names} filled in.

    Raises:
        KeyError: no such key, or a name without a value. A test compares keys used and present.
    """
    return _texts()[key].format(**values) if values else _texts()[key]


def keys() -> frozenset[str]:
    """Every key there is."""
    return frozenset(_texts())


@cache
def _texts() -> dict[str, str]:
    tables = tomllib.loads((_FOLDER / "vi.toml").read_text(encoding="utf-8"))
    return {
        f"{table}.{key}": text.strip()
        for table, texts in tables.items()
        for key, text in texts.items()
    }
