"""Learn every model from data/, fix its limits on texts it had not seen, write data/models/.

The same data gives the same bytes: no clock, no random seed, no order of a hash table enters.
"""

import gc
import json
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, replace
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
from nlp.subjects import SUBJECTS_FILE, Subjects, meanings
from nlp.tiptrials import Trials

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
    # What is read here stays: to look for rubbish in it again and again took a third of the time.
    gc.disable()
    found = corpus.read(data)
    figures: Figures = {}
    with ProcessPoolExecutor(mp_context=get_context("spawn"), initializer=gc.disable) as pool:
        # In an order that leaves no core without work: what others wait for comes first.
        words, parts = (pool.submit(_taught, data, which) for which in faqmodel.MODELS)
        tips = _Tips.begun(pool, found)
        check = pool.submit(_taught, data, _CHECK)
        likeness = pool.submit(twinmodel.learn, found.tips)
        figures |= tips.done(models, say)
        say("faq")
        figures |= _train_faq(found, models, words.result(), parts.result())
        say("methods")
        figures |= _train_methods(found, models, check.result())
        learnt = likeness.result()
    gc.enable()
    _write(models / twins.FILE, {**learnt, "data": found.digest})
    figures["twins.limit"] = float(str(learnt["limit"]))
    for name, value in figures.items():
        say(f"{name:<42} {value:.4f}")
    return figures


@dataclass(frozen=True, slots=True)
class _Tips:
    """The tip model while other processes teach it."""

    corpus: Corpus
    trials: Trials
    subjects: Subjects

    @classmethod
    def begun(cls, pool: Executor, found: Corpus) -> "_Tips":
        """Have it taught, and tried on texts it has not learnt from."""
        subjects = tipmodel.subjects_of(found)
        course = tipmodel.Course.of(found, subjects)
        trials = Trials(pool, found, course)
        return cls(found, trials, subjects)

    def done(self, models: Path, say: Callable[[str], None]) -> Figures:
        """Fix its limits and write its files."""
        names = categories.labels(self.corpus.categories)[:-1]
        trials = self.trials.all(self.subjects)
        notes = tiplimits.fix([*trials["written"], *trials["stripped"]], names)
        say("tips: tried")
        save(_noted(self.trials.whole.model, notes, self.corpus), models / judge.MODEL_FILE)
        _write(models / SUBJECTS_FILE, meanings(self.corpus.tip_words, self.corpus.urgent))
        found: Figures = {}
        for name, tested in trials.items():
            found |= tiplimits.figures(name, tested, names, notes)
        peer = tiplimits.macro_f1_of(self.trials.of_peer())
        return {"tips.written.macro_f1_of_underthesea_core": peer, **found}


def _train_faq(found: Corpus, models: Path, words: Taught, parts: Taught) -> Figures:
    names, tried = words.model.labels, faqmodel.tried(words, parts)
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
