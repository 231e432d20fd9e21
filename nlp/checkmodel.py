"""Learning the check of suspicious messages, and how it does on those it has not seen."""

from collections.abc import Sequence

from nlp import measures, pairmodel
from nlp.corpus import Corpus, Pair
from nlp.domains import Official, in_text
from nlp.methods import Check, Heard, Methods, heard
from nlp.pairmodel import Recipe, Taught
from nlp.signals import Signals
from nlp.solver import Effort
from nlp.text import normalise

# Promises the limits keep out-of-fold. The honest messages of data/corpus were written to look like
# tricks; of those people really forward far fewer come so near (see data/README.md).
_FALSE_ALARMS = 0.04
_SIGN_RECALL = 0.98
_EFFORT = Effort(cost=2.0, rounds=4, settled=0.1)
_KEEP = 75_000  # features: nearly all
_NOBODY = 2.0  # honest messages are of more subjects than any trick

Figures = dict[str, float]
Said = Sequence[tuple[Pair, Heard]]


def taught(corpus: Corpus) -> Taught:
    """Teach the model, and try it on messages it has not learnt from."""
    signals = Signals(corpus.cues, Official(corpus.domains))
    recipe = Recipe(
        lambda text, views: signals.of(views, in_text(text)),
        _KEEP,
        _EFFORT,
        phrase=1.0,
        nobody=_NOBODY,
        among=True,
    )
    return pairmodel.taught(corpus.messages, corpus.scam_phrases, recipe)


def said(found: Taught) -> Said:
    """Give what models that had not learnt from it say of each message."""
    return [(guess.pair, heard(found.model.labels, guess.margins)) for guess in found.guesses]


def limits(said: Said) -> Figures:
    """Fix from where on a message is doubtful, and from where on it is called a scam."""
    honest = [of.alarm for pair, of in said if pair.label is None]
    tricks = [of.alarm for pair, of in said if pair.label is not None]
    scam = measures.limit_for_silence(honest, 1 - _FALSE_ALARMS)
    sign = measures.limit_for_recall(tricks, _SIGN_RECALL)
    return {"scam": max(scam, sign), "sign": min(scam, sign)}


def figures(said: Said, checker: Methods) -> Figures:
    """Say how it went on messages the models had not seen."""
    verdicts = [(p, h, checker.decide(normalise(p.text), in_text(p.text), h)) for p, h in said]
    tricks = [row for row in verdicts if row[0].label is not None]
    honest = [check for pair, _, check in verdicts if pair.label is None]
    return {
        "check.method_hit1": measures.share([_fits(p, h.methods[:1]) for p, h, _ in tricks]),
        "check.method_hit3": measures.share([_fits(p, h.methods[:3]) for p, h, _ in tricks]),
        "check.scam_called_scam": _share([check for _, _, check in tricks], "scam"),
        "check.scam_missed": _share([check for _, _, check in tricks], "no_sign"),
        "check.legit_called_scam": _share(honest, "scam"),
        "check.legit_no_sign": _share(honest, "no_sign"),
    }


def _fits(pair: Pair, methods: Sequence[str]) -> bool:
    return not {pair.label, *pair.also}.isdisjoint(methods)


def _share(checks: Sequence[Check], verdict: str) -> float:
    return measures.share([check.verdict == verdict for check in checks])
