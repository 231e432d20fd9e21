"""What a process does that was told to do only some of it."""

import pytest

from bot import app
from tests.fakes import PaperChannel


class Alerts(PaperChannel):
    """Stands where officers' pages are served."""

    name = "desk"


@pytest.mark.parametrize(
    ("only", "sends"),
    [
        (frozenset(app.PARTS), {"desk", "paper"}),
        (frozenset({"web"}), {"desk"}),
        (frozenset({"sender"}), {"paper"}),
        (frozenset({"channels", "sweeps"}), set()),
    ],
    ids=["everything", "web", "sender", "neither"],
)
def test_officers_pages_ring_in_the_process_that_serves_them(
    only: frozenset[str], sends: set[str]
) -> None:
    found = app.sent_here(only, Alerts(), {"paper": PaperChannel()})

    assert set(found) == sends
