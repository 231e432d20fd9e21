"""What is fixed once the tip model has been tried: temperature, limits, and the figures."""

from collections import Counter
from collections.abc import Sequence

from nlp import categories, judge, kinds, measures, urgency
from nlp.categories import NO_TIP, NOT_A_TIP, OPINION, Score
from nlp.tipmodel import lane
from nlp.tiptrials import Trial

# Promises the limits keep out-of-fold. The corpus is harder than what people send (its writers
# looked for what is confusable), so that the same limits keep more on texts by another hand.
_AUTO_PRECISION = 0.925
_OPINION_PRECISION = 0.98
_TIP_RECALL = 0.972  # a tip that looks like a chat is worse than a chat offered to become a tip
_URGENT_RECALL = 0.943
# For the same reason probabilities that fit the corpus are too modest elsewhere: margins are spread
# a little more (calibration error on texts by another hand 0.045, not 0.059; decision 10).
_PLAINER = 0.9
_FEWEST = 10
_KNOWN = 0.12  # share of known features below which a text is taken for another language

Figures = dict[str, float]


def fix(trials: Sequence[Trial], names: tuple[str, ...]) -> Figures:
    """Set the temperature and every limit."""
    place = {name: n for n, name in enumerate(names)}
    fitted = measures.temperature(
        [t.margins[:-1] for t in trials], [place[lane(t.example)] for t in trials]
    )
    heat = round(_PLAINER * fitted, 3)
    chances = [_chances(t, heat) for t in trials]
    return {"temperature": heat, "known": _KNOWN} | _limits(trials, names, chances)


def _limits(
    trials: Sequence[Trial], names: Sequence[str], chances: Sequence[list[float]]
) -> Figures:
    paired = list(zip(trials, chances, strict=True))
    no_tip = -len(NO_TIP)
    tip = measures.limit_for_recall(
        [1 - sum(c[no_tip:]) for t, c in paired if t.example.kind == "tip"], _TIP_RECALL
    )
    opinion_at = names.index(OPINION)
    opinion = measures.limit_for_precision(
        [(c[opinion_at], t.example.kind == "opinion") for t, c in paired],
        _OPINION_PRECISION,
        _FEWEST,
    )
    shown = categories.shown(names)
    best = [(t, shown[categories.ranked(categories.shares(c))[0]]) for t, c in paired]
    auto = measures.limit_for_precision(
        [
            (categories.lead(t.margins[:-1]), _fits(category, t))
            for t, category in best
            if category != NOT_A_TIP
        ],
        _AUTO_PRECISION,
        _FEWEST,
    )
    urgent = measures.limit_for_recall(
        [t.margins[-1] for t in trials if t.example.urgent], _URGENT_RECALL
    )
    return {"tip": tip, "opinion": opinion, "auto": auto, "urgent": urgent}


def _fits(category: str, trial: Trial) -> bool:
    """Tell whether a category may be shown: the first label, or one the reader noted beside it."""
    return category in {trial.example.category, *trial.example.also}


def _chances(trial: Trial, heat: float) -> list[float]:
    return categories.probabilities(trial.margins[:-1], heat)


def figures(name: str, trials: Sequence[Trial], names: tuple[str, ...], notes: Figures) -> Figures:
    """Measure one writing of the texts."""
    limits = kinds.Limits(tip=notes["tip"], opinion=notes["opinion"], known=notes["known"])
    judged: list[tuple[str, tuple[Score, ...]]] = []
    for trial in trials:
        chances = _chances(trial, notes["temperature"])
        judged.append(judge.weighed(categories.shown(names), chances, trial.known, limits))
    gold = [trial.example.category for trial in trials]
    guessed = [scores[0].category for _, scores in judged]
    right = [a == b for a, b in zip(gold, guessed, strict=True)]
    fits = [_fits(category, trial) for category, trial in zip(guessed, trials, strict=True)]
    auto = [
        n
        for n, (kind, _) in enumerate(judged)
        if kind == "tip" and categories.lead(trials[n].margins[:-1]) >= notes["auto"]
    ]
    seen = Counter((t.example.kind, kind) for t, (kind, _) in zip(trials, judged, strict=True))
    found = {
        "macro_f1": measures.macro_f1(gold, guessed),
        "accuracy": measures.share(right),
        "accuracy_counting_also": measures.share(fits),
        "top3": measures.share(
            [
                g in [s.category for s in scores[:3]]
                for g, (_, scores) in zip(gold, judged, strict=True)
            ]
        ),
        "auto_precision": measures.share([right[n] for n in auto]),
        "auto_precision_counting_also": measures.share([fits[n] for n in auto]),
        "auto_coverage": len(auto) / max(sum(n for (_, k), n in seen.items() if k == "tip"), 1),
    }
    counted = {f"{truth}_taken_for_{said}": float(n) for (truth, said), n in sorted(seen.items())}
    found |= _alarms(trials, [kind for kind, _ in judged], notes["urgent"]) | counted
    return {f"tips.{name}.{key}": value for key, value in found.items()}


def _alarms(trials: Sequence[Trial], kinds_: Sequence[str], limit: float) -> Figures:
    ear = urgency.Urgency(limit)
    alarms = [
        (
            t.example.urgent,
            ear.urgent(t.margins[-1], t.found, t.words, told=kind != "other"),
        )
        for t, kind in zip(trials, kinds_, strict=True)
    ]
    return {
        "urgent_recall": measures.share([said for truth, said in alarms if truth]),
        "urgent_precision": measures.share([truth for truth, said in alarms if said]),
    }


def macro_f1_of(guesses: Sequence[tuple[str, str]]) -> float:
    """Score plain labels as categories: the three kinds that are no tip count as one."""
    gold, said = (
        [NOT_A_TIP if label in NO_TIP else label for label in column]
        for column in zip(*guesses, strict=True)
    )
    return measures.macro_f1(gold, said)
