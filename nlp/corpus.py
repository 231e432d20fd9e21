"""The hand-written texts of data/corpus and data/faq, the ids of data/taxonomy, all checked."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp import reviewed
from nlp.categories import NO_TIP, NOT_A_TIP
from nlp.concepts import Lists

# What a text is when it is no tip, by the finer kinds of the corpus. A forwarded suspicious
# message asks "is this real?", so it is a question too.
_KINDS = {
    "procedure_question": "question",
    "suspicious_forward": "question",
    "opinion": "opinion",
}


class BrokenCorpusError(Exception):
    """A row of data/corpus is damaged or names an id the taxonomy does not have."""


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text: `kind` is tip, question, opinion or other."""

    text: str
    kind: str
    category: str
    also: tuple[str, ...]
    urgent: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and the id it belongs to, if to any: FAQ question → intent, message → method."""

    text: str
    label: str | None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything training reads."""

    categories: tuple[str, ...]
    tips: tuple[Example, ...]
    phrases: tuple[Pair, ...]
    questions: tuple[Pair, ...]
    more_questions: tuple[Pair, ...]
    faq_phrases: tuple[Pair, ...]
    faq_wordings: tuple[Pair, ...]
    faq_words: Lists
    messages: tuple[Pair, ...]
    scam_phrases: tuple[Pair, ...]
    cues: dict[str, tuple[str, ...]]
    urgent: Mapping[str, tuple[str, ...]]
    domains: tuple[str, ...]
    tip_words: Mapping[str, tuple[str, ...]]
    digest: str
    faq_digest: str
    check_digest: str


# Read by models that keep a digest of their own, and by no other.
_APART = ("faq_", "suspicious_", "cues")
_TAXONOMY = ("categories", "faq_intents", "scam_methods")


def read(data: Path) -> Corpus:
    """Read data/corpus, data/faq and data/taxonomy.

    Raises:
        BrokenCorpusError: names the file and line that must be mended.
        BrokenAnswerError: names the file of data/faq that must be mended.
    """
    folder = data / "corpus"
    categories, intents, methods = (_ids(data, name) for name in _TAXONOMY)
    scam = _lists(folder / "lexicon_scam.json")
    urgent = _lists(folder / "lexicon_urgent.json")
    domains = scam.pop("official_domains")
    read_ids = [data / "taxonomy" / f"{name}.json" for name in _TAXONOMY]
    questions = tuple(_pairs_of(folder, "faq.jsonl", "question", "intent", intents))
    faq_phrases = tuple(_unless(_phrases(folder / "lexicon_faq.json", (*intents, "none")), "none"))
    wordings = tuple(_wordings(data / "faq", intents))
    more = tuple(_pairs_of(folder, "faq_*.jsonl", "question", "intent", intents))
    words = _lists_of_lists(data / "faq" / "words.json")
    messages = tuple(_pairs_of(folder, "suspicious*.jsonl", "text", "method", methods))
    scam_phrases = tuple(
        Pair(phrase, None if method == "legit" else method)
        for method, phrases in scam.items()
        for phrase in phrases
    )
    cues = _lists(folder / "cues.json")
    return Corpus(
        categories=categories,
        tips=tuple(_examples(folder, categories)),
        phrases=tuple(
            pair
            for path in sorted(folder.glob("lexicon_?.json"))
            for pair in _phrases(path, (*categories, *NO_TIP))
        ),
        questions=questions,
        more_questions=more,
        faq_phrases=faq_phrases,
        faq_wordings=wordings,
        faq_words=words,
        messages=messages,
        scam_phrases=scam_phrases,
        cues=cues,
        urgent={"now": urgent["urgent_now"], "not_now": urgent["not_now"]},
        domains=domains,
        tip_words=_lists(folder / "subjects.json"),
        digest=_digest(
            [p for p in folder.glob("*.json*") if not p.name.startswith(_APART)] + read_ids
        ),
        faq_digest=_digest_of([*questions, *more, *faq_phrases, *wordings], words),
        check_digest=_digest_of([*messages, *scam_phrases], {"cues": cues, "of": {"": domains}}),
    )


