"""Questions people ask, and what we do not answer."""

import pytest

from nlp.faq import decide
from tests.nlp.models import questions

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


@pytest.mark.parametrize(
    "question", ["Giá vàng hôm nay bao nhiêu?", "cach nau pho bo", "", "asdf qwer", "🤔"]
)
def test_what_is_none_of_ours_is_never_answered(question: str) -> None:
    assert questions().answer(question).decision != "answer"


def test_sure_is_answered_unsure_is_suggested_none_is_abstained() -> None:
    sure = [("reward", 0.95), ("none", 0.03), ("hotlines", 0.01), ("id_card", 0.01)]
    unsure = [("reward", 0.4), ("hotlines", 0.3), ("id_card", 0.1), ("none", 0.2)]
    foreign = [("none", 0.9), ("reward", 0.05), ("hotlines", 0.03), ("id_card", 0.02)]

    assert decide(sure, 0.9, 0.5).intent == "reward"
    assert decide(unsure, 0.9, 0.5).suggestions == ("reward", "hotlines", "id_card")
    assert decide(unsure, 0.9, 0.5).intent is None
    assert decide(foreign, 0.9, 0.5).suggestions == ()
