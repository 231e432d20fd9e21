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
from functools import cache
from itertools import repeat
from math import isqrt, sqrt
from operator import add, itemgetter
from pathlib import Path

_MAGIC = b"TIENGLOA1\n"
_BIAS = 128  # weights are stored as -127 to 127
_LANE = 2  # bytes: room for 257 features before a lane could overflow into the next
_AT_ONCE = 256
_SQUARE = 4  # bytes of the sum of squared rarities, on top of the lanes; above it a one counts
_UNKNOWN = 0  # the place of every feature that training has not seen
_SQUARES_MASK = (1 << 8 * _SQUARE) - 1
RARITY_STEPS = 16  # a feature's rarity (inverse document frequency) is kept in sixteenths
_UNBIASED = bytes((byte + _BIAS) % 256 for byte in range(256))
_BIASED = bytes((byte - _BIAS) % 256 for byte in range(256))
_SQUARES = [bytes(rare**2 >> shift & 0xFF for rare in range(256)) for shift in (0, 8)]


class BrokenModelError(Exception):
    """A model file is damaged or from another version; `python -m bot train` writes a new one."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of features for labels.

    Attributes:
        labels: in the order of the lanes.
        places: feature number → its place in the sequences below. The commonest come first: what
            most texts hold then lies together in memory, and looking it up takes half the time.
        packed: the weights at each place, one lane each, and on top the square of the rarity
            (inverse document frequency in sixteenths) and a one; 0 at the place of the unknown.
        lanes: of each label the weights at each place, above nought; nought for the unknown.
        unseen: the rarity of a feature the model does not hold.
        scale: what a stored weight is divided by.
        notes: what training fixed besides the weights: thresholds, temperatures, hash of the data.
    """

    labels: tuple[str, ...]
    places: Mapping[int, int]
    packed: Sequence[int]
    lanes: Sequence[bytes]
    unseen: int
    scale: float
    notes: Mapping[str, float | int | str]

    def margins(self, features: Sequence[int]) -> list[float]:
        """Score each label; above 0 is its side. Empty and unknown texts score 0 everywhere."""
        return self.scored(self.found(features))[0]

    def found(self, features: Iterable[int]) -> list[int]:
        """Look every feature up once: its place, 0 if training has not seen it."""
        return list(map(self.places.get, features, repeat(_UNKNOWN)))

    def scored(self, found: list[int]) -> tuple[list[float], float]:
        """Score each label, and tell the share of features seen in training, 0 to 1."""
        *sums, squares, known = self._sums(found[:_AT_ONCE])
        for at in range(_AT_ONCE, len(found), _AT_ONCE):
            more = self._sums(found[at : at + _AT_ONCE])
            *sums, squares, known = map(add, (*sums, squares, known), more)
        if not known:
            return [0.0] * len(self.labels), 0.0
        squares += (len(found) - known) * self.unseen**2
        share, bias = RARITY_STEPS / (self.scale * sqrt(squares)), _BIAS * known
        return [(total - bias) * share for total in sums], known / len(found)

    def _sums(self, found: Sequence[int]) -> tuple[int, ...]:
        """Add up at most `_AT_ONCE` features: for each label, squared rarities, how many."""
        total = sum(_at(found, self.packed))
        row = _row(len(self.labels))
        return row.unpack(total.to_bytes(row.size, "little"))

    def loudest(self, found: Sequence[int], label: int, share: float) -> list[int]:
        """Name the features that speak for a label, by their order in the text, loudest first.

        Args:
            found: what `found` gave.
            label: its lane.
            share: of what the loudest says, 0 to 1; what says no more than that is left out.
        """
        said = _at(found, self.lanes[label])
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


def _at(places: Sequence[int], numbers: Sequence[int]) -> Sequence[int]:
    """Pick the numbers at some places: an itemgetter needs a third of the time of a loop."""
    if len(places) < 2:  # noqa: PLR2004 - an itemgetter of one gives no sequence
        return [numbers[place] for place in places]
    picked: tuple[int, ...] = itemgetter(*places)(numbers)
    return picked


@cache
def _row(labels: int) -> struct.Struct:
    """Describe a packed number, or the sum of some: the lanes, squared rarities, how many."""
    return struct.Struct(f"<{labels}HII")


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
    rows[top + _SQUARE :: width] = bytes([1]) * len(rarities)
    return [int.from_bytes(row, "little") for (row,) in struct.iter_unpack(f"{width}s", rows)]


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
        places=dict(zip(numbers, range(_UNKNOWN + 1, len(numbers) + 1), strict=True)),
        packed=[0, *_packed(lanes, rarities)],
        lanes=[bytes([0]) + lane for lane in lanes],
        unseen=max(rarities, default=RARITY_STEPS),
        scale=scale,
        notes=notes,
    )


def save(model: Linear, path: Path) -> None:
    """Write a model file; the same model gives the same bytes."""
    head = {
        "labels": list(model.labels),
        "features": len(model.places),
        "scale": model.scale,
        "notes": dict(model.notes),
    }
    text = json.dumps(head, ensure_ascii=False, sort_keys=True).encode()
    top = 8 * _LANE * len(model.labels)
    known = model.packed[_UNKNOWN + 1 :]
    rarities = bytes(isqrt(packed >> top & _SQUARES_MASK) for packed in known)
    weights = bytearray(len(model.labels) * len(model.places))
    for at, lane in enumerate(model.lanes):
        weights[at :: len(model.labels)] = lane[_UNKNOWN + 1 :].translate(_BIASED)
    path.write_bytes(
        _MAGIC
        + struct.pack("<I", len(text))
        + text
        + _little(array("I", model.places))
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
