"""A learnt linear model: scores, reasons, and a file of one JSON head and three plain arrays.

All weights of one feature are packed into one whole number, a lane of 16 bits per label. Adding up
the features of a text then scores every label at once, exactly and in any order.
"""

import json
import struct
import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain, repeat
from math import isqrt, sqrt
from operator import add
from pathlib import Path
from typing import Literal

_MAGIC = b"TIENGLOA1\n"
_BIAS = 128  # weights are stored as -127 to 127
_LANE = 2  # bytes: room for 257 features before a lane could overflow into the next
_AT_ONCE = 256
_SQUARE, _COUNT = 4, 2  # bytes on top of the lanes: of the squared rarities, and of each counter
_WEIGHT = 0xFF
_LITTLE: Literal["little"] = "little"
RARITY_STEPS = 16  # a feature's rarity (inverse document frequency) is kept in sixteenths
_UNBIASED = bytes((byte + _BIAS) % 256 for byte in range(256))
_BIASED = bytes((byte - _BIAS) % 256 for byte in range(256))
_SQUARES = [bytes(rare**2 >> shift & 0xFF for rare in range(256)) for shift in (0, 8)]


class BrokenModelError(Exception):
    """A model file is damaged or from another version; `python -m bot train` writes a new one."""


@dataclass(frozen=True)  # without slots, for what is kept once it has been reckoned
class Linear:
    """Weights of features for labels.

    Attributes:
        labels: in the order of the lanes.
        packed: feature number → its weights, one lane each, and on top the square of its rarity
            (inverse document frequency in sixteenths) and two ones, which count the features that
            are known and all that are asked for. The commonest come first: what most texts hold
            then lies together in memory, and looking it up takes half the time.
        unseen: the rarity of a feature the model does not hold.
        scale: what a stored weight is divided by.
        notes: what training fixed besides the weights: thresholds, temperatures, hash of the data.
    """

    labels: tuple[str, ...]
    packed: Mapping[int, int]
    unseen: int
    scale: float
    notes: Mapping[str, float | int | str]

    @cached_property
    def unknown(self) -> int:
        """What stands for a feature that training has not seen: it only counts as asked for."""
        return 1 << 8 * (_LANE * len(self.labels) + _SQUARE + _COUNT)

    def margins(self, features: Iterable[int]) -> list[float]:
        """Score each label; above 0 is its side. Empty and unknown texts score 0 everywhere."""
        return self.scored(self.found(features))[0]

    def found(self, features: Iterable[int]) -> list[int]:
        """Look every feature up once: its packed weights, or `unknown`."""
        return list(map(self.packed.get, features, repeat(self.unknown)))

    def scored(self, found: list[int]) -> tuple[list[float], float]:
        """Score each label, and tell the share of features seen in training, 0 to 1.

        Args:
            found: packed weights; a 0 stands for no feature.
        """
        *sums, squares, known, asked = self._sums(found[:_AT_ONCE])
        for at in range(_AT_ONCE, len(found), _AT_ONCE):
            more = self._sums(found[at : at + _AT_ONCE])
            *sums, squares, known, asked = map(add, (*sums, squares, known, asked), more)
        if not known:
            return [0.0] * len(self.labels), 0.0
        squares += (asked - known) * self.unseen**2
        share, bias = RARITY_STEPS / (self.scale * sqrt(squares)), _BIAS * known
        return [(total - bias) * share for total in sums], known / asked

    def _sums(self, found: Sequence[int]) -> tuple[int, ...]:
        """Add up at most `_AT_ONCE` features: for each label, squared rarities, both counters."""
        row = _row(len(self.labels))
        return row.unpack(sum(found).to_bytes(row.size, "little"))

    def loudest(self, found: Sequence[int], label: int, share: float) -> list[int]:
        """Name the features that speak for a label, by their places in `found`, loudest first.

        Args:
            found: what `found` gave.
            label: its lane.
            share: of what the loudest says, 0 to 1; what says no more than that is left out.
        """
        lane = 8 * _LANE * label
        said = [packed >> lane & _WEIGHT for packed in found]
        most = max(said, default=0) - _BIAS
        if most <= 0:
            return []
        least = _BIAS + int(most * share) + 1
        enough = [at for at, weight in enumerate(said) if weight >= least]
        return sorted(enough, key=said.__getitem__, reverse=True)

    def number(self, note: str) -> float:
        """Read a number training left in the notes.

        Raises:
            BrokenModelError: training did not leave it.
        """
        value = self.notes.get(note)
        if not isinstance(value, int | float):
            raise BrokenModelError(f"the model has no number {note!r}: run `python -m bot train`")
        return value


