"""Other ways to find a tip's category, learnt from the same texts; run in var/peers (bench-peers).

Usage: python bench/tip_peers.py NAME FILE, where FILE holds {"train": [[text, label], …], "views":
{name: [text, …]}}; prints {"views": {name: [label, …]}, "p50": µs, "p99": µs, "memory": MiB}, the
times of the first view's texts one by one, the memory at its highest, learning included.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

Train = list[tuple[str, str]]
Guess = Callable[[str], str]


def core(train: Train) -> Guess:
    """underthesea_core's classifier as it comes."""
    return _core(train, plain=True)


def core_with_preprocessor(train: Train) -> Guess:
    """The same behind its own preprocessor."""
    return _core(train, plain=False)


def _core(train: Train, *, plain: bool) -> Guess:
    library: Any = import_module("underthesea_core")
    before = {} if plain else {"preprocessor": library.TextPreprocessor()}
    model = library.TextClassifier(**before)
    model.fit([text for text, _ in train], [label for _, label in train])
    return lambda text: str(model.predict(text))


def fasttext(train: Train) -> Guess:
    """FastText with pairs of words, 50 rounds: its usual setting for short texts."""
    library: Any = import_module("fasttext")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "train.txt"
        lines = (f"__label__{label} {_line(text)}" for text, label in train)
        file.write_text("\n".join(lines), encoding="utf-8")
        model = library.train_supervised(
            str(file), epoch=50, lr=0.5, wordNgrams=2, minn=2, maxn=4, verbose=0, thread=1
        )
    # Its own `predict` asks numpy for what numpy 2 no longer gives.
    return lambda text: str(model.f.predict(_line(text) + "\n", 1, 0.0, "strict")[0][1][9:])


def pyvi_svm(train: Train) -> Guess:
    """Words cut by pyvi, TF-IDF of words and pairs, a linear SVM: the usual recipe."""
    cutter: Any = import_module("pyvi.ViTokenizer")
    words: Any = import_module("sklearn.feature_extraction.text")
    pipeline: Any = import_module("sklearn.pipeline")
    svm: Any = import_module("sklearn.svm")
    counted = words.TfidfVectorizer(
        ngram_range=(1, 2), preprocessor=cutter.tokenize, sublinear_tf=True
    )
    recipe = pipeline.make_pipeline(counted, svm.LinearSVC())
    recipe.fit([text.lower() for text, _ in train], [label for _, label in train])
    return lambda text: str(recipe.predict([text.lower()])[0])


def _line(text: str) -> str:
    return " ".join(text.lower().split())


PEERS = {
    "core": core,
    "core_with_preprocessor": core_with_preprocessor,
    "fasttext": fasttext,
    "pyvi_svm": pyvi_svm,
}


def main(name: str, file: str) -> None:
    """Learn, guess, print."""
    told = json.loads(Path(file).read_text(encoding="utf-8"))
    guess = PEERS[name]([(text, label) for text, label in told["train"]])
    views = {view: [guess(text) for text in texts] for view, texts in told["views"].items()}
    took = []
    for text in next(iter(told["views"].values())):
        began = time.perf_counter()
        guess(text)
        took.append(1e6 * (time.perf_counter() - began))
    took.sort()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    p50, p99 = took[len(took) // 2], took[int(0.99 * len(took))]
    print(json.dumps({"views": views, "p50": p50, "p99": p99, "memory": memory}))


if __name__ == "__main__":
    main(*sys.argv[1:])
