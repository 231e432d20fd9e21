"""Are citizens' sentences routed to the right commune? Beside other people's address readers.

Run: python -m bench.run sentences, or python -m bench.sentences [--show] for the wrong rows of the
even half. The sentences are those of `data/evaluation/places.jsonl`; the even half was read while
the router was made, of the odd half only sums.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.rounds import table
from nlp.names import Era
from nlp.places import MAX_CHARS, Gazetteer, Home, Place, Router
from nlp.spelling import name_words

ROOT = Path(__file__).parents[1]
SENTENCES = ROOT / "data" / "evaluation" / "places.jsonl"
PEERS = ROOT / "var" / "peers" / "bin" / "python"
_ROUNDS = 3  # of a hostile message: the machine has bad moments, the message has not
_WARM_UP = 50
_UNLISTED = (
    "Asks that list the truth: of the rows whose writer listed it (a whole district or province"
    " is a question with no list)."
)


class Row(NamedTuple):
    """A sentence and where it belongs."""

    id: str
    text: str
    home: str | None
    kind: str
    communes: frozenset[str]
    """The one commune, or all that may be meant; empty where they were not listed, being many."""

    @property
    def final(self) -> bool:
        """Whether it is of the half nobody reads."""
        return int(self.id[1:]) % 2 == 1


class Tally(NamedTuple):
    """What became of some rows."""

    rows: int
    determinable: int
    placeless: int
    counts: Counter[str]

    def share(self, what: str, of: int) -> str:
        """A percentage with its count."""
        return f"{self.counts[what] / of:.1%} ({self.counts[what]})" if of else "–"


def rows(path: Path = SENTENCES) -> list[Row]:
    """All sentences of a file."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        truth = row["truth"]
        communes = truth.get("communes", [c] if (c := truth.get("commune")) else [])
        found.append(Row(row["id"], row["text"], row["home"], truth["kind"], frozenset(communes)))
    return found


def without_marks(text: str) -> str:
    """As a telephone without Vietnamese letters writes it."""
    split = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in split if not unicodedata.combining(c))


DISGUISES: dict[str, Callable[[str], str]] = {
    "as written": str,
    "without marks": without_marks,
    "lower case": str.lower,
    "without marks, lower case": lambda text: without_marks(text).lower(),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
}

# What a hostile message may hold, as often as it fits.
HOSTILE = (
    "x ", "p1 ", "xã Tân Thành ", "tan an ", "xã Rạch Kiếnng tỉnh Tây Ninh, ",
    "tỉnh Tây Ninh huyện Châu Thành ", "ở chợ Tân Thành, Bình Minh, Tân An ", "em ở xã Tân An, ",
    "tu xa tan an qua xa tan thanh ", "không phải xã Long Hòa mà xã ", "nay là ", "cũ ", "😀 xã ",
    "xã Tân Thạnhh Tây Ninh ", "P5Q10", "Châu Thành ", "huyện Châu Thành cũ nay là xã Tân An ",
    "xã Rạch Kiếnng. Tây Ninh. Hà Nội. Nghệ An. Thanh Hóa. Đồng Nai. Lâm Đồng. Gia Lai. Phú Thọ. ",
)  # fmt: skip


def judged(row: Row, place: Place) -> Iterable[str]:
    """Say all that is true of an answer."""
    shown = frozenset(place.candidates)
    if place.decision == "route":
        if row.kind == "route" and place.code in row.communes:
            yield "exact"
        else:
            yield "wrong"
            if place.code not in row.communes:
                yield "wrong, any of several allowed"
    elif row.kind == place.decision == "none":
        yield "refused"
    if place.decision == "ask" and row.kind == "route":
        yield "asked for nothing"
    if place.decision == "ask" and row.communes:
        yield "asked"
        if row.communes <= shown:
            yield "truth listed"
    if place.decision == "none" and row.kind != "none":
        yield "overlooked"


def tally(found: Sequence[Row], answer: Callable[[Row], Place]) -> Tally:
    """Count what is true of the answers."""
    counts = Counter(what for row in found for what in judged(row, answer(row)))
    kinds = Counter(row.kind for row in found)
    return Tally(len(found), kinds["route"], kinds["none"], counts)


def measure() -> str:
    """The report."""
    found = rows()
    gazetteer = Gazetteer.load(ROOT / "data" / "gazetteer")
    router = Router(gazetteer)
    halves = {
        "even half (tuning)": [r for r in found if not r.final],
        "odd half (final)": [r for r in found if r.final],
    }
    lines = [
        _line(f"ours, {name}, {disguise}", tally(half, _ours(router, change)))
        for name, half in halves.items()
        for disguise, change in DISGUISES.items()
    ]
    peers, notes = _peers(found, gazetteer)
    for reading, (places, spent) in peers.items():
        for name, half in halves.items():
            lines.append(_line(f"{reading}, {name}", tally(half, _said(places))))
        notes.append(f"{reading}: {_latency(spent)}.")
    head = (
        *("", "exact where determinable", "routed wrong, of all", "wrong, any of several allowed"),
        *("asked though determinable", "overlooked, of all", "asks that list the truth"),
        "none named: neither routed nor asked",
    )
    notes = [_UNLISTED, f"Ours: {_latency(_times(router, found))}; {_worst(router)}.", *notes]
    return f"## Sentences\n\n{__doc__}\n{table(head, lines)}\n\n" + "\n".join(
        f"- {note}" for note in notes
    )


