"""The yardstick: the same lessons learnt by underthesea_core, whose text classifier is a good one.

It gives one label and no second choice, and its saved bytes differ from run to run, so it is no
model of ours. But whoever changes our solver sees at once whether it fell behind.
"""

from collections.abc import Callable, Sequence

from underthesea_core import TextClassifier

from nlp.categories import URGENT
from nlp.learner import Document

# Above any vocabulary of ours: it cuts in an order that differs from run to run.
_ALL = 1_000_000


def learn(documents: Sequence[Document]) -> Callable[[Sequence[Sequence[str]]], list[str]]:
    """Learn which label each document belongs to; returns what guesses labels of features."""
    labelled = [
        (document, label)
        for document in documents
        for label, target in document.targets.items()
        if target > 0 and label != URGENT
    ]
    classifier = TextClassifier(max_features=_ALL, ngram_range=(1, 1))
    classifier.fit([_line(d.features) for d, _ in labelled], [label for _, label in labelled])

    def guess(texts: Sequence[Sequence[str]]) -> list[str]:
        return [str(label) for label in classifier.predict_batch([_line(t) for t in texts])]

    return guess


def _line(features: Sequence[str]) -> str:
    return " ".join(feature.replace(" ", "_") for feature in features)
