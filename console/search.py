"""Looking for words inside the tips this officer may open. They come by POST, into no address."""

from console import queue, stations
from console.refusals import NoSuchStationError
from console.visit import Answer, Show, Visit
from desk import search
from desk import stations as offices
from desk.search import Found, Query
from storage.models import Station


def show(visit: Visit) -> Answer:
    """The form."""
    return _page(visit, None)


def find(visit: Visit) -> Answer:
    """Rows of the tips it was found in."""
    form = visit.form
    query = Query(
        words=form.get("q", ""),
        place=_place(visit),
        narrow=queue.narrowed(form),
        closed=form.get("closed") == "1",
    )
    return _page(visit, search.find(visit.desk, visit.who, query))


def _page(visit: Visit, found: Found | None) -> Show:
    rows = found.rows if found else []
    values = {"found": found, "rows": rows, "typed": visit.form, "communes": _communes(visit)}
    return Show("search.html", values | queue.of_rows(visit, rows) | queue.filters(visit))


def _place(visit: Visit) -> str | None:
    """The commune a province desk typed."""
    typed = visit.form.get("place", "")
    if not typed:
        return None
    found = stations.pick(visit.desk, typed, visit.where.province_code)
    if len(found) != 1:
        raise NoSuchStationError
    return found[0].code


def _communes(visit: Visit) -> list[Station]:
    if visit.where.kind != "province":
        return []
    return offices.of_province(visit.desk, visit.where.code)
