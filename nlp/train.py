"""Learn every model from data/, fix its limits on texts it had not seen, write data/models/.

The same data gives the same bytes: no clock, no random seed, no order of a hash table enters.
"""

import json
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
    methods,
    pairmodel,
    tiplimits,
    tipmodel,
    twinmodel,
    twins,
)
from nlp.concepts import WORDS_FILE
from nlp.corpus import Corpus
from nlp.model import Linear, save
from nlp.pairmodel import Taught
from nlp.signals import CUES_FILE
from nlp.subjects import SUBJECTS_FILE, meanings

_FEWEST = 10

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
    course = tipmodel.Course.of(found)
    trials, peer = tipmodel.trials(course, say)
    names = categories.labels(found.categories)[:-1]
    notes = tiplimits.fix([*trials["written"], *trials["stripped"]], names)
    save(_noted(tipmodel.learn(course), notes, found), models / judge.MODEL_FILE)
    _write(models / SUBJECTS_FILE, meanings(found.tip_words, found.urgent))
    figures: Figures = {"tips.written.macro_f1_of_underthesea_core": tiplimits.macro_f1_of(peer)}
    for name, tested in trials.items():
        figures |= tiplimits.figures(name, tested, names, notes)
    return figures


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
