"""An operator's list of domains, telephone and account numbers that belong to tricks."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nlp.domains import in_text
from nlp.letters import fold
from nlp.text import MAX_CHARS

FILE = "blocklist.json"
KINDS = ("domain", "phone", "account")

# Shown to people. The entry itself is not repeated: what was pasted is kept nowhere.
SIGNS = {
    "domain": "đường liên kết nằm trong danh sách cảnh báo",
    "phone": "số điện thoại nằm trong danh sách cảnh báo",
    "account": "số tài khoản nằm trong danh sách cảnh báo",
}
_DOMAIN = re.compile(r"(?:[a-z0-9][a-z0-9-]{0,62}\.){1,6}[a-z]{2,12}")
_FIGURES = re.compile(r"(?<!\d)\+?\d(?:[ .\-]?\d){5,18}(?!\d)")
_SHORTEST, _LONGEST = 6, 19  # digits; below that numbers agree by chance (years, sums, 113)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: `kind` is one of KINDS, `value` is written as it is compared."""

    kind: str
    value: str


class BadEntryError(Exception):
    """A line that cannot be an entry; the text says what is wrong with it."""


class Blocklist:
    """Finds what is listed in a message."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._values: dict[str, set[str]] = {kind: set() for kind in KINDS}
        for entry in entries:
            self._values[entry.kind].add(entry.value)

    @classmethod
    def load(cls, path: Path) -> "Blocklist":
        """Read the list an operator imported; without one nothing is listed."""
        if not path.is_file():
            return cls([])
        kinds = json.loads(path.read_text("utf-8"))
        return cls(Entry(kind, value) for kind, values in kinds.items() for value in values)

    def signs(self, text: str) -> tuple[str, ...]:
        """Say which kinds of entries the message names, ready to show."""
        found = []
        if any(_within(domain, self._values["domain"]) for domain in in_text(text)):
            found.append(SIGNS["domain"])
        figures = set(_figures(text))
        found += [SIGNS[kind] for kind in ("phone", "account") if figures & self._values[kind]]
        return tuple(found)


def entry(kind: str, value: str) -> Entry:
    """Make one entry, written as it is compared.

    Raises:
        BadEntryError: the kind is unknown, or the value is none of that kind.
    """
    kind, value = kind.strip().lower(), value.strip()
    if kind not in KINDS:
        raise BadEntryError(f"kind is {kind!r}, not one of {', '.join(KINDS)}")
    return Entry(kind, _domain(value) if kind == "domain" else _number(value))


def parse(lines: Iterable[str]) -> Iterator[tuple[int, Entry | BadEntryError]]:
    """Read CSV with the columns kind and value; every line gives its number and what it is."""
    reader = csv.reader(lines)
    for row in reader:
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].startswith("#") or cells[:2] == ["kind", "value"]:
            continue
        if len(cells) < 2:  # noqa: PLR2004 - kind and value
            yield reader.line_num, BadEntryError("needs two columns: kind,value")
            continue
        try:
            yield reader.line_num, entry(cells[0], cells[1])
        except BadEntryError as error:
            yield reader.line_num, error


def dump(entries: Iterable[Entry]) -> bytes:
    """Write the file `load` reads; the same entries give the same bytes."""
    kinds: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for kind, value in sorted({(e.kind, e.value) for e in entries}):
        kinds[kind].append(value)
    return (json.dumps(kinds, indent=0) + "\n").encode()


def _domain(value: str) -> str:
    plain = fold(value, MAX_CHARS).replace("[.]", ".").replace("hxxp", "http")
    plain = re.sub(r"^https?://", "", plain).split("/")[0].split(":")[0].removeprefix("www.")
    if not _DOMAIN.fullmatch(plain):
        raise BadEntryError(f"{value!r} is no domain like vneid-gov.top")
    return plain


def _number(value: str) -> str:
    digits = _digits(value)
    if re.search(r"[^\d+ .\-]", value) or not _SHORTEST <= len(digits) <= _LONGEST:
        raise BadEntryError(f"{value!r} is no number of {_SHORTEST} to {_LONGEST} digits")
    return digits


def _digits(value: str) -> str:
    """Digits alone; +84 912 345 678 is 0912345678."""
    digits = re.sub(r"\D", "", value)
    return f"0{digits[2:]}" if value.strip().startswith("+84") else digits


def _figures(text: str) -> Iterator[str]:
    return (_digits(found[0]) for found in _FIGURES.finditer(fold(text, MAX_CHARS)))


def _within(domain: str, listed: set[str]) -> bool:
    """Tell whether the domain or one it belongs to is listed: login.abc.top is of abc.top."""
    parts = domain.split(".")
    return any(".".join(parts[at:]) in listed for at in range(len(parts) - 1))
