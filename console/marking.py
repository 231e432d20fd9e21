"""Mark the words of a tip that made the machine think what it thinks."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text; `marked` if it is evidence."""

    text: str
    marked: bool


def pieces(text: str, evidence: Iterable[str]) -> list[Piece]:
    """The text cut around its evidence: whole words, with or without marks."""
    text = unicodedata.normalize("NFC", text)
    cut, at = [], 0
    for start, end in _spans(text, evidence):
        cut += [Piece(text[at:start], marked=False), Piece(text[start:end], marked=True)]
        at = end
    return [piece for piece in (*cut, Piece(text[at:], marked=False)) if piece.text]


def _spans(text: str, evidence: Iterable[str]) -> list[tuple[int, int]]:
    """Where evidence stands: longest first at each place, never overlapping."""
    composed = (unicodedata.normalize("NFC", e) for e in evidence if e.strip())
    phrases = sorted({_fold(e) for e in composed}, key=len, reverse=True)
    if not phrases:
        return []
    joined = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases)
    # Neighbours are one mark: "cầm dao", not "cầm" and "dao".
    one = rf"\b(?:{joined})\b"
    return [found.span() for found in re.finditer(rf"{one}(?:\s+{one})*", _fold(text))]


def _fold(text: str) -> str:
    """Lower case without marks, letter for letter: a place in one is the same place in the other.

    Letters that would become longer or shorter stay as they are.
    """
    return "".join(_base(letter) for letter in text)


def _base(letter: str) -> str:
    lower = letter.lower().replace("đ", "d")
    base = unicodedata.normalize("NFD", lower)[:1]
    return base if len(lower) == 1 and base else letter
