"""Hamlets, as communes list them: they decide between the communes a divided one went to."""

import csv
from collections.abc import Iterable, Iterator

from desk import contacts
from desk.contacts import BadFileError, BadLine, Imported
from desk.desk import Desk
from nlp import hamlets as reading
from nlp.gazetteer import Commune
from nlp.names import bare_name
from nlp.places import Place
from nlp.spelling import name_words
from storage import hamlets
from storage.models import Hamlet

COLUMNS = ("commune", "former", "hamlet")
_LONGEST = 60  # characters; official names have about 20


def named(desk: Desk, commune: str, former: str) -> tuple[str, ...]:
    """Hamlets of a commune that lay in this old one, as far as its list says so."""
    rows = hamlets.of(desk.session, [commune])
    return tuple(row.name for row in rows if _same(row.former, former))


def settle(desk: Desk, place: Place, text: str, *, answer: str = "") -> Place:
    """The router's answer, with a question between communes decided if a hamlet decides it."""
    if place.decision != "ask" or not place.candidates:
        return place
    rows = hamlets.of(desk.session, place.candidates)
    listed = [reading.Hamlet(row.commune_code, row.former, row.name) for row in rows]
    return reading.settle(place, text, listed, answer=answer)


def take(desk: Desk, lines: Iterable[str], *, skip_bad: bool = False) -> Imported:
    """Store a CSV file with a heading line. A commune in it gets the file's list and no other.

    Args:
        skip_bad: store the good lines even if others are bad; otherwise nothing is stored then.

    Raises:
        BadFileError: no heading line, or other columns than `COLUMNS`.
    """
    reader = csv.reader(lines)
    heading = [name.strip().lstrip("\ufeff") for name in next(reader, [])]
    if tuple(heading) != COLUMNS:
        raise BadFileError(
            f"the first line must be {','.join(COLUMNS)}; it is {','.join(heading) or 'empty'}"
        )
    good: dict[tuple[str, ...], tuple[int, Hamlet]] = {}
    bad = []
    for row in _filled(reader):
        number = reader.line_num
        found = _read(desk, row)
        before = None if isinstance(found, str) else good.get(_place(found))
        if before is not None:
            found = f"{row[2]!r} stands in line {before[0]} already; one of them is wrong"
        if isinstance(found, str):
            bad.append(BadLine(number, found))
        else:
            good[_place(found)] = (number, found)
    if bad and not skip_bad:
        return Imported(0, tuple(bad))
    hamlets.put(desk.session, [row for _, row in good.values()])
    contacts.record(desk, "hamlets.imported", [row.commune_code for _, row in good.values()])
    return Imported(len(good), tuple(bad))


def _filled(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for row in rows:
        fields = [field.strip() for field in row]
        if any(fields):
            yield fields


def _read(desk: Desk, row: list[str]) -> Hamlet | str:
    """A line as a hamlet, or what is wrong with it."""
    if len(row) != len(COLUMNS):
        return f"{len(row)} columns instead of {len(COLUMNS)}"
    code, former, name = row
    commune = desk.tools.gazetteer.commune(code)
    if commune is None:
        return f"no commune has the code {code!r}; /xa finds codes by name"
    before = _formerly(commune, former) if former else ""
    if before is None:
        return f"{commune.name} holds nothing of {former!r}: {', '.join(commune.formerly)}"
    if len(name) > _LONGEST:
        return f"the hamlet's name has {len(name)} characters; at most {_LONGEST}"
    if not reading.is_name(name):
        return f"{name!r} is no hamlet's name; write it as Ấp 3, Thôn Đông, Khu phố 2, Tổ dân phố 5"
    return Hamlet(commune_code=commune.code, former=before, name=name)


def _formerly(commune: Commune, typed: str) -> str | None:
    """The old commune meant, as the gazetteer spells it."""
    return next((name for name in commune.formerly if _same(name, typed)), None)


def _same(one: str, other: str) -> bool:
    """The same name, with or without its type word, however its tone is placed."""
    if name_words(one) == name_words(other):
        return bool(one)
    return bool(one) and name_words(bare_name(one)[1]) == name_words(bare_name(other)[1])


def _place(row: Hamlet) -> tuple[str, ...]:
    """What must not stand in two communes: such a hamlet would decide nothing."""
    if row.former:
        return (row.former, *name_words(row.name)[1])
    return (row.commune_code, "", *name_words(row.name)[1])
