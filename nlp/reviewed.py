"""The reviewed answers of data/faq: a file per question, with its source, dates and wordings.

It knows no clock: who shows an answer compares the day with `expires`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

KINDS = ("fact", "product", "contact")  # contact: not verified, so it only names whom to ask
FOREIGN_FILE = "none.txt"
LONGEST = 600  # characters of an answer: one bubble of a messenger (content §7)
FEWEST = 12  # other wordings

_FIELDS = frozenset({"question", "kind", "source", "links", "checked", "expires", "office"})
_OPTIONAL = frozenset({"links"})
_FENCE = "---"
_WORDINGS = "## Cách hỏi khác"


class BrokenAnswerError(Exception):
    """A file of data/faq is damaged; the text names the file and what to mend."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One answer somebody has checked.

    Attributes:
        intent: the id of the question.
        question: as a button says it.
        kind: one of KINDS.
        source: law and article, office or page, as people read it.
        links: where an editor finds the source again.
        checked: the day somebody compared the answer with its source.
        expires: the first day on which it may no longer be shown.
        office: whom to ask instead, after "hỏi".
        text: what is shown.
        wordings: other ways to ask.
    """

    intent: str
    question: str
    kind: str
    source: str
    links: tuple[str, ...]
    checked: date
    expires: date
    office: str
    text: str
    wordings: tuple[str, ...]


def read(folder: Path) -> dict[str, Reviewed]:
    """Read every answer, by intent.

    Raises:
        BrokenAnswerError: names the file and what is wrong.
    """
    return {path.stem: parse(path.stem, path.read_text("utf-8")) for path in _files(folder)}


def foreign(folder: Path) -> tuple[str, ...]:
    """Read the questions that are none of ours."""
    lines = (folder / FOREIGN_FILE).read_text("utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.md"), key=lambda path: path.name)


def parse(intent: str, content: str) -> Reviewed:
    """Read one file.

    Raises:
        BrokenAnswerError: names the file and what is wrong.
    """
    where = f"data/faq/{intent}.md"
    start, _, rest = content.partition(f"{_FENCE}\n")
    head, fence, body = rest.partition(f"\n{_FENCE}\n")
    if start or not fence:
        raise BrokenAnswerError(f"{where} does not begin with fields between two lines of {_FENCE}")
    fields = dict(_fields(where, head))
    missing = sorted(_FIELDS - _OPTIONAL - fields.keys())
    if missing:
        raise BrokenAnswerError(f"{where} has no {missing[0]}")
    if fields["kind"] not in KINDS:
        raise BrokenAnswerError(f"{where}: kind is none of {', '.join(KINDS)}")
    text, title, wordings = body.partition(f"\n{_WORDINGS}\n")
    if not text.strip() or not title:
        raise BrokenAnswerError(f"{where} needs an answer, and then “{_WORDINGS}”")
    return Reviewed(
        intent=intent,
        question=fields["question"],
        kind=fields["kind"],
        source=fields["source"],
        links=tuple(fields.get("links", "").split()),
        checked=_day(where, fields, "checked"),
        expires=_day(where, fields, "expires"),
        office=fields["office"],
        text=text.strip(),
        wordings=tuple(_listed(where, wordings)),
    )


def _fields(where: str, head: str) -> Iterator[tuple[str, str]]:
    for line in head.splitlines():
        name, colon, value = line.partition(":")
        if not colon or name not in _FIELDS or not value.strip():
            raise BrokenAnswerError(f"{where}: {line!r} is no field with a value")
        yield name, value.strip()


def _day(where: str, fields: dict[str, str], name: str) -> date:
    try:
        return date.fromisoformat(fields[name])
    except ValueError as error:
        raise BrokenAnswerError(f"{where}: {name} is no day like 2026-11-22") from error


def _listed(where: str, lines: str) -> Iterator[str]:
    for line in filter(None, map(str.strip, lines.splitlines())):
        if not line.startswith("- "):
            raise BrokenAnswerError(f"{where}: {line!r} does not begin with “- ”")
        yield line.removeprefix("- ")
