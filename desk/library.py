"""Notices ready to be published or edited: one per method of fraud, each with its sources.

They are files of data/notices, `<method>.md`: a title, four parts, and below the line who warned
first and where, the day somebody compared the words with it, and what is near. Nothing of the file
but the four parts reaches a reader unless it is said so: addresses of sources are for officers.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from desk.drafts import PARTS, Words

_DATA = Path(__file__).parent.parent / "data"
FRESH = timedelta(days=180)  # content.md §4: whatever is older is checked again before it is used
_UNDATED = "không ghi ngày"
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_HEADINGS = {called: name for name, called, _ in PARTS}
_BELOW = ("Nguồn", "Kiểm tra ngày", "Gần giống", "Hỏi đáp")


class BrokenSampleError(Exception):
    """A file of data/notices is not of its form; the message names the file and what to write."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who warned, on which page, when ("2025-11-14", "2025-11", or "" if the page does not say)."""

    who: str
    page: str
    day: str
    url: str

    @property
    def said(self) -> str:
        """As a reader sees it: "Công an TP Hà Nội (Dân Việt, 14/11/2025)"."""
        day = "/".join(str(int(part)) for part in reversed(self.day.split("-"))) if self.day else ""
        where = [part for part in (self.page if self.page != self.who else "", day) if part]
        return f"{self.who} ({', '.join(where)})" if where else self.who


@dataclass(frozen=True, slots=True)
class Sample:
    """A notice of the library. `near` are methods like it, `faq` questions it leads to."""

    method: str
    words: Words
    sources: tuple[Source, ...]
    checked_on: date
    near: tuple[str, ...]
    faq: tuple[str, ...]

    def stale(self, today: date) -> bool:
        """Whether its facts have to be checked again."""
        return today > self.checked_on + FRESH

    @property
    def source_line(self) -> str:
        """What a reader is told about where it comes from."""
        day = self.checked_on
        who = "; ".join(source.said for source in self.sources)
        return f"Nguồn: {who}. Kiểm tra ngày {day.day}/{day.month}/{day.year}."


Library = Mapping[str, Sample]


@cache
def samples() -> Library:
    """The library of this repository, read once.

    Raises:
        BrokenSampleError: `tools.load` asks for it first, so that a run stops at its start.
    """
    rows = json.loads((_DATA / "taxonomy/scam_methods.json").read_text("utf-8"))
    return read(_DATA / "notices", [row["id"] for row in rows])


def read(folder: Path, methods: Collection[str]) -> Library:
    """Every notice of a folder, in the order of `methods`.

    Args: methods: the ids there are; each has one file and no other has.

    Raises:
        BrokenSampleError: a file is missing, unknown, or not of its form.
    """
    files = {file.stem: file for file in folder.glob("*.md")}
    unlike = sorted(files.keys() ^ set(methods))
    if unlike:
        there = "is no method of data/taxonomy" if unlike[0] in files else "is missing"
        raise BrokenSampleError(f"data/notices/{unlike[0]}.md {there}")
    found = {method: parse(method, files[method].read_text("utf-8")) for method in methods}
    for sample in found.values():
        lost = [method for method in sample.near if method not in found]
        if lost or sample.method in sample.near:
            raise BrokenSampleError(
                f"data/notices/{sample.method}.md: “Gần giống” names {lost or 'itself'}; "
                "name other methods of data/taxonomy/scam_methods.json"
            )
    return found


def parse(method: str, text: str) -> Sample:
    """One file.

    Raises:
        BrokenSampleError: it is not of its form.
    """
    above, line, below = unicodedata.normalize("NFC", text).partition("\n---\n")
    if not line:
        raise _wrong(method, "there is no line “---” between the notice and its sources")
    told: dict[str, list[str]] = {name: [] for name in _BELOW}
    for name, value in _told(method, below):
        told[name].append(value)
    sources = tuple(_source(method, value) for value in told["Nguồn"])
    if not any(source.day for source in sources):
        raise _wrong(method, "no “Nguồn: ai | trang | ngày | địa chỉ” has a date")
    return Sample(
        method,
        _words(method, above),
        sources,
        _checked_on(method, told["Kiểm tra ngày"]),
        _ids(told["Gần giống"]),
        _ids(told["Hỏi đáp"]),
    )


def _words(method: str, above: str) -> Words:
    title, *sections = re.split(r"^## ", above, flags=re.MULTILINE)
    if not title.startswith("# "):
        raise _wrong(method, "the first line must be “# ” and the title")
    parts = {"title": title[2:].strip()}
    for section in sections:
        called, _, body = section.partition("\n")
        name = _HEADINGS.get(called.strip())
        if name is None or name in parts:
            raise _wrong(method, f"“## {called.strip()}” is no part, or there twice")
        parts[name] = body.strip()
    for name, called, limit in PARTS:
        length = len(parts.get(name, ""))
        if not 0 < length <= limit:
            raise _wrong(method, f"“{called}” has {length} characters; 1 to {limit} are allowed")
    return Words(**parts)


def _told(method: str, below: str) -> Iterator[tuple[str, str]]:
    for line in below.splitlines():
        if line.strip():
            name, colon, value = line.partition(":")
            if not colon or name.strip() not in _BELOW or not value.strip():
                known = ", ".join(_BELOW)
                raise _wrong(method, f"“{line.strip()}” is none of the lines {known}")
            yield name.strip(), value.strip()


def _source(method: str, value: str) -> Source:
    fields = [field.strip() for field in value.split("|")]
    if len(fields) != len(("who", "page", "day", "url")) or not all(fields):
        raise _wrong(method, f"“Nguồn: {value}” must be “ai | trang | ngày | địa chỉ”")
    who, page, day, url = fields
    if day != _UNDATED and not _DAY.fullmatch(day):
        raise _wrong(method, f"the source's date {day!r} must be 2025-11-14, 2025-11 or {_UNDATED}")
    if not url.startswith("https://"):
        raise _wrong(method, f"the source's address {url!r} must begin with https://")
    return Source(who, page, "" if day == _UNDATED else day, url)


def _checked_on(method: str, values: list[str]) -> date:
    try:
        (value,) = values
        return date.fromisoformat(value)
    except ValueError:
        raise _wrong(method, "there must be one “Kiểm tra ngày: 2026-11-22”") from None


def _ids(values: list[str]) -> tuple[str, ...]:
    return tuple(id_.strip() for value in values for id_ in value.split(",") if id_.strip())


def _wrong(method: str, what: str) -> BrokenSampleError:
    return BrokenSampleError(f"data/notices/{method}.md: {what}")