def _digest(files: Sequence[Path]) -> str:
    found = hashlib.sha256()
    for path in sorted(files, key=lambda path: path.name):
        found.update(f"{path.name}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def _digest_of(pairs: Sequence[Pair], words: Lists) -> str:
    """What a model was learnt from; an answer or its date can change without a training."""
    lessons = [[pair.text, pair.label, pair.also] for pair in pairs]
    return hashlib.sha256(json.dumps([lessons, words], sort_keys=True).encode()).hexdigest()


def _ids(data: Path, name: str) -> tuple[str, ...]:
    entries = json.loads((data / "taxonomy" / f"{name}.json").read_text("utf-8"))
    return tuple(entry["id"] for entry in entries)


def _rows(path: Path) -> Iterator[tuple[str, dict[str, object]]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        where = f"{path.name}:{number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BrokenCorpusError(f"{where} is no JSON") from error
        if not isinstance(row, dict):
            raise BrokenCorpusError(f"{where} is no object")
        yield where, row


def _examples(folder: Path, categories: Sequence[str]) -> Iterator[Example]:
    for path in sorted(folder.glob("tips_*.jsonl")):
        for where, row in _rows(path):
            category = _known(where, row.get("category"), categories)
            kind = _KINDS.get(str(row.get("kind", "procedure_question")), "other")
            yield Example(
                text=_text(where, row, "text"),
                kind=kind if category == NOT_A_TIP else "tip",
                category=category,
                also=_also(where, row, categories),
                urgent=row.get("urgent") is True,
            )


def _pairs_of(folder: Path, names: str, key: str, label: str, ids: Sequence[str]) -> Iterator[Pair]:
    for path in sorted(folder.glob(names)):
        for where, row in _rows(path):
            found = row.get(label)
            yield Pair(
                _text(where, row, key),
                None if found is None else _known(where, found, ids),
                _also(where, row, ids),
            )


def _wordings(folder: Path, intents: Sequence[str]) -> Iterator[Pair]:
    for intent, answer in reviewed.read(folder).items():
        known = _known(f"{folder.name}/{intent}.md", intent, intents)
        yield from (Pair(text, known) for text in (answer.question, *answer.wordings))
    yield from (Pair(text, None) for text in reviewed.foreign(folder))


def _phrases(path: Path, ids: Sequence[str]) -> Iterator[Pair]:
    for label, phrases in _lists(path).items():
        known = _known(path.name, label, ids)
        yield from (Pair(phrase, known) for phrase in phrases)


def _unless(pairs: Iterator[Pair], nothing: str) -> Iterator[Pair]:
    """Give pairs labelled `nothing` no label."""
    return (Pair(p.text, None) if p.label == nothing else p for p in pairs)


def _lists(path: Path) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in json.loads(path.read_text("utf-8")).items()}


def _lists_of_lists(path: Path) -> Lists:
    found: Lists = json.loads(path.read_text("utf-8"))
    return found


def _text(where: str, row: dict[str, object], key: str) -> str:
    text = row.get(key)
    if not isinstance(text, str) or not text.strip():
        raise BrokenCorpusError(f"{where} has no {key}")
    return text


def _known(where: str, found: object, ids: Sequence[str]) -> str:
    if not isinstance(found, str) or found not in ids:
        raise BrokenCorpusError(f"{where}: {found!r} is no id of the taxonomy")
    return found


def _also(where: str, row: dict[str, object], ids: Sequence[str]) -> tuple[str, ...]:
    also = row.get("also", [])
    if not isinstance(also, list):
        raise BrokenCorpusError(f"{where}: 'also' is no list")
    return tuple(_known(where, other, ids) for other in also)
