"""A learnt linear model: scores, reasons, and a file of one JSON head and three plain arrays.

All weights of one feature are packed into one whole number, a lane of 16 bits per label. Adding up
the features of a text then scores every label at once, exactly and in any order.
"""

import json
import struct
import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from math import isqrt, sqrt
from operator import add
from pathlib import Path

_MAGIC = b"TIENGLOA1\n"
_BIAS = 128  # weights are stored as -127 to 127
_LANE = 16  # bits: room for 257 features before a lane could overflow into the next
_LANE_BYTES = _LANE // 8
_AT_ONCE = 256
_WEIGHT = 0xFF
_RARE_BYTES = 8  # of the sum of squared rarities, on top of the lanes
RARITY_STEPS = 16  # a feature's rarity (inverse document frequency) is kept in sixteenths
_UNBIASED = bytes((byte + _BIAS) % 256 for byte in range(256))


class BrokenModelError(Exception):
    """A model file is damaged or from another version; `python -m bot train` writes a new one."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of features for labels.

    Attributes:
        labels: in the order of the lanes.
        packed: feature number → its weights, one lane each, and on top the square of its rarity
            (inverse document frequency in sixteenths). The commonest come first: what most texts
            hold then lies together in memory, and looking it up takes half the time.
        unseen: the rarity of a feature the model does not hold.
        scale: what a stored weight is divided by.
        notes: what training fixed besides the weights: thresholds, temperatures, hash of the data.
    """

    labels: tuple[str, ...]
    packed: Mapping[int, int]
    unseen: int
    scale: float
    notes: Mapping[str, float | int | str]

    def margins(self, features: Sequence[int]) -> list[float]:
        """Score each label; above 0 is its side. Empty and unknown texts score 0 everywhere."""
        return self.scored(self.found(features))[0]

    def found(self, features: Sequence[int]) -> list[int]:
        """Look every feature up once: its packed weights, 0 if training has not seen it."""
        return list(map(self.packed.get, features, repeat(0)))

    def scored(self, found: list[int]) -> tuple[list[float], float]:
        """Score each label, and tell the share of features seen in training, 0 to 1."""
        unknown = found.count(0)
        known = len(found) - unknown
        if not known:
            return [0.0] * len(self.labels), 0.0
        sums, squares = self._sums(found[:_AT_ONCE])
        for at in range(_AT_ONCE, len(found), _AT_ONCE):
            more, rare = self._sums(found[at : at + _AT_ONCE])
            sums, squares = list(map(add, sums, more)), squares + rare
        squares += unknown * self.unseen**2
        share, bias = RARITY_STEPS / (self.scale * sqrt(squares)), _BIAS * known
        return [(total - bias) * share for total in sums], known / len(found)

    def _sums(self, found: Sequence[int]) -> tuple[Sequence[int], int]:
        """Add up at most `_AT_ONCE` features: a sum for each label, and of squared rarities."""
        width = _LANE_BYTES * len(self.labels)
        total = sum(found).to_bytes(width + _RARE_BYTES, "little")
        lanes = array("H", total[:width])
        if sys.byteorder == "big":
            lanes.byteswap()
        return lanes.tolist(), int.from_bytes(total[width:], "little")

    def rarity(self, feature: int) -> int:
        """Give the rarity of a feature the model holds."""
        return isqrt(self.packed[feature] >> (_LANE * len(self.labels)))

    def pushes(self, found: Sequence[int], label: int) -> list[int]:
        """Say how much each feature speaks for a label, in stored units (0 if unknown)."""
        lane = _LANE * label
        return [(packed >> lane & _WEIGHT) - _BIAS if packed else 0 for packed in found]

    def loudest(self, found: Sequence[int], label: int, share: float) -> list[int]:
        """Name the features that speak for a label, by their places in the text, loudest first.

        Args:
            found: what `found` gave.
            label: its lane.
            share: of what the loudest says, 0 to 1; what says no more than that is left out.
        """
        lane = _LANE * label
        mask = _WEIGHT << lane
        said = [packed & mask for packed in found]
        most = (max(said, default=0) >> lane) - _BIAS
        if most <= 0:
            return []
        least = _BIAS + int(most * share) + 1 << lane
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


def _packed(weights: bytes, rarities: bytes, lanes: int) -> Iterator[int]:
    """Turn rows of weights, and a rarity for each row, into packed numbers."""
    spread = bytearray(_LANE_BYTES * len(weights))
    spread[::_LANE_BYTES] = weights
    width, top = _LANE_BYTES * lanes, _LANE * lanes
    view = memoryview(spread)
    for row, rare in enumerate(rarities):
        low = int.from_bytes(view[row * width : (row + 1) * width], "little")
        yield low | rare * rare << top


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
    return Linear(
        labels=tuple(labels),
        packed=dict(zip(numbers, _packed(weights, rarities, len(labels)), strict=True)),
        unseen=max(rarities, default=RARITY_STEPS),
        scale=scale,
        notes=notes,
    )


def save(model: Linear, path: Path) -> None:
    """Write a model file; the same model gives the same bytes."""
    numbers = list(model.packed)
    found = list(model.packed.values())
    lanes = [model.pushes(found, label) for label in range(len(model.labels))]
    head = {
        "labels": list(model.labels),
        "features": len(numbers),
        "scale": model.scale,
        "notes": dict(model.notes),
    }
    text = json.dumps(head, ensure_ascii=False, sort_keys=True).encode()
    weights = bytes(weight % 256 for row in zip(*lanes, strict=True) for weight in row)
    path.write_bytes(
        _MAGIC
        + struct.pack("<I", len(text))
        + text
        + _little(array("I", numbers))
        + bytes(map(model.rarity, numbers))
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
