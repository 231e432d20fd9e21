"""Many tips of nearly the same text: said above the queue, closed together from one of them."""

from console import acting
from console.refusals import DispositionMissingError
from console.visit import Answer, Visit
from desk import canned, floods
from desk.queue import Opened

ENDINGS = ("twin", "spam")


def listed(visit: Visit) -> list[dict[str, object]]:
    """What the queue says of each: how many, within how many hours, and which tip to open."""
    return [
        {"many": flood.many, "hours": floods.hours(flood), "first": flood.first}
        for flood in floods.waiting(visit.desk)
    ]


def values(visit: Visit, opened: Opened) -> dict[str, object]:
    """What the page of a tip needs."""
    is_open = opened.tip.state != "closed"
    many = floods.others(visit.desk, visit.who, opened.tip) if is_open else 0
    return {"flood_others": many, "flood_most": floods.CLOSED_AT_ONCE, "flood_endings": ENDINGS}


def close(visit: Visit) -> Answer:
    """Close all but this one, in one way."""
    disposition = visit.form.get("disposition", "")
    if disposition not in ENDINGS:
        raise DispositionMissingError
    words = canned.ENDINGS[disposition]
    many = floods.close(visit.desk, visit.who, acting.tip_id(visit), disposition, words)
    return acting.back(visit, f"Đã kết thúc {many} tin gần như giống hệt. Tin này vẫn mở.")
