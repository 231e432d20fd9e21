"""What a list of local words does to texts whose category is known, before anybody is judged by it.

It counts; it is never learnt from. The texts are invented, so single ones may be shown.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from nlp.judge import Judge, Judgement
from nlp.localwords import NONE, LocalWords
from nlp.text import Views, normalise

_TIP = "tip"


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what a reader says it is. `fits`: categories that count as right."""

    text: str
    fits: frozenset[str]
    tip: bool
    urgent: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """How many texts have the right category; which tips are kept, and urgent ones heard."""

    right: int
    kept: frozenset[int]
    heard: frozenset[int]


@dataclass(frozen=True, slots=True)
class Change:
    """A text that is judged differently."""

    text: str
    before: Judgement
    after: Judgement


@dataclass(frozen=True, slots=True)
class Effect:
    """What another list does.

    Attributes:
        texts, tips, urgent: how many there are.
        holding: how many have one of the words in which the lists differ.
        before, after: with today's list, and with the other one.
        changed: texts of which kind, category or urgency is another.
    """

    texts: int
    tips: int
    urgent: int
    holding: int
    before: Figures
    after: Figures
    changed: tuple[Change, ...]

    @property
    def lost(self) -> int:
        """Tips that would be taken for none."""
        return len(self.before.kept - self.after.kept)

    @property
    def unheard(self) -> int:
        """Urgent tips that would be called urgent no more."""
        return len(self.before.heard - self.after.heard)


class Rehearsal:
    """Judges known texts by one list of local words and by another. Reads them when first asked."""

    def __init__(self, file: Path) -> None:
        """Args: file: JSON Lines as data/evaluation/tips.jsonl."""
        self._file = file
        self._plainly: tuple[Judge, list[Judgement]] | None = None

    @cached_property
    def examples(self) -> tuple[Example, ...]:
        """The texts, in the order of the file."""
        lines = self._file.read_text(encoding="utf-8").splitlines()
        return tuple(_example(json.loads(line)) for line in lines)

    def effect(self, judge: Judge, other: LocalWords) -> Effect:
        """Compare: today's words are those of `judge`.

        Only texts that either list writes out differently are judged again: nothing but their words
        reaches the model.
        """
        plain = self._plain(judge)
        today = [judge.words.written_out(views) for views in self._views]
        then = [other.written_out(views) for views in self._views]
        before = self._judged(judge, plain, today)
        differ = [at for at, views in enumerate(today) if views != then[at]]
        after = list(before)
        for at in differ:
            after[at] = judge.judged(then[at])
        changed = [at for at in differ if _verdict(before[at]) != _verdict(after[at])]
        examples = self.examples
        return Effect(
            texts=len(examples),
            tips=sum(example.tip for example in examples),
            urgent=sum(example.urgent for example in examples),
            holding=len(differ),
            before=self._figures(before),
            after=self._figures(after),
            changed=tuple(Change(examples[at].text, before[at], after[at]) for at in changed),
        )

    @cached_property
    def _views(self) -> tuple[Views, ...]:
        return tuple(normalise(example.text) for example in self.examples)

    def _plain(self, judge: Judge) -> list[Judgement]:
        """What the model says without any local word: half a second of work, kept for the next."""
        if self._plainly is None or not self._plainly[0].like(judge):
            self._plainly = (judge.taught(NONE), list(map(judge.judged, self._views)))
        return self._plainly[1]

    def _judged(
        self, judge: Judge, plain: Sequence[Judgement], views: Sequence[Views]
    ) -> list[Judgement]:
        """All judgements; an untouched text has the one it has without local words."""
        pairs = zip(views, self._views, plain, strict=True)
        return [known if new == old else judge.judged(new) for new, old, known in pairs]

    def _figures(self, judgements: Sequence[Judgement]) -> Figures:
        pairs = list(zip(self.examples, judgements, strict=True))
        return Figures(
            right=sum(said.category in known.fits for known, said in pairs),
            kept=frozenset(
                at for at, (known, said) in enumerate(pairs) if known.tip and said.in_scope
            ),
            heard=frozenset(
                at for at, (known, said) in enumerate(pairs) if known.urgent and said.urgent
            ),
        )


def _example(row: dict[str, Any]) -> Example:
    fits = frozenset({row["category"], *row["also"]})
    return Example(row["text"], fits, row["kind"] == _TIP, row["urgent"])


def _verdict(said: Judgement) -> tuple[str, str, bool]:
    return said.kind, said.category, said.urgent
