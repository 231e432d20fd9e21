"""What the chat answers to questions: each answer with its source and the day it expires."""

from console.visit import Answer, Show, Visit
from desk import questions
from nlp.reviewed import Reviewed


def show(visit: Visit) -> Answer:
    """All answers: expired ones first, then those that soon will, then the rest by question."""
    today = visit.desk.today
    answers = visit.desk.tools.answers.values()
    due = questions.ageing(answers, today)
    rest = sorted((a for a in answers if a not in due), key=lambda answer: answer.question)
    rows = [(answer, _state(visit, answer)) for answer in (*due, *rest)]
    counted = {"old": 0, "soon": 0, "fresh": 0}
    for _, state in rows:
        counted[state] += 1
    return Show("questions.html", {"rows": rows, "counted": counted})


def _state(visit: Visit, answer: Reviewed) -> str:
    if not questions.fresh(answer, visit.desk.today):
        return "old"
    soon = questions.ageing([answer], visit.desk.today)
    return "soon" if soon else "fresh"
