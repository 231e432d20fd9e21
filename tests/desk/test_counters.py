"""A number per day, which says nothing of anybody, and is not kept for ever either."""

from datetime import timedelta

from desk import counters
from tests.storage.rows import Owner
from tests.world import World

NAME = "declined_opinion"


def test_a_days_count_lasts_until_the_same_month_of_the_next_year_is_over(
    world: World, owner_url: str
) -> None:
    began = world.clock.at
    with world.office.begin("intake") as desk:
        counters.grow(desk, NAME)
        counters.grow(desk, NAME)

    kept = []
    for days in (0, 394, 395):  # then it is the last of March, and the first of April 2027
        world.clock.at = began + timedelta(days=days)
        with world.office.begin("sweeps") as desk:
            counters.forget(desk)
            kept.append(counters.total(desk, NAME))

    assert kept == [2, 2, 0]
    with Owner(owner_url) as owner:
        assert owner.one("SELECT count(*) FROM counter") == 0
