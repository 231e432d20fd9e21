"""A learnt linear model: scores, reasons, and a file of one JSON head and three plain arrays.

All weights of one feature are packed into one whole number, a lane of 24 bits per label. Adding up
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
from pathlib import Path

_MAGIC = b"TIENGLOA1\n"
_BIAS = 128  # weights are stored as -127 to 127
_LANE = 24  # bits: room for 65,000 features before a lane could overflow into the next
_LANE_BYTES = _LANE // 8
_LANE_MASK = (1 << _LANE) - 1
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
            (inverse document frequency in sixteenths).
        unseen: the rarity of a feature the model does not hold.
        scale: what a stored weight is divided by.
        notes: what training fixed besides the weights: thresholds, temperatures, hash of the data.
    """

    labels: tuple[str, ...]
    packed: dict[int, int]
    unseen: int
    scale: float
    notes: Mapping[str, float | int | str]

    def margins(self, features: Sequence[int]) -> list[float]:
        """Score each label; above 0 is its side. Empty and unknown texts score 0 everywhere."""
        return self.heard(features)[0]

    def heard(self, features: Sequence[int]) -> tuple[list[float], float]:
        """Score each label, and tell the share of features seen in training, 0 to 1."""
        known = list(filter(None, map(self.packed.get, features)))
        if not known:
            return [0.0] * len(self.labels), 0.0
        total, bias = sum(known), _BIAS * len(known)
        top = _LANE * len(self.labels)
        squares = (total >> top) + (len(features) - len(known)) * self.unseen**2
        share = RARITY_STEPS / (self.scale * sqrt(squares))
        margins = [((total >> lane & _LANE_MASK) - bias) * share for lane in range(0, top, _LANE)]
        return margins, len(known) / len(features)

    def known(self, features: Sequence[int]) -> float:
        """Give the share of features seen in training, 0 to 1."""
        return len(self.packed.keys() & features) / len(features) if features else 0.0

    def rarity(self, feature: int) -> int:
        """Give the rarity of a feature the model holds."""
        return isqrt(self.packed[feature] >> (_LANE * len(self.labels)))

    def pushes(self, features: Sequence[int], label: int) -> list[int]:
        """Say how much each feature speaks for a label, in stored units (0 if unknown)."""
        lane = _LANE * label
        nothing = repeat(_BIAS << lane)
        found = map(self.packed.get, features, nothing)
        return [(packed >> lane & _LANE_MASK) - _BIAS for packed in found]

    def number(self, note: str) -> float:
        """Read a number training left in the notes.

        Raises:
            BrokenModelError: training did not leave it.
        """
        value = self.notes.get(note)
        if not isinstance(value, int | float):
            raise BrokenModelError(f"the model has no number {note!r}: run `python -m bot train`")
        return value


def pack(weights: bytes, rarities: bytes, lanes: int) -> Iterator[int]:
    """Turn rows of signed bytes, and a rarity for each row, into packed numbers."""
    spread = bytearray(_LANE_BYTES * len(weights))
    spread[::_LANE_BYTES] = weights.translate(_UNBIASED)
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
    numbers = [number for number, _, _ in table]
    rarities = bytes(rare for _, rare, _ in table)
    packed = pack(b"".join(weights for _, _, weights in table), rarities, len(labels))
    return Linear(
        labels=tuple(labels),
        packed=dict(zip(numbers, packed, strict=True)),
        unseen=max(rarities, default=RARITY_STEPS),
        scale=scale,
        notes=notes,
    )


def save(model: Linear, path: Path) -> None:
    """Write a model file; the same model gives the same bytes."""
    numbers = sorted(model.packed)
    lanes = [model.pushes(numbers, label) for label in range(len(model.labels))]
    head = {
        "labels": list(model.labels),
        "features": len(numbers),
        "unseen": model.unseen,
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
        + bytes(model.rarity(number) for number in numbers)
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
    labels, count, scale = head["labels"], head["features"], head["scale"]
    unseen, notes = head["unseen"], head["notes"]
    if not (
        isinstance(labels, list)
        and isinstance(count, int)
        and isinstance(unseen, int)
        and isinstance(scale, float)
        and isinstance(notes, dict)
        and len(body) == count * (5 + len(labels))
    ):
        raise ValueError("unexpected length or head")
    numbers = array("I")
    numbers.frombytes(body[: 4 * count])
    if sys.byteorder == "big":
        numbers.byteswap()
    keys = numbers.tolist()
    packed = pack(body[5 * count :], body[4 * count : 5 * count], len(labels))
    return Linear(
        labels=tuple(labels),
        packed=dict(zip(keys, packed, strict=True)),
        unseen=unseen,
        scale=scale,
        notes=notes,
    )


def _little(numbers: "array[int]") -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()
