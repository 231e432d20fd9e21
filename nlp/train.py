"""Learn every model from data/, fix its limits on texts it had not seen, write data/models/.

The same data gives the same bytes: no clock, no random seed, no order of a hash table enters.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from nlp import (
    categories,
    checkmodel,
    corpus,
    faq,
    faqmodel,
    judge,
    kinds,
    measures,
    methods,
    pairmodel,
    tipmodel,
    twinmodel,
    twins,
    urgency,
)
from nlp.categories import NO_TIP, OPINION
from nlp.concepts import WORDS_FILE
from nlp.corpus import NOT_A_TIP, Corpus
from nlp.model import Linear, save
from nlp.pairmodel import Taught
from nlp.phrases import Phrases
from nlp.signals import CUES_FILE
from nlp.tipmodel import Trial

# Promises the limits keep out-of-fold.
_AUTO_PRECISION = 0.95
_OPINION_PRECISION = 0.98
_TIP_RECALL = 0.97  # a tip that looks like a chat is worse than a chat offered to become a tip
_URGENT_RECALL = 0.95
_FEWEST = 10
_KNOWN = 0.12  # share of known features below which a text is taken for another language

_CHECK = "check"

Figures = dict[str, float]
Notes = dict[str, float | int | str]


def train(data: Path, models: Path, say: Callable[[str], None] = print) -> Figures:
    """Train everything and write the model files.

    Args:
        data: the folder with corpus/ and taxonomy/.
        models: where the files go; made if missing.
        say: hears progress and scores.

    Returns:
        The scores, all of them on texts the scoring model had not learnt from.
    """
    models.mkdir(parents=True, exist_ok=True)
    found = corpus.read(data)
    figures: Figures = {}
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(_taught, data, which) for which in (*faqmodel.MODELS, _CHECK)]
        figures |= _train_tips(found, models, say)
        say("faq")
        figures |= _train_faq(found, models, *(job.result() for job in jobs[:-1]))
        say("methods")
        figures |= _train_methods(found, models, jobs[-1].result())
    learnt = twinmodel.learn(found.tips)
    _write(models / twins.FILE, {**learnt, "data": found.digest})
    figures["twins.limit"] = float(str(learnt["limit"]))
    for name, value in figures.items():
        say(f"{name:<42} {value:.4f}")
    return figures


def _train_tips(found: Corpus, models: Path, say: Callable[[str], None]) -> Figures:
    trials, peer = tipmodel.trials(found, say)
    names = categories.labels(found.categories)[:-1]
    place = {name: n for n, name in enumerate(names)}
    learnt_on = [*trials["written"], *trials["stripped"]]
    heat = measures.temperature(
        [t.margins[:-1] for t in learnt_on], [place[tipmodel.lane(t.example)] for t in learnt_on]
    )
    lists = {"now": list(found.urgent_now), "not_now": list(found.not_now)}
    danger = urgency.Urgency(Phrases(found.urgent_now), Phrases(found.not_now), 0.0)
    notes = _tip_limits(learnt_on, names, heat, danger)
    model = _noted(tipmodel.learn(found), notes, found)
    save(model, models / judge.MODEL_FILE)
    _write(models / judge.URGENT_FILE, lists)
    figures: Figures = {"tips.written.macro_f1_of_underthesea_core": _macro_f1_of(peer)}
    for name, tested in trials.items():
        figures |= _tip_figures(name, tested, names, notes, replace(danger, limit=notes["urgent"]))
    return figures


def _macro_f1_of(guesses: list[tuple[str, str]]) -> float:
    """Score plain labels as categories: the three kinds that are no tip count as one."""
    gold, said = (
        [NOT_A_TIP if label in NO_TIP else label for label in column]
        for column in zip(*guesses, strict=True)
    )
    return measures.macro_f1(gold, said)


def _tip_limits(
    trials: list[Trial], names: tuple[str, ...], heat: float, danger: urgency.Urgency
) -> Figures:
    chances = [dict(zip(names, _chances(t, heat), strict=True)) for t in trials]
    paired = list(zip(trials, chances, strict=True))
    best = [categories.ranked(names, list(c.values())) for c in chances]
    tip = measures.limit_for_recall(
        [1 - sum(c[n] for n in NO_TIP) for t, c in paired if t.example.kind == "tip"], _TIP_RECALL
    )
    opinion = measures.limit_for_precision(
        [(c[OPINION], t.example.kind == "opinion") for t, c in paired], _OPINION_PRECISION, _FEWEST
    )
    auto = measures.limit_for_precision(
        [
            (ranked[0].confidence, _fits(ranked[0].category, t))
            for t, ranked in zip(trials, best, strict=True)
            if ranked[0].category != NOT_A_TIP
        ],
        _AUTO_PRECISION,
        _FEWEST,
    )
    urgent = measures.limit_for_recall(
        [t.margins[-1] + danger.nudge(t.views) for t in trials if t.example.urgent], _URGENT_RECALL
    )
    return {
        "temperature": heat,
        "tip": tip,
        "opinion": opinion,
        "auto": auto,
        "urgent": urgent,
        "known": _KNOWN,
    }


def _fits(category: str, trial: Trial) -> bool:
    """Tell whether a category may be shown: the first label, or one the reader noted beside it."""
    return category in {trial.example.category, *trial.example.also}


def _chances(trial: Trial, heat: float) -> list[float]:
    return categories.probabilities(trial.margins[:-1], heat)


def _tip_figures(
    name: str, trials: list[Trial], names: tuple[str, ...], notes: Figures, danger: urgency.Urgency
) -> Figures:
    limits = kinds.Limits(tip=notes["tip"], opinion=notes["opinion"], known=notes["known"])
    gold, guessed, fits, top3 = [], [], [], []
    auto: list[int] = []
    seen: Counter[tuple[str, str]] = Counter()
    alarms: list[tuple[bool, bool]] = []
    for trial in trials:
        by_label = dict(zip(names, _chances(trial, notes["temperature"]), strict=True))
        kind, scores = judge.weighed(by_label, trial.known, limits)
        best = scores[0]
        seen[trial.example.kind, kind] += 1
        gold.append(trial.example.category)
        guessed.append(best.category)
        fits.append(_fits(best.category, trial))
        top3.append(trial.example.category in [score.category for score in scores[:3]])
        if kind == "tip" and best.confidence >= notes["auto"]:
            auto.append(len(gold) - 1)
        alarms.append((trial.example.urgent, danger.urgent(trial.margins[-1], trial.views)))
    right = [a == b for a, b in zip(gold, guessed, strict=True)]
    figures = {
        "macro_f1": measures.macro_f1(gold, guessed),
        "accuracy": measures.share(right),
        "accuracy_counting_also": measures.share(fits),
        "top3": measures.share(top3),
        "auto_precision": measures.share([right[n] for n in auto]),
        "auto_precision_counting_also": measures.share([fits[n] for n in auto]),
        "auto_coverage": len(auto) / max(sum(n for (_, k), n in seen.items() if k == "tip"), 1),
        "urgent_recall": measures.share([said for truth, said in alarms if truth]),
        "urgent_precision": measures.share([truth for truth, said in alarms if said]),
    }
    counted = {f"{truth}_taken_for_{said}": float(n) for (truth, said), n in sorted(seen.items())}
    return {f"tips.{name}.{key}": value for key, value in (figures | counted).items()}


def _train_faq(found: Corpus, models: Path, words: Taught, parts: Taught) -> Figures:
    names, tried = words.model.labels, pairmodel.both(words, parts)
    notes = faqmodel.limits(tried, names)
    own: Notes = {**notes, "data": found.faq_digest}
    save(replace(words.model, notes=own), models / faq.FAQ_FILE)
    save(replace(parts.model, notes=own), models / faq.PIECES_FILE)
    _write(models / WORDS_FILE, found.faq_words)
    return faqmodel.figures(found, tried, names, notes)


def _train_methods(found: Corpus, models: Path, taught: Taught) -> Figures:
    said = checkmodel.said(taught)
    own: Notes = {**checkmodel.limits(said), "data": found.check_digest}
    save(replace(taught.model, notes=own), models / methods.METHODS_FILE)
    _write(models / methods.DOMAINS_FILE, {"domains": sorted(found.domains)})
    _write(models / CUES_FILE, found.cues)
    return checkmodel.figures(said, methods.Methods.load(models))


def _taught(data: Path, which: str) -> Taught:
    """Teach one model of short wordings. Runs in a process of its own."""
    found = corpus.read(data)
    return checkmodel.taught(found) if which == _CHECK else faqmodel.taught(found, which)


def _noted(model: Linear, notes: Figures, found: Corpus) -> Linear:
    return replace(model, notes={**notes, "data": found.digest})


def _write(path: Path, content: Mapping[str, object]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True)
    path.write_text(f"{text}\n", "utf-8")


if __name__ == "__main__":
    train(Path("data"), Path("data/models"))
