"""Leases: one owner at a time, and a fence that tells owners apart."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

from storage import leases
from storage.db import Store
from tests.storage.rows import MONDAY

MINUTE = timedelta(minutes=1)


def take(store: Store, owner: UUID, minutes: float, name: str = "sweeps") -> int | None:
    now = MONDAY + minutes * MINUTE
    with store.begin("sweeps") as session:
        return leases.take(session, name, owner, now, now + MINUTE)


def test_a_lease_belongs_to_one_owner_who_may_renew_it(store: Store) -> None:
    first, second = uuid4(), uuid4()

    assert take(store, first, 0) == 1
    assert take(store, second, 0.5) is None
    assert take(store, first, 0.9) == 1
    assert take(store, second, 1.5) is None
    assert take(store, second, 0.5, "another job") == 1


def test_the_fence_grows_with_every_new_owner(store: Store) -> None:
    first, second = uuid4(), uuid4()

    assert take(store, first, 0) == 1
    assert take(store, second, 1) == 2
    assert take(store, first, 1.5) is None
    assert take(store, first, 2) == 3


def test_a_lease_given_back_is_free_at_once_and_only_its_owner_can_give_it(store: Store) -> None:
    first, second = uuid4(), uuid4()
    take(store, first, 0)

    for owner in (second, first):
        assert take(store, second, 0.5) is None
        with store.begin("sweeps") as session:
            leases.give_back(session, "sweeps", owner, MONDAY + MINUTE / 2)

    assert take(store, second, 0.5) == 2


def test_of_many_at_once_one_gets_the_lease(store: Store) -> None:
    owners = [uuid4() for _ in range(12)]

    with ThreadPoolExecutor(6) as threads:
        fences = list(threads.map(lambda owner: take(store, owner, 0), owners))

    assert sorted(fence is not None for fence in fences) == [False] * 11 + [True]
