"""Questions people ask, and what we do not answer."""

from math import inf

import pytest

from nlp.faq import Heard, decide, ours
from nlp.logistic import logistic
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


NAMES = ["reward", "hotlines", "none"]
WEIGHTS = [1.0, 1.0, -2.0, -2.0, 0.5]


def test_a_question_half_like_several_of_ours_is_ours_and_one_like_none_is_foreign() -> None:
    half = Heard([-0.1, -0.2, -0.5], [-0.1, -0.1, -0.4], 9)
    like_none = Heard([0.1, -0.5, -0.2], [0.1, -0.4, -0.1], 9)

    assert ours(NAMES, half, WEIGHTS) > ours(NAMES, like_none, WEIGHTS)
    assert ours(NAMES, Heard([0.0] * 3, [0.0] * 3, 0), WEIGHTS) == -inf


def test_a_long_question_may_say_less_of_each_thing() -> None:
    long, short = (Heard([-0.3, -0.5, -0.5], [-0.3, -0.5, -0.5], n) for n in (25, 4))

    assert ours(NAMES, long, WEIGHTS) == pytest.approx(ours(NAMES, short, WEIGHTS) + 0.5 * 3)


def test_what_a_sign_counts_is_found_from_cases() -> None:
    # Ours are those whose first sign is larger than three times the second; the third is noise.
    cases = [(a / 10, b / 10, (a * 7 + b * 3) % 5) for a in range(-9, 10) for b in range(-9, 10)]

    one, other, noise = logistic(cases, [a > 3 * b for a, b, _ in cases])

    assert one > 0 > other
    assert -other / one == pytest.approx(3, rel=0.15)
    assert abs(noise) < 0.05 * one
