"""Our reading of a tip beside others that learnt the same texts."""

import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.rounds import table
from nlp import corpus, measures
from nlp.categories import NOT_A_TIP
from nlp.letters import strip_marks

ROOT = Path(__file__).parents[1]
PEER_PYTHON = ROOT / "var" / "peers" / "bin" / "python"
PEERS = {
    "core": "underthesea_core, TextClassifier as it comes",
    "core_with_preprocessor": "the same behind its TextPreprocessor",
    "fasttext": "fastText, pairs of words and pieces of 2 to 4 letters",
    "pyvi_svm": "pyvi and a linear SVM",
}


def section(texts: Sequence[dict[str, Any]], spoils: Mapping[str, Callable[[str], str]]) -> str:
    """Others, side by side; those that are not installed are said to be missing."""
    learnt = corpus.read(ROOT / "data")
    views = {name: [spoil(t["text"]) for t in texts] for name, spoil in spoils.items()}
    told = {"train": [(e.text, e.category) for e in learnt.tips], "views": views}
    labels = [text["category"] for text in texts]
    rows = [_rules(learnt, views, labels)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "told.json"
        file.write_text(json.dumps(told), encoding="utf-8")
        for name, words in PEERS.items():
            rows.append((words, *(_asked(name, file, labels) or ["NOT MEASURED"])))
    return table(("", *spoils, "p50", "p99", "memory"), rows)


def _asked(name: str, file: Path, labels: Sequence[str]) -> list[str]:
    if not PEER_PYTHON.exists():
        return []
    command = [str(PEER_PYTHON), str(ROOT / "bench" / "tip_peers.py"), name, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 # ours
    if done.returncode:
        return []
    said = json.loads(done.stdout.splitlines()[-1])
    shares = [_share(labels, guessed) for guessed in said["views"].values()]
    return [*shares, f"{said['p50']:.0f}", f"{said['p99']:.0f}", f"{said['memory']:.0f} MiB"]


def _rules(
    learnt: corpus.Corpus, views: dict[str, list[str]], labels: Sequence[str]
) -> tuple[str, ...]:
    """The category most of whose phrases (data/corpus/lexicon_*.json) stand in the text."""
    ids = set(learnt.categories)
    phrases = [
        (f" {strip_marks(p.text).lower()} ", p.label) for p in learnt.phrases if p.label in ids
    ]

    def guess(text: str) -> str:
        plain = f" {strip_marks(text).lower()} "
        hits = Counter(label for phrase, label in phrases if phrase in plain)
        return hits.most_common(1)[0][0] if hits else NOT_A_TIP

    shares = [_share(labels, [guess(text) for text in texts]) for texts in views.values()]
    return ("keyword rules over our lexicons", *shares, "", "", "")


def _share(labels: Sequence[str], guessed: Sequence[str]) -> str:
    return f"{measures.share([a == b for a, b in zip(labels, guessed, strict=True)]):.3f}"
