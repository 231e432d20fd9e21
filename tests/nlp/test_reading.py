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
        for text in (asked, word.typed, word.bare_ends.decode())
    }


def weights(text: str) -> list[int]:
    """What the model packed for each feature of a text, by the features' names."""
    return MODEL.found(features.codes(normalise(text)))


@pytest.mark.parametrize("text", TEXTS)
def test_a_reading_weighs_what_the_names_of_its_features_weigh(text: str) -> None:
    reading = Reading(Vocabulary(MODEL).read(tokens(text)), MODEL)

    assert reading.typed == normalise(text).accented
    assert sorted(filter(None, reading.weights)) == sorted(weights(text))


@given(st.lists(st.sampled_from(["bán", "ban", "bạn", "nó", "ko", "hoà", "hòa", "113", "7", "zq"])))
def test_words_that_come_again_weigh_once(words: list[str]) -> None:
    text = " ".join(words)

    reading = Reading(Vocabulary(MODEL).read(tokens(text)), MODEL)

    assert sorted(filter(None, reading.weights)) == sorted(weights(text))


@pytest.mark.parametrize("text", TEXTS)
def test_every_feature_that_stands_for_words_leads_back_to_them(text: str) -> None:
    views = normalise(text)

    spoken = {name: features.spoken(name, views) for name in features.of(views)}

    for name, (view, words) in spoken.items():
        assert bool(words) == (name[0] not in "^$#")
        assert all(word in view for word in words)
        if words:
            assert name == (features.BARE if view is views.stripped else "") + " ".join(words)


def test_words_the_model_does_not_know_do_not_stay_in_memory() -> None:
    vocabulary = Vocabulary(MODEL)

    found = vocabulary.read(tokens("Ông Zơkvưng bán ma túy, số 0912 345 678, nhà 4711, zqxvkd"))

    assert {"bán", "ma", "túy"} <= kept(vocabulary)
    assert "zqxvkd" in {word.typed for word in found}
    assert not {text for text in kept(vocabulary) if any(map(str.isdigit, text)) or "z" in text}


def test_what_shorthand_means_is_spelt_already() -> None:
    words = {word for meaning in MEANING.values() for word in meaning}

    assert {word for word in words if spelt(word) != word} == set()
