"""Where officers sent a tip on: an example to learn from, with nothing of what it says."""

from collections.abc import Mapping
from typing import Any

from desk.clocks import months_later
from desk.desk import Desk
from nlp.patterns import pattern_of
from storage import reroutes
from storage.models import Reroute

AT_MOST = 1000  # lines of a list
MONTHS = 6  # the month it was sent on and five more, as corrections: time to learn from them


def record(desk: Desk, report: Mapping[str, Any], before: str, after: str) -> None:
    """Remember a transfer by the shape of the words that named the place.

    Args:
        report: what the citizen sent; only kinds of words are kept of it.
        before: the station's code.
        after: that of the one it was sent to.
    """
    text = str(report.get("place_words") or report.get("text", ""))
    place = desk.tools.router.locate(text)
    row = Reroute(
        month=f"{desk.today:%Y-%m}",
        from_code=before,
        to_code=after,
        reason=place.reason,
        pattern=pattern_of(text, place),
    )
    reroutes.put(desk.session, row)


def every(desk: Desk) -> list[Reroute]:
    """The latest examples."""
    return reroutes.every(desk.session, AT_MOST)


def forget(desk: Desk) -> None:
    """Delete what is too old to learn from."""
    reroutes.forget(desk.session, f"{months_later(desk.today, 1 - MONTHS):%Y-%m}")
