"""The station's queue: which tips wait, without a word of what is in them."""

from console import words
from console.visit import BASE, Answer, Go, Show, Visit
from desk import queue, stations


def home(_visit: Visit) -> Answer:
    """The console's address alone."""
    return Go(f"{BASE}/queue")


def show(visit: Visit) -> Answer:
    """One tab of the queue, urgent first, then oldest."""
    tab = visit.query.get("tab", "new")
    if tab not in queue.TABS:
        tab = "new"
    rows = queue.waiting(visit.desk, tab)
    elsewhere = {row.tip.station_code for row in rows} - {visit.where.code}
    found = (stations.find(visit.desk, code) for code in elsewhere)
    return Show(
        "queue.html",
        {
            "tab": tab,
            "tabs": words.TAB_NAMES,
            "counts": queue.counts(visit.desk),
            "rows": rows,
            "places": {station.code: station.name for station in found if station},
            "empty": words.EMPTY_TABS[tab],
            "dispositions": words.DISPOSITION_NAMES,
            "page": queue.PAGE,
        },
    )
