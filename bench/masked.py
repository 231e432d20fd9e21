"""How much of what points at somebody is masked: sentences older than the masks they measure."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.rounds import table
from nlp import masks
from nlp.letters import fold
from nlp.mask import Mask
from nlp.text import MAX_CHARS

FILE = Path(__file__).parents[1] / "data" / "evaluation" / "masks.jsonl"
Row = dict[str, Any]
KINDS = {
    "phone": "telephone",
    "plate": "number plate",
    "account": "bank account or card",
    "id": "identity card or passport",
    "url": "internet address",
    "email": "e-mail",
    "handle": "name on Zalo, Facebook, Telegram …",
}


def section() -> str:
    """The part of docs/understanding.md about masks."""
    rows = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    held_out = odd(rows)
    figures = [
        (name, *_of_kind(rows, kind), *_of_kind(held_out, kind)) for kind, name in KINDS.items()
    ]
    figures.append(("all", *_of_kind(rows, None), *_of_kind(held_out, None)))
    nothing = [row for row in rows if not row["masks"]]
    wrong, wrong_odd = (sum(map(is_touched, some)) for some in (nothing, odd(nothing)))
    head = ("kind", "in all", "masked", "in odd rows", "masked of these")
    return f"""## Numbers and addresses

Before anything is learnt, remembered or compared, what points at a person, an account or a site is
masked (`nlp/masks.py`). Measured on {len(rows)} sentences of data/evaluation/masks.jsonl, written
before its writer read the masks; the same hand then mended them, looking at even rows only. A part
counts if every letter and digit of it is masked.

{table(head, figures)}

Of {len(nothing)} sentences with prices, dates, laws, houses and the like, {wrong} had something
masked ({wrong_odd} of {len(odd(nothing))} in odd rows).
"""


def odd(rows: Sequence[Row]) -> list[Row]:
    """The rows nobody looks at one by one."""
    return [row for row in rows if int(row["id"][1:]) % 2]


def counts(rows: Sequence[Row], kind: str | None = None) -> Counter[bool]:
    """How many parts of a kind, or of any, are masked, and how many are not."""
    counted: Counter[bool] = Counter()
    for row in rows:
        wanted = [mask for mask in row["masks"] if kind in (None, mask["kind"])]
        found = masks.find(fold(row["text"], MAX_CHARS)) if wanted else []
        counted.update(_is_masked(row["text"], mask, found) for mask in wanted)
    return counted


def is_touched(row: Row) -> bool:
    """Whether anything in a sentence is masked."""
    return bool(masks.find(fold(row["text"], MAX_CHARS)))


def _of_kind(rows: Sequence[Row], kind: str | None) -> tuple[str, str]:
    counted = counts(rows, kind)
    return str(counted.total()), f"{counted[True] / counted.total():.3f}"


def _is_masked(text: str, wanted: Row, found: Sequence[Mask]) -> bool:
    start = len(fold(text[: wanted["start"]], MAX_CHARS))
    part = fold(wanted["part"], MAX_CHARS)
    return all(
        any(mask.start <= start + at < mask.end for mask in found)
        for at, letter in enumerate(part)
        if letter.isalnum()
    )


if __name__ == "__main__":
    print(section())
