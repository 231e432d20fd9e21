"""Plain texts whose category, kind and urgency nobody would argue about."""

from collections import Counter

import pytest

from nlp.corpus import read
from nlp.letters import strip_marks
from tests.nlp.models import DATA, golden, judge

TIPS = golden("tips")
URGENT = golden("urgent")
SIXTEEN = sorted({row["category"] for row in TIPS if row["kind"] == "tip"})


@pytest.mark.parametrize("category", SIXTEEN)
def test_plain_tips_find_their_category(category: str) -> None:
    texts = [row["text"] for row in TIPS if row["category"] == category]

    found = [judge().judge(text).category for text in texts]

    assert len(texts) >= 6
    assert found.count(category) >= len(texts) - 1


@pytest.mark.parametrize("category", SIXTEEN)
def test_plain_tips_find_their_category_without_accents(category: str) -> None:
    texts = [row["text"] for row in TIPS if row["category"] == category]

    found = [judge().judge(strip_marks(text)).category for text in texts]

    assert found.count(category) >= len(texts) - 2


@pytest.mark.parametrize("kind", ["question", "opinion", "other"])
def test_what_is_no_tip_is_recognised(kind: str) -> None:
    texts = [row["text"] for row in TIPS if row["kind"] == kind]

    found = Counter(judge().judge(text).kind for text in texts)

    assert found[kind] >= len(texts) - 1


def test_no_plain_tip_is_declined_as_an_opinion() -> None:
    for row in TIPS:
        if row["kind"] == "tip":
            assert judge().judge(row["text"]).kind != "opinion", row["text"]
            assert judge().judge(strip_marks(row["text"])).kind != "opinion", row["text"]


def test_what_is_declined_as_an_opinion_is_never_in_scope() -> None:
    declined = [found for row in TIPS if (found := judge().judge(row["text"])).kind == "opinion"]

    assert declined
    assert not any(found.in_scope or found.auto for found in declined)
    assert {found.category for found in declined} == {"not_a_tip"}


def test_every_plain_danger_is_urgent_and_names_a_number() -> None:
    for row in URGENT:
        if row["urgent"]:
            for text in (row["text"], strip_marks(row["text"])):
                found = judge().judge(text)
                assert found.urgent, text
                assert found.call in {"113", "114", "115", "111"}


def test_most_plain_old_stories_are_not_urgent() -> None:
    calm = [row["text"] for row in URGENT if not row["urgent"]]

    alarms = [text for text in calm if judge().judge(text).urgent]

    assert len(alarms) <= len(calm) // 4


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Cháy nhà rồi, có người kẹt bên trong, cứu với", "114"),
        ("Chìm ghe rồi, còn ba người dưới nước", "114"),
        ("Bạn em uống thuốc sâu rồi, đang co giật", "115"),
        ("Có người cầm dao đang rượt chém nhau trước cổng trường", "113"),
        ("be gai 8 tuoi bi cha duong xam hai", "111"),
    ],
)
def test_the_number_fits_the_danger(text: str, number: str) -> None:
    assert judge().judge(text).call == number


def test_evidence_is_words_of_the_text_in_their_order() -> None:
    text = "Tối qua có thằng bẻ khóa trộm xe máy trước chợ"

    evidence = judge().evidence(text, "theft")

    assert evidence
    places = [text.lower().split().index(word) for word in evidence]
    assert places == sorted(places)


@pytest.mark.parametrize("text", ["", "   ", "👍", "...", "\u200b", "?" * 5000])
def test_nothing_to_read_is_other_and_calm(text: str) -> None:
    found = judge().judge(text)

    assert (found.kind, found.category, found.auto) == ("other", "not_a_tip", False)
    assert not found.urgent


def test_top_three_begin_with_the_chosen_category_and_differ() -> None:
    for row in TIPS:
        found = judge().judge(row["text"])
        names = [score.category for score in found.top]
        assert names[0] == found.category
        assert len(set(names)) == 3
        assert all(0.0 <= score.confidence <= 1.0 for score in found.top)


def test_golden_rows_are_not_in_the_corpus() -> None:
    learnt = {example.text.lower() for example in read(DATA).tips}

    assert not learnt & {row["text"].lower() for row in (*TIPS, *URGENT)}


@pytest.mark.parametrize(
    "text", ["Chào", "ok", "alo", "test", "hello", "cảm ơn", "hihi", "asdfgh", "dạ con chào chú"]
)
def test_a_greeting_is_not_urgent(text: str) -> None:
    assert not judge().judge(text).urgent


@pytest.mark.parametrize("text", ["cứu với", "cuu voi", "cháy nhà", "chay nha", "có cháy"])
def test_two_words_of_danger_are_urgent(text: str) -> None:
    assert judge().judge(text).urgent


@pytest.mark.parametrize(
    "text", ["bé trôi sông rồi", "con tui bị bán qua cam r", "mẹ con lạc từ sáng"]
)
def test_few_words_that_leave_no_doubt_need_no_listed_one(text: str) -> None:
    assert judge().judge(text).urgent


@pytest.mark.parametrize("text", ["mất rồi", "bị lừa rồi", "chơi bài", "mất xe rồi"])
def test_few_words_without_danger_are_not_urgent(text: str) -> None:
    assert not judge().judge(text).urgent
