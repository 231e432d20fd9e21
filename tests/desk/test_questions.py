"""Answers grow old: expired ones are told apart, and editors hear a month before."""

from datetime import date, timedelta

from desk import questions
from nlp import reviewed
from nlp.reviewed import Reviewed
from tests.nlp.test_reviewed import GOOD

DAY = date(2027, 5, 21)  # the day GOOD expires


def answer(intent: str, expires: date = DAY) -> Reviewed:
    return reviewed.parse(intent, GOOD.replace("2027-05-21", expires.isoformat()))


def test_an_answer_may_be_shown_until_the_day_before_it_expires() -> None:
    assert questions.fresh(answer("reward"), DAY - timedelta(days=1))
    assert not questions.fresh(answer("reward"), DAY)


def test_editors_hear_of_expired_answers_first_and_of_others_a_month_before() -> None:
    old = answer("reward", DAY - timedelta(days=2))
    soon = answer("hotlines", DAY + questions.SOON)
    later = answer("id_card", DAY + questions.SOON + timedelta(days=1))

    assert questions.ageing([later, soon, old], DAY) == (old, soon)
