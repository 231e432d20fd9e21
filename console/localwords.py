"""Local words: what was taught, what a new one would do, and the button that saves it."""

from functools import partial

from console.visit import BASE, Answer, Aside, Go, Show, Visit
from desk import localwords
from desk.errors import TooLongError
from desk.localwords import SENTENCE, Plan
from nlp.rehearsal import Effect

SHOWN = 10  # texts that are judged differently


def show(visit: Visit) -> Answer:
    """The list and the form; what was typed stays after a refusal."""
    values = {
        "listed": localwords.listed(visit.desk),
        "version": localwords.saved(visit.desk).version,
        "word": visit.form.get("word", ""),
        "meaning": visit.form.get("meaning", ""),
        "sentence": visit.form.get("sentence", ""),
        "longest": SENTENCE,
    }
    return Show("localwords.html", values)


def effect(visit: Visit) -> Answer:
    """What the word would do, and the button that saves it."""
    plan = _plan(visit)
    sentence = visit.form.get("sentence", "").strip()
    if len(sentence) > SENTENCE:
        raise TooLongError(limit=str(SENTENCE))
    return _looked_at(visit, plan, partial(_shown, plan, sentence))


def add(visit: Visit) -> Answer:
    """Save the word, if its effect, worked out anew, does no harm."""
    plan = _plan(visit)
    return _looked_at(visit, plan, partial(_added, plan))


def remove(visit: Visit) -> Answer:
    """Take a word back."""
    word = visit.form.get("word", "")
    localwords.remove(visit.desk, visit.who, word)
    return Go(f"{BASE}/words", f"Đã bỏ “{word}”. Máy không dùng từ này nữa.")


def _plan(visit: Visit) -> Plan:
    return localwords.plan(visit.desk, visit.form.get("word", ""), visit.form.get("meaning", ""))


def _looked_at(visit: Visit, plan: Plan, then: partial[Answer]) -> Aside:
    tools = visit.desk.tools
    return Aside(
        partial(localwords.effect, tools, plan), lambda again, found: then(visit=again, found=found)
    )


def _added(plan: Plan, *, visit: Visit, found: Effect) -> Answer:
    localwords.add(visit.desk, visit.who, plan, found)
    return Go(f"{BASE}/words", f"Đã lưu “{plan.entry.word}”. Máy dùng ngay từ bây giờ.")


def _shown(plan: Plan, sentence: str, *, visit: Visit, found: Effect) -> Answer:
    values = {
        "plan": plan,
        "found": found,
        "shown": found.changed[:SHOWN],
        "harm": str(localwords.harm(found) or ""),
        "sentence": sentence,
        "longest": SENTENCE,
        "tried": localwords.tried(visit.desk.tools, plan, sentence) if sentence else None,
    }
    return Show("localword_effect.html", values)
