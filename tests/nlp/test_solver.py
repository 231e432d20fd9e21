"""The solvers: in whole numbers, in any order, side by side as alone."""

import numpy as np
import pytest

from nlp import joint
from nlp.features import codes, numbers, of
from nlp.learner import Document, Lessons, fit
from nlp.rows import Rows
from nlp.shuffle import Shuffle
from nlp.solver import Effort, Problem, learn
from nlp.text import normalise
from tests.nlp.models import golden


def test_learning_all_labels_at_once_agrees_with_learning_them_one_by_one() -> None:
    names = ("theft", "fire", "drugs")
    texts = [(row["text"], row["category"]) for row in golden("tips") if row["kind"] == "tip"]
    documents = [
        Document(
            tuple(of(normalise(text))),
            {name: 1.0 if category.startswith(name) else -1.0 for name in names},
        )
        for text, category in texts
    ]

    together = joint.fit(documents, names, 50_000, joint.Effort(rounds=12))
    single = fit(documents, names, 50_000, Effort(rounds=12, tolerance=0.0))

    for text, _ in texts:
        features = codes(normalise(text))
        pairs = zip(together.margins(features), single.margins(features), strict=True)
        assert all(abs(a - b) < 0.06 for a, b in pairs)


def test_the_solver_gives_the_same_weights_in_any_order_of_features() -> None:
    texts = [[(0, 0.5), (1, 0.25), (2, 0.75)], [(1, 0.5), (2, 0.5)], [(0, 0.75), (3, 0.5)]]
    targets = [[1.0], [-1.0], [2.0]]
    turned = problem([text[::-1] for text in texts], targets)

    one, other = learn([problem(texts, targets), turned], Effort(rounds=9))

    assert one.weights.any()
    assert (one.weights == other.weights).all()
    assert (one.pulls == other.pulls).all()


def test_what_is_learnt_side_by_side_is_what_is_learnt_alone() -> None:
    texts = [[(0, 0.5), (1, 0.25)], [(1, 0.5), (2, 0.5)], [(0, 0.75), (2, 0.5)], [(2, 0.25)]]
    targets = [[1.0, -1.0], [-1.0, 2.0], [2.0, 0.0], [-1.0, -0.5]]
    effort = Effort(rounds=9, settled=0.1)

    together, _ = learn([problem(texts, targets), problem(texts[:2], targets[:2])], effort)
    alone = [learn([problem(texts, [[row[n]] for row in targets])], effort)[0] for n in range(2)]

    assert (together.weights == np.hstack([its.weights for its in alone])).all()
    assert (together.pulls == np.hstack([its.pulls for its in alone])).all()


def test_models_learnt_together_are_what_each_is_alone() -> None:
    """Those of fewer documents are done first; the others do not notice."""
    texts = [of(normalise(row["text"])) for row in golden("tips")]
    names, effort = ("one", "two"), joint.Effort()
    targets = [[1.0 if n % 2 == its else -1.0 for its in range(2)] for n in range(len(texts))]
    whole = Lessons(Rows.read(texts), np.array(targets))
    parts = [whole, *(whole.some(np.arange(len(texts)) % 3 != fold) for fold in range(3))]

    together = joint.learn(parts, names, 500, effort)
    alone = [joint.learn([part], names, 500, effort)[0] for part in parts]

    for one, other in zip(together, alone, strict=True):
        assert one.scale == other.scale
        assert one.numbers.tolist() == other.numbers.tolist()
        assert one.weights.tolist() == other.weights.tolist()


def problem(texts: list[list[tuple[int, float]]], targets: list[list[float]]) -> Problem:
    found = [pair for text in texts for pair in text]
    return Problem(
        features=np.array([feature for feature, _ in found]),
        values=np.array([value for _, value in found]),
        starts=np.cumsum([0, *map(len, texts)]),
        alone=np.zeros(len(texts)),
        targets=np.array(targets),
        size=5,
    )


def test_documents_that_say_too_much_for_exact_sums_are_refused() -> None:
    loud = problem([[(0, 0.5)], [(1, 0.5)]], [[40_000.0], [30_000.0]])

    with pytest.raises(OverflowError):
        learn([loud], Effort())


def test_settled_documents_are_left_alone_and_the_rest_still_learns() -> None:
    texts = [[(0, 0.75), (1, 0.25)], [(0, 0.75), (2, 0.5)], [(3, 0.5), (4, 0.5)]]

    (answer,) = learn([problem(texts, [[1.0], [1.0], [-1.0]])], Effort(rounds=9, settled=0.0))

    assert answer.weights[0, 0] > 0
    assert answer.pulls[2, 0] == 0.0


def test_many_texts_scored_at_once_score_what_the_bot_scores() -> None:
    texts = [of(normalise(row["text"])) for row in golden("tips")]
    names = ("one", "two", "three")
    rows = Rows.read([*texts, [], ["never read"]])
    targets = [[1.0 if n % 3 == its else -1.0 for its in range(3)] for n in range(len(rows))]

    (learnt,) = joint.learn([Lessons(rows, np.array(targets))], names, 500, joint.Effort())
    margins, known = learnt.scored(rows.numbers(), rows.starts)

    model = learnt.model
    for text, found, share in zip([*texts, []], margins, known, strict=False):
        assert model.scored(model.found(numbers(text))) == (found.tolist(), share)


def test_a_shuffle_gives_every_item_once_and_the_same_order_in_every_run() -> None:
    shuffle = Shuffle()

    first, second = shuffle(np.arange(10)), shuffle(np.arange(10))

    assert sorted(first.tolist()) == sorted(second.tolist()) == list(range(10))
    assert first.tolist() == [7, 8, 1, 6, 5, 0, 2, 9, 3, 4]
    assert second.tolist() == [8, 7, 1, 5, 9, 0, 4, 2, 3, 6]
    assert shuffle(np.arange(0)).tolist() == []
