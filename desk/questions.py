"""Reviewed answers: shown until their day has come, then replaced by whom to ask instead."""

from collections.abc import Iterable
from datetime import date, timedelta

from desk.desk import Desk
from nlp.reviewed import Reviewed

SOON = timedelta(days=30)  # time enough to look a source up again


def known(desk: Desk, intents: Iterable[str]) -> tuple[Reviewed, ...]:
    """Those of these questions that have an answer of their own."""
    answers = desk.tools.answers
    return tuple(answers[intent] for intent in intents if intent in answers)


def fresh(answer: Reviewed, today: date) -> bool:
    """Whether it may be shown: somebody compared it with its source not too long ago."""
    return today < answer.expires


def ageing(answers: Iterable[Reviewed], today: date) -> tuple[Reviewed, ...]:
    """Those that have expired or will soon, the oldest first."""
    due = [answer for answer in answers if answer.expires - SOON <= today]
    return tuple(sorted(due, key=lambda answer: (answer.expires, answer.intent)))
