"""What the chat answers to questions: each answer with its source and the day it expires."""

from console.visit import BASE, Answer, Go, Show, Visit
from desk import misses, questions
from nlp.reviewed import Reviewed

EDITOR = "province"  # what one teaches is answered to everybody


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
    known = {answer.intent: answer.question for answer in rest + list(due)}
    editor, find = visit.who.officer.role == EDITOR, visit.desk.tools.questions.nearest
    missed = misses.waiting(visit.desk) if editor else []
    values = {
        "rows": rows,
        "counted": counted,
        "known": dict(sorted(known.items(), key=lambda item: item[1])),
        "missed": [(miss, find(miss.words)) for miss in missed],
        "taught": misses.taught(visit.desk) if editor else [],
    }
    return Show("questions.html", values)


def teach(visit: Visit) -> Answer:
    """These words ask this question."""
    misses.teach(visit.desk, visit.who, visit.form.get("key", ""), visit.form.get("intent", ""))
    return Go(f"{BASE}/questions", "Đã thêm cách hỏi. Máy dùng ngay từ bây giờ.")


def drop(visit: Visit) -> Answer:
    """These words are no question of ours, or not the one that was said."""
    misses.drop(visit.desk, visit.who, visit.form.get("key", ""))
    return Go(f"{BASE}/questions", "Đã bỏ.")


def _state(visit: Visit, answer: Reviewed) -> str:
    if not questions.fresh(answer, visit.desk.today):
        return "old"
    soon = questions.ageing([answer], visit.desk.today)
    return "soon" if soon else "fresh"