def _line(name: str, counted: Tally) -> list[str]:
    return [
        name,
        counted.share("exact", counted.determinable),
        counted.share("wrong", counted.rows),
        counted.share("wrong, any of several allowed", counted.rows),
        counted.share("asked for nothing", counted.determinable),
        counted.share("overlooked", counted.rows),
        counted.share("truth listed", counted.counts["asked"]),
        counted.share("refused", counted.placeless),
    ]


def _ours(router: Router, change: Callable[[str], str]) -> Callable[[Row], Place]:
    return lambda row: router.locate(change(row.text), Home(row.home))


def _said(places: dict[str, Place]) -> Callable[[Row], Place]:
    return lambda row: places[row.id]


def _times(router: Router, found: Sequence[Row]) -> list[float]:
    spent = []
    for row in [*found[:_WARM_UP], *found]:
        start = time.thread_time()
        router.locate(row.text, Home(row.home))
        spent.append(1e3 * (time.thread_time() - start))
    return spent[_WARM_UP:]


def _worst(router: Router) -> str:
    spent = []
    for piece in HOSTILE:
        text = (piece * MAX_CHARS)[:MAX_CHARS]
        for home in (None, Home("80")):
            rounds = []
            for _ in range(_ROUNDS):
                start = time.thread_time()
                router.locate(text, home)
                rounds.append(1e3 * (time.thread_time() - start))
            spent.append(min(rounds))
    hostile = f"{len(spent)} hostile messages of {MAX_CHARS:,}"
    return f"the slowest of {hostile} took {max(spent):.1f} ms (least of {_ROUNDS} rounds)"


def _latency(spent: Sequence[float]) -> str:
    cuts = statistics.quantiles(spent, n=100)
    return f"p50 {cuts[49]:.2f} ms, p99 {cuts[98]:.2f} ms of a processor"


_Answers = dict[str, tuple[dict[str, Place], list[float]]]


def _peers(found: Sequence[Row], gazetteer: Gazetteer) -> tuple[_Answers, list[str]]:
    """Their answers by row; and what could not be measured."""
    answers: _Answers = {}
    notes = []
    texts = [[r.text, gazetteer.provinces[r.home].name if r.home else None] for r in found]
    for library, python in (("vietnamadminunits", PEERS), ("underthesea", Path(sys.executable))):
        command = [str(python), str(ROOT / "bench" / "address_peers.py"), library]
        try:
            run = subprocess.run(  # noqa: S603 # our own words
                command, input=json.dumps(texts), capture_output=True, text=True, check=True
            )
        except (OSError, subprocess.CalledProcessError):
            notes.append(f"{library}: NOT MEASURED (make bench-peers installs it)")
            continue
        codes = _codes(gazetteer)
        for reading, said in json.loads(run.stdout).items():
            places = {r.id: _place(codes, a) for r, (a, _) in zip(found, said, strict=True)}
            answers[reading] = (places, [spent for _, spent in said])
    return answers, notes


def _codes(gazetteer: Gazetteer) -> dict[tuple[str, str], str]:
    return {
        (_key(unit.name), _key(gazetteer.provinces[unit.province].name)): unit.codes[0]
        for unit in gazetteer.names.units
        if unit.era is Era.NEW
    }


def _place(codes: dict[tuple[str, str], str], answer: Sequence[str]) -> Place:
    """A peer's answer as a place: a code, or names that are those of a commune in force."""
    if len(answer) == 1:
        return Place("route", answer[0], (), "peer", None)
    code = codes.get((_key(answer[0]), _key(answer[1]))) if answer else None
    if code is None:
        return Place("none", None, (), "peer", None)
    return Place("route", code, (), "peer", None)


def _key(name: str) -> str:
    words = name_words(name)[0]
    for kind in (("thanh", "pho"), ("tinh",)):
        if words[: len(kind)] == kind:
            words = words[len(kind) :]
    return " ".join(words)


def main(arguments: Sequence[str]) -> int:
    """Print the rates of ours and, on demand, the wrong rows of the even half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print wrong rows of the even half")
    options = parser.parse_args(arguments)
    router = Router(Gazetteer.load(ROOT / "data" / "gazetteer"))
    for final in (False, True):
        half = [row for row in rows() if row.final == final]
        for disguise, change in DISGUISES.items():
            print(" | ".join(_line(f"{final=} {disguise}", tally(half, _ours(router, change)))))
    # Of the odd half never a single row.
    for row in (row for row in rows() if options.show and not row.final):
        place = router.locate(row.text, Home(row.home))
        what = set(judged(row, place))
        if "exact" in what or (row.kind != "route" and what & {"refused", "truth listed"}):
            continue
        if row.kind == "ask" and not row.communes and place.decision == "ask":
            continue
        print(f"\n{row.id} [{row.home}] {row.text}\n   {row.kind} {set(row.communes)}")
        print(f"   {sorted(what)} {place}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
