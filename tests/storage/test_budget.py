"""The sending budget's row: one order of moments for every process, by the database's clock."""

from concurrent.futures import ThreadPoolExecutor

from storage import budget
from storage.budget import Reserved
from storage.db import Store
from tests.storage.rows import Owner

HOUR = 3600.0  # so far apart that the time a test takes does not matter


def reserve(store: Store, n: int, fence: int = 1, every: float = HOUR) -> Reserved | None:
    with store.begin("sweeps") as session:
        return budget.reserve(session, "bot", fence, n, every)


def test_moments_follow_each_other_whoever_asks(store: Store) -> None:
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(lambda n: reserve(store, n), [3] * 12))

    starts = sorted(round(r.delay / HOUR, 2) for r in found if r)
    assert starts == [0.0, *(float(3 * i) for i in range(1, 12))]


def test_what_nobody_used_is_not_saved_up(store: Store, owner: Owner) -> None:
    reserve(store, 1)
    owner.run("UPDATE send_budget SET free_at = now() - interval '1 day'")

    found = [reserve(store, 1), reserve(store, 1)]

    assert [round(r.delay / HOUR, 2) for r in found if r] == [0.0, 1.0]


def test_an_older_sender_gets_no_moment(store: Store) -> None:
    assert reserve(store, 1, fence=1)
    assert reserve(store, 1, fence=2)
    assert reserve(store, 1, fence=1) is None


def test_a_freeze_holds_everybody_and_then_it_goes_five_per_cent_slower(
    store: Store, owner: Owner
) -> None:
    reserve(store, 1, every=1.0)
    with store.begin("sweeps") as session:
        budget.freeze(session, "bot", 1, 10 * HOUR)
    frozen = reserve(store, 1, every=HOUR)
    paces = []
    for seconds in (0, 9, 10, 39, 51, 9999):
        owner.run("UPDATE send_budget SET paced_at = now() - %s * interval '1 second'", seconds)
        found = reserve(store, 1, every=1.0)
        paces.append(round(1 / found.every, 3) if found else None)

    assert frozen is not None
    assert round(frozen.delay / HOUR, 2) == 10.0
    assert round(HOUR / frozen.every, 3) == 0.95
    assert paces == [0.95, 0.95, 0.96, 0.98, 1.0, 1.0]


def test_an_older_sender_freezes_nobody(store: Store) -> None:
    reserve(store, 1, fence=2)
    with store.begin("sweeps") as session:
        budget.freeze(session, "bot", 1, 10 * HOUR)

    found = reserve(store, 1, fence=2)
    assert found is not None
    assert found.delay < 2 * HOUR


def test_it_never_gets_so_slow_that_it_stops(store: Store) -> None:
    reserve(store, 1)
    for _ in range(80):
        with store.begin("sweeps") as session:
            budget.freeze(session, "bot", 1, 0)

    found = reserve(store, 1, every=1.0)
    assert found is not None
    assert found.every <= 4.0
