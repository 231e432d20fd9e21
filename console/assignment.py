"""Giving a tip to a colleague, or back to the queue."""

from uuid import UUID

from console import acting
from console.refusals import NoSuchChoiceError
from console.visit import BASE, Answer, Go, Visit
from desk import assignment


def assign(visit: Visit) -> Answer:
    """To the colleague that was chosen."""
    try:
        to = UUID(visit.form.get("officer", ""))
    except ValueError:
        raise NoSuchChoiceError from None
    name = assignment.assign(visit.desk, visit.who, acting.tip_id(visit), to)
    acting.check_version(visit)
    return acting.back(visit, f"Đã giao tin cho {name}.")


def release(visit: Visit) -> Answer:
    """Nobody has it any more."""
    assignment.release(visit.desk, visit.who, acting.tip_id(visit))
    acting.check_version(visit)
    return Go(f"{BASE}/queue", said="Đã trả tin về hàng đợi.")
