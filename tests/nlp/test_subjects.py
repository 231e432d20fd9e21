"""Listed words are heard with accents, without them, and as what they may mean."""

import json

import pytest

from nlp import alike
from nlp.subjects import Subjects, meanings
from nlp.text import normalise
from tests.nlp.models import DATA

LISTS = {
    "steal": ["trộm", "cuỗm", "không cánh mà bay"],
    "shoot": ["bắn"],
    "fraud.land": ["sổ đỏ", "đất nền"],
}


def heard(text: str) -> set[str]:
    found = Subjects(meanings(LISTS, {})).heard(normalise(text))
    assert set(found.found) <= set(found.features)
    return {name for name in found.features if name[0] in "@?"}


def test_a_listed_word_means_its_subject() -> None:
    assert heard("nó cuỗm con gà") == {"@steal"}


def test_two_listed_phrases_say_it_twice() -> None:
    assert heard("bị trộm, xe không cánh mà bay") == {"@steal", "@steal+"}


def test_a_long_phrase_is_heard_whole_or_not_at_all() -> None:
    assert heard("khong canh ma bay") == {"@steal"}
    assert heard("không cánh mà") == set()


def test_one_syllable_without_accents_is_only_a_perhaps() -> None:
    assert heard("no ban con cho") == {"?shoot"}
    assert heard("nó bán con chó") == set()


def test_a_part_speaks_for_its_whole() -> None:
    assert heard("mua đất nền") == {"@fraud", "@fraud.land"}


def test_accents_must_agree_where_they_are_typed() -> None:
    assert heard("số đo") == set()


def rows(*names: str) -> list[str]:
    lines = [line for name in names for line in (DATA / name).read_text("utf-8").splitlines()]
    return [json.loads(line)["text"] for line in lines]


def test_no_text_that_teaches_says_nearly_what_an_evaluation_text_says() -> None:
    """By runs of five words and by common words; what collided was taken out of the corpus."""
    evaluation = [
        normalise(text)
        for text in rows(*(f"evaluation/{name}.jsonl" for name in ("tips", "questions")))
    ]
    teaching = rows(*(f"corpus/{path.name}" for path in (DATA / "corpus").glob("tips_*.jsonl")))

    found = alike.collisions([normalise(text) for text in teaching], evaluation)

    assert [teaching[n] for n in found] == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Cháy nhà rồi!", "chay nha roi", True),
        ("alo", "alo alo", False),
        ("có hai thằng bẻ khóa xe ở chợ tối qua", "tối qua ở chợ có hai thằng bẻ khóa xe", True),
        ("có hai thằng bẻ khóa xe ở chợ tối qua", "có hai thằng hút chích ở nghĩa trang", False),
    ],
)
def test_texts_are_alike_when_they_share_half(one: str, other: str, *, same: bool) -> None:
    assert alike.Shape.of(normalise(one)).alike(alike.Shape.of(normalise(other))) is same
    groups = alike.groups([normalise(one), normalise(other)])
    assert (groups[0] == groups[1]) is same
