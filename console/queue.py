"""The station's queue: which tips wait, without a word of what is in them."""

from collections.abc import Mapping
from urllib.parse import urlencode

from console import floods, form, words
from console.visit import Answer, Show, Visit
from desk import queue, stations
from desk.queue import Narrow, Row
from storage.models import Station


def show(visit: Visit) -> Answer:
    """One tab of the queue: urgent first, then by clock, then the oldest."""
    tab = visit.query.get("tab", "new")
    if tab not in queue.TABS:
        tab = "new"
    narrow = narrowed(visit.query)
    rows = queue.waiting(visit.desk, tab, narrow, form.id_of(visit.query.get("after", "")))
    filtered = narrow != Narrow()
    return Show(
        "queue.html",
        {
            "tab": tab,
            "tabs": words.TAB_NAMES,
            "counts": queue.counts(visit.desk),
            "rows": rows,
            "empty": words.EMPTY_NARROW if filtered else words.EMPTY_TABS[tab],
            "narrow": narrow,
            "filtered": filtered,
            "kept": urlencode({name: v for name, v in visit.query.items() if name in _FILTERS}),
            "query": urlencode({"tab": tab} | dict(visit.query)),
            "next": rows[-1].tip.id if len(rows) == queue.PAGE else None,
            "first": "after" in visit.query,
            "floods": floods.listed(visit),
            **of_rows(visit, rows),
            **filters(visit),
        },
    )


_FILTERS = ("category", "station", "days", "remind")


def narrowed(query: Mapping[str, str]) -> Narrow:
    """The filters of a page's address or form; what is not offered is no filter."""
    category, days = query.get("category", ""), query.get("days", "")
    return Narrow(
        category=category if category in words.categories() else None,
        station=query.get("station") or None,
        days=int(days) if days in words.DAYS else None,
        remind=query.get("remind") == "1",
    )


def of_rows(visit: Visit, rows: list[Row]) -> dict[str, object]:
    """What a list of tips needs besides its rows."""
    elsewhere = {row.tip.station_code for row in rows} - {visit.where.code}
    found = (stations.find(visit.desk, code) for code in elsewhere)
    return {
        "places": {station.code: station.name for station in found if station},
        "dispositions": words.DISPOSITION_NAMES,
        "now": visit.desk.at,
        "today": visit.desk.today,
    }


def filters(visit: Visit) -> dict[str, object]:
    """What the filters offer."""
    return {
        "categories": words.chosen_categories(),
        "days": words.DAYS,
        "holders": _holders(visit),
    }


def _holders(visit: Visit) -> list[Station]:
    """Stations whose tips a province desk may see: its own, and open ones of its communes."""
    if visit.where.kind != "province":
        return []
    return stations.active(visit.desk, visit.where.code)
