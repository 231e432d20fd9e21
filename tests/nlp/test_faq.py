"""Questions people ask, and what we do not answer."""

from math import inf

import pytest

from nlp.faq import decide, ours
from tests.nlp.models import golden, questions

ASKED = [
    ("Mã tra cứu dùng để làm gì vậy ạ?", "receipt_lookup"),
    ("toi muon huy nhan thong bao", "unsubscribe"),
    ("Đổi bằng lái xe hết hạn cần giấy tờ gì?", "driver_licence"),
    ("nop phat nguoi o dau", "traffic_fine"),
    ("Xin phiếu lý lịch tư pháp số 2 ở đâu?", "judicial_record"),
    ("dang ky tam tru online the nao", "residence_temporary"),
    ("Báo tin có được thưởng tiền không?", "reward"),
    ("Facebook em bị hack giờ lấy lại sao", "account_hacked"),
]


@pytest.mark.parametrize(("question", "intent"), ASKED)
def test_plain_questions_find_their_answer_among_three(question: str, intent: str) -> None:
    found = questions().answer(question)

    assert found.decision in {"answer", "suggest"}
    assert intent in found.suggestions


ROWS = golden("faq")
FLOOR = 0.94  # of the golden questions, none of which stands in data/corpus or data/faq


def test_golden_questions_find_their_intent() -> None:
    ours = [row for row in ROWS if row["intent"]]
    found = [(row["intent"], questions().answer(row["question"])) for row in ours]

    first = [intent for intent, answer in found if answer.suggestions[:1] == (intent,)]
    among = [intent for intent, answer in found if intent in answer.suggestions]

    assert len(first) >= FLOOR * len(ours)
    assert len(among) >= 0.98 * len(ours)


def test_golden_questions_of_others_are_not_answered() -> None:
    foreign = [questions().answer(row["question"]) for row in ROWS if not row["intent"]]

    assert [answer for answer in foreign if answer.decision == "answer"] == []
    silent = [answer for answer in foreign if answer.decision == "abstain"]
    assert len(silent) >= 0.9 * len(foreign)


def test_the_same_question_without_accents_or_in_capitals_is_still_understood() -> None:
    wanted = "lost_papers"

    for question in ("Mất căn cước thì làm lại ở đâu?", "MAT CAN CUOC THI LAM LAI O DAU"):
        assert wanted in questions().answer(question).suggestions


@pytest.mark.parametrize(
    "question", ["Giá vàng hôm nay bao nhiêu?", "cach nau pho bo", "", "asdf qwer", "🤔"]
)
def test_what_is_none_of_ours_is_never_answered(question: str) -> None:
    assert questions().answer(question).decision != "answer"


def test_sure_is_answered_and_unsure_is_suggested() -> None:
    sure = [("reward", 0.95), ("none", 0.03), ("hotlines", 0.01), ("id_card", 0.01)]
    unsure = [("reward", 0.4), ("hotlines", 0.3), ("id_card", 0.1), ("none", 0.2)]

    assert decide(sure, 0.9).intent == "reward"
    assert decide(unsure, 0.9).suggestions == ("reward", "hotlines", "id_card")
    assert decide(unsure, 0.9).intent is None


def test_what_speaks_against_none_counts_twice() -> None:
    """A question half like several of ours is ours; one like them and like none is foreign."""
    names = ["reward", "hotlines", "none"]

    assert ours(names, [-0.2, -0.3, -0.9]) > ours(names, [0.2, -0.9, -0.3])
    assert ours(names, [0.0, 0.0, 0.0]) == -inf
