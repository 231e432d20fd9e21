"""Rounds of two things measured in turn, so that whatever slows the machine slows both."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Series:
    """One figure over the rounds."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.values)

    def __str__(self) -> str:
        """Median and spread."""
        return f"{_short(self.median)} ({_short(min(self.values))} to {_short(max(self.values))})"


def alternate(rounds: int, *measures: Callable[[], float]) -> list[Series]:
    """Each measure once a round, in the same order; the first round warms up and does not count."""
    found: list[list[float]] = [[] for _ in measures]
    for _ in range(rounds + 1):
        for values, measure in zip(found, measures, strict=True):
            values.append(measure())
    return [Series(tuple(values[1:])) for values in found]


def ratio(ours: Series, yardstick: Series) -> Series:
    """Ours as a share of the yardstick, round by round."""
    pairs = zip(ours.values, yardstick.values, strict=True)
    return Series(tuple(mine / theirs for mine, theirs in pairs))


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _short(value: float) -> str:
    """Three digits that matter."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004 # where three digits end