@cache
def _row(labels: int) -> struct.Struct:
    """Describe a packed number, or the sum of some: the lanes, squared rarities, both counters."""
    return struct.Struct(f"<{labels}HIHH")


def _packed(lanes: Sequence[bytes], rarities: bytes) -> list[int]:
    """Turn weights and a rarity for each place into packed numbers.

    Lane by lane, since a loop over 72,000 features takes three times as long.
    """
    width, top = _row(len(lanes)).size, _LANE * len(lanes)
    rows = bytearray(width * len(rarities))
    for at, weights in enumerate(lanes):
        rows[at * _LANE :: width] = weights
    for at, square in enumerate(_SQUARES):
        rows[top + at :: width] = rarities.translate(square)
    for at in (top + _SQUARE, top + _SQUARE + _COUNT):
        rows[at::width] = bytes([1]) * len(rarities)
    cut = chain.from_iterable(struct.iter_unpack(f"{width}s", rows))
    return list(map(int.from_bytes, cut, repeat(_LITTLE)))


def assemble(
    labels: Sequence[str],
    table: Sequence[tuple[int, int, bytes]],
    scale: float,
    notes: Mapping[str, float | int | str],
) -> Linear:
    """Build a model from rows of (feature number, rarity, signed weights)."""
    table = sorted(table, key=lambda row: (row[1], row[0]))
    numbers = [number for number, _, _ in table]
    rarities = bytes(rare for _, rare, _ in table)
    return _linear(
        labels, numbers, rarities, b"".join(weights for _, _, weights in table), scale, notes
    )


def _linear(  # what a file holds, in its order
    labels: Sequence[str],
    numbers: Sequence[int],
    rarities: bytes,
    signed: bytes,
    scale: float,
    notes: Mapping[str, float | int | str],
) -> Linear:
    weights = signed.translate(_UNBIASED)
    lanes = [weights[lane :: len(labels)] for lane in range(len(labels))]
    return Linear(
        labels=tuple(labels),
        packed=dict(zip(numbers, _packed(lanes, rarities), strict=True)),
        unseen=max(rarities, default=RARITY_STEPS),
        scale=scale,
        notes=notes,
    )


def save(model: Linear, path: Path) -> None:
    """Write a model file; the same model gives the same bytes."""
    head = {
        "labels": list(model.labels),
        "features": len(model.packed),
        "scale": model.scale,
        "notes": dict(model.notes),
    }
    text = json.dumps(head, ensure_ascii=False, sort_keys=True).encode()
    row = _row(len(model.labels))
    rows = [row.unpack(its.to_bytes(row.size, "little")) for its in model.packed.values()]
    rarities = bytes(isqrt(squares) for *_, squares, _, _ in rows)
    weights = bytes(chain.from_iterable(lanes for *lanes, _, _, _ in rows)).translate(_BIASED)
    path.write_bytes(
        _MAGIC
        + struct.pack("<I", len(text))
        + text
        + _little(array("I", model.packed))
        + rarities
        + weights
    )


def load(path: Path) -> Linear:
    """Read a model file.

    Raises:
        BrokenModelError: the file is missing, cut short or of another version.
    """
    try:
        raw = path.read_bytes()
        if not raw.startswith(_MAGIC):
            raise BrokenModelError(f"{path.name} is no model of this version")
        at = len(_MAGIC) + 4
        (length,) = struct.unpack_from("<I", raw, len(_MAGIC))
        head = json.loads(raw[at : at + length])
        return _read(head, raw[at + length :])
    except (OSError, ValueError, KeyError, struct.error) as error:
        raise BrokenModelError(
            f"{path.name} cannot be read ({type(error).__name__}): run `python -m bot train`"
        ) from error


def _read(head: dict[str, object], body: bytes) -> Linear:
    labels, features, scale = head["labels"], head["features"], head["scale"]
    notes = head["notes"]
    if not (
        isinstance(labels, list)
        and isinstance(features, int)
        and isinstance(scale, float)
        and isinstance(notes, dict)
        and len(body) == features * (5 + len(labels))
    ):
        raise ValueError("unexpected length or head")
    numbers = array("I")
    numbers.frombytes(body[: 4 * features])
    if sys.byteorder == "big":
        numbers.byteswap()
    rarities, signed = body[4 * features : 5 * features], body[5 * features :]
    return _linear(labels, numbers.tolist(), rarities, signed, scale, notes)


def _little(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
