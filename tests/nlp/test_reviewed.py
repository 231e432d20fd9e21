"""The reviewed answers: each has a source and its days, and nothing in them promises too much."""

import json
import re
from datetime import date, timedelta
from functools import cache

import pytest

from nlp import corpus, reviewed
from nlp.reviewed import FEWEST, LONGEST, BrokenAnswerError, Reviewed
from nlp.text import normalise
from tests.nlp.models import DATA
from tests.test_texts import BANNED, LONGEST_SENTENCE

ANSWERS = reviewed.read(DATA / "faq")
EACH = pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
LIFE = timedelta(days=180)
LONGEST_QUESTION = 60  # characters of a button
VERDICTS = ("an toàn tuyệt đối", "chắc chắn an toàn", "nhẹ dạ", "hám lợi", "vấn nạn")


@cache
def official_domains() -> tuple[str, ...]:
    return corpus.read(DATA).domains


def test_every_question_of_the_taxonomy_has_its_answer() -> None:
    rows = json.loads((DATA / "taxonomy" / "faq_intents.json").read_text("utf-8"))

    assert sorted(ANSWERS) == sorted(row["id"] for row in rows)


@EACH
def test_an_answer_has_a_source_and_its_days(answer: Reviewed) -> None:
    assert answer.source
    assert not answer.source.endswith(".")
    assert answer.office
    assert answer.checked < answer.expires <= answer.checked + LIFE
    assert answer.checked >= date(2026, 11, 22)
    assert all(link.startswith(("https://", "http://")) for link in answer.links)


@EACH
def test_an_answer_is_short_and_in_plain_sentences(answer: Reviewed) -> None:
    assert 0 < len(answer.text) <= LONGEST
    assert len(answer.question) <= LONGEST_QUESTION
    sentences = re.split(r"[.!?:]\s|\n", answer.text)
    assert max(len(sentence.split()) for sentence in sentences) <= LONGEST_SENTENCE


@EACH
def test_an_answer_promises_nothing_that_cannot_be_kept_and_shames_nobody(
    answer: Reviewed,
) -> None:
    shown = f"{answer.question} {answer.text} {answer.source} {answer.office}".casefold()

    assert [word for word in (*BANNED, *VERDICTS) if word in shown] == []


@EACH
def test_an_answer_names_no_internet_address_but_official_ones(answer: Reviewed) -> None:
    official = official_domains() if "." in answer.text else ()
    named = re.findall(r"\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b", answer.text)

    assert [address for address in named if address not in official] == []
    assert "http" not in answer.text


@EACH
def test_what_is_not_verified_only_names_whom_to_ask(answer: Reviewed) -> None:
    if answer.kind == "contact":
        assert re.search(r"hỏi|gọi|đến", answer.text)
        assert not re.search(r"\d[\d.,]* (?:triệu|đồng|nghìn|tuổi)", answer.text)


@EACH
def test_a_question_is_known_by_many_wordings(answer: Reviewed) -> None:
    assert len(answer.wordings) >= FEWEST


def test_no_wording_stands_under_two_questions_or_twice() -> None:
    seen: dict[tuple[str, ...], str] = {}
    twice = []
    pairs = [(text, a.intent) for a in ANSWERS.values() for text in (a.question, *a.wordings)]
    for text, intent in [*pairs, *((text, "none") for text in reviewed.foreign(DATA / "faq"))]:
        key = normalise(text).stripped
        if key in seen:
            twice.append(f"{intent} and {seen[key]}: {text}")
        seen[key] = intent
    assert twice == []


def test_the_lists_of_words_name_only_questions_there_are() -> None:
    lists = corpus.read(DATA).faq_words

    assert set(lists) == {"names", "words", "foreign", "same"}
    assert set(lists["names"]) == set(lists["words"]) == set(ANSWERS)


GOOD = """---
question: Hỏi gì?
kind: fact
source: Luật
checked: 2026-11-22
expires: 2027-05-21
office: công an xã
---

Đáp.

## Cách hỏi khác

- hỏi chi
"""


def test_a_whole_file_is_read() -> None:
    found = reviewed.parse("reward", GOOD)

    assert (found.question, found.text, found.wordings) == ("Hỏi gì?", "Đáp.", ("hỏi chi",))
    assert found.links == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("source: Luật\n", "", "no source"),
        ("source: Luật", "source:", "no field"),
        ("kind: fact", "kind: guess", "kind"),
        ("2027-05-21", "soon", "expires is no day"),
        ("- hỏi chi", "hỏi chi", "does not begin"),
        ("## Cách hỏi khác", "## Khác", "needs an answer"),
        ("---\nquestion", "question", "does not begin with fields"),
        ("office", "owner", "no field"),
    ],
)
def test_a_damaged_file_is_named_with_what_to_mend(old: str, new: str, said: str) -> None:
    with pytest.raises(BrokenAnswerError, match=rf"data/faq/reward\.md.*{said}"):
        reviewed.parse("reward", GOOD.replace(old, new))
