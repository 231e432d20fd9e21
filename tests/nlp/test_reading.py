"""What the features of a text weigh, reckoned without names; and what of it stays in memory."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import features
from nlp.judge import MODEL_FILE
from nlp.model import load
from nlp.reading import Reading
from nlp.shorthand import MEANING
from nlp.text import normalise, spelt, tokens
from nlp.vocabulary import Vocabulary
from tests.nlp.models import MODELS, golden

MODEL = load(MODELS / MODEL_FILE)
TEXTS = [
    *(row["text"] for row in golden("tips")),
    "Nó bán hàng cấm, nó bán, nó bàn bạc rồi no ban nua",
    "ib mk nha, gọi 0912 345 678 nhé, ko thì thoi",
    "cháy",
    "",
]


def kept(vocabulary: Vocabulary) -> set[str]:
    """Every string that a vocabulary holds."""
    memos = (vocabulary._words, vocabulary._tokens)
    return {
        text
        for memo in memos
        for asked, word in memo.items()
        for text in (asked, word.typed, word.bare)
    }


@pytest.mark.parametrize("text", TEXTS)
def test_a_reading_weighs_what_the_names_of_its_features_weigh(text: str) -> None:
    views, words = normalise(text), Vocabulary(MODEL.packed).read(tokens(text))

    reading = Reading(words, MODEL)

    assert (reading.typed, reading.bare) == (views.accented, views.stripped)
    assert sorted(reading.distinct) == sorted(MODEL.found(features.codes(views)))


@given(st.lists(st.sampled_from(["bán", "ban", "bạn", "nó", "ko", "hoà", "hòa", "113", "7", "zq"])))
def test_words_that_come_again_weigh_once(words: list[str]) -> None:
    text = " ".join(words)
    reading = Reading(Vocabulary(MODEL.packed).read(tokens(text)), MODEL)

    assert sorted(reading.distinct) == sorted(MODEL.found(features.codes(normalise(text))))


@pytest.mark.parametrize("text", TEXTS)
def test_every_place_of_a_reading_leads_back_to_its_words(text: str) -> None:
    views = normalise(text)
    reading = Reading(Vocabulary(MODEL.packed).words(views.accented), MODEL)

    spoken = reading.spoken(range(len(reading.weights)))

    names = [
        " ".join(words) if view is reading.typed else f"~{' '.join(words)}"
        for view, words in spoken
    ]
    assert set(names) == {name for name in features.of(views) if name[0] not in "^$#"}
    assert MODEL.found(map(features.code, names)) == reading.weights[: len(names)]


def test_words_the_model_does_not_know_do_not_stay_in_memory() -> None:
    vocabulary = Vocabulary(MODEL.packed)

    found = vocabulary.read(tokens("Ông Zơkvưng bán ma túy, số 0912 345 678, nhà 4711, zqxvkd"))

    assert {"bán", "ma", "túy"} <= kept(vocabulary)
    assert "zqxvkd" in {word.typed for word in found}
    assert not {text for text in kept(vocabulary) if any(map(str.isdigit, text)) or "z" in text}


def test_what_shorthand_means_is_spelt_already() -> None:
    words = {word for meaning in MEANING.values() for word in meaning}

    assert {word for word in words if spelt(word) != word} == set()
