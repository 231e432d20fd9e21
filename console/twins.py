"""Tips that may be about the same event, beside the one that is open; closed together if so."""

from uuid import UUID

from console import acting, words
from console.queue import of_rows
from console.refusals import DispositionMissingError, NoTwinChosenError
from console.visit import Answer, Visit
from desk import canned, queue, twins
from desk.queue import Opened

_FIELD = "twin-"  # a tick box each: this and the tip's id


def values(visit: Visit, opened: Opened) -> dict[str, object]:
    """What the page of a tip shows of its twins; none of a tip that is closed."""
    rows = twins.beside(visit.desk, opened) if opened.tip.state != "closed" else []
    mine = (None, visit.who.id)
    return {
        "twins": rows,
        "twin_states": words.STATE_NAMES,
        "closable": {
            r.tip.id for r in rows if r.tip.state != "closed" and r.tip.claimed_by in mine
        },
        "twin_field": _FIELD,
        "places": of_rows(visit, rows)["places"],
    }


def close(visit: Visit) -> Answer:
    """Close those that were ticked, all in one way."""
    form = visit.form
    disposition = form.get("disposition", "")
    if disposition not in queue.DISPOSITIONS:
        raise DispositionMissingError
    chosen = _chosen(visit)
    if not chosen:
        raise NoTwinChosenError
    text = form.get("text", "").strip() or canned.ENDINGS[disposition]
    many = twins.close(visit.desk, visit.who, acting.tip_id(visit), chosen, disposition, text)
    return acting.back(visit, f"Đã kết thúc {many} tin. Tin này vẫn mở.")


def _chosen(visit: Visit) -> set[UUID]:
    ticked = (name.removeprefix(_FIELD) for name in visit.form if name.startswith(_FIELD))
    try:
        return {UUID(one) for one in ticked}
    except ValueError:
        raise NoTwinChosenError from None
