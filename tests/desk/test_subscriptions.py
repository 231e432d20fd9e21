"""Subscribers: found by nothing a thief of the database has, and gone at once when they stop."""

from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from desk import subscriptions
from desk.errors import NoCommuneError, TooManyCommunesError
from desk.inbox import Lane
from desk.subscriptions import Addresses, Wish
from desk.topics import topic_ids
from storage import subscriptions as rows
from storage import vault
from storage.keyring import Keyring
from tests.world import COMMUNE, NEIGHBOUR, World

LAN = Lane("telegram", "7700112233")
BOTH = Wish((COMMUNE, NEIGHBOUR), ("money",), "school")


def follow(world: World, lane: Lane = LAN, wish: Wish = BOTH) -> None:
    with world.office.begin("intake") as desk:
        subscriptions.follow(desk, lane, wish)


def found(world: World, lane: Lane = LAN) -> subscriptions.Following | None:
    with world.office.begin("intake") as desk:
        return subscriptions.find(desk, lane)


def everything_in(owner_url: str, table: str) -> str:
    with psycopg.connect(owner_url) as connection:
        query = sql.SQL("SELECT * FROM {}").format(sql.Identifier(table))
        return str(connection.execute(query).fetchall())


def test_what_somebody_chose_is_what_they_find_again(world: World) -> None:
    follow(world)
    following = found(world)
    assert following is not None
    assert following.wish == BOTH
    assert not following.paused


def test_choosing_again_changes_the_one_subscription_there_is(world: World, owner_url: str) -> None:
    follow(world)
    first = found(world)
    follow(world, wish=Wish((NEIGHBOUR,), (), "household"))
    second = found(world)

    assert first is not None
    assert second is not None
    assert second.id == first.id
    assert second.wish == Wish((NEIGHBOUR,), topic_ids(), "household")
    assert everything_in(owner_url, "subscriber").count("UUID(") == 1


def test_stopping_deletes_every_row_about_somebody_and_nobody_else(
    world: World, owner_url: str
) -> None:
    other = Lane("telegram", "7700112234")
    follow(world)
    follow(world, other)
    with world.office.begin("intake") as desk:
        assert subscriptions.stop(desk, LAN)
        assert not subscriptions.stop(desk, LAN)

    assert found(world) is None
    assert found(world, other) is not None
    assert everything_in(owner_url, "subscription").count("telegram") == 2


def test_a_stolen_database_tells_no_address_and_only_the_day(world: World, owner_url: str) -> None:
    follow(world)
    stolen = everything_in(owner_url, "subscriber") + everything_in(owner_url, "subscription")

    assert LAN.address not in stolen
    assert vault.digest(LAN.address.encode()).hex() not in stolen
    assert "datetime.date(2026, 3, 2)" in stolen
    assert "datetime.datetime" not in stolen


def test_an_address_opens_with_the_bots_key_and_no_other(
    world: World, owner_url: str, tmp_path: Path
) -> None:
    follow(world)
    with psycopg.connect(owner_url) as connection:
        (row,) = connection.execute("SELECT id, sealed FROM subscriber").fetchall()
    id_ = row[0]
    with world.office.begin("sweeps") as desk:
        assert Addresses(desk).open(id_, row[1]) == LAN.address
    world.office.tools.keyring.__dict__["subscribers"] = Keyring(tmp_path / "other").subscribers
    with world.office.begin("sweeps") as desk:
        addresses = Addresses(desk)
    with pytest.raises(vault.SealError):
        addresses.open(id_, row[1])


def test_long_and_short_addresses_look_alike(world: World, owner_url: str) -> None:
    follow(world, Lane("telegram", "1"))
    follow(world, Lane("telegram", "-1009876543210"))
    with psycopg.connect(owner_url) as connection:
        sizes = connection.execute("SELECT DISTINCT length(sealed) FROM subscriber").fetchall()
    assert len(sizes) == 1


@pytest.mark.parametrize(
    ("communes", "refusal"),
    [((), NoCommuneError), (("99999",), NoCommuneError), (None, TooManyCommunesError)],
)
def test_a_subscription_has_one_to_ten_communes(
    communes: tuple[str, ...] | None, refusal: type[Exception], world: World
) -> None:
    chosen = tuple(world.office.tools.gazetteer.communes)[:11] if communes is None else communes
    with pytest.raises(refusal):
        follow(world, wish=Wish(chosen, (), "household"))


def test_a_count_below_twenty_is_never_told(world: World) -> None:
    def reach(topic: str | None = None, audience: str | None = None) -> int:
        with world.office.begin("desk", world.hoa.id) as desk:
            return rows.reach(desk.session, [COMMUNE, NEIGHBOUR], topic, audience)

    for number in range(19):
        follow(world, Lane("telegram", str(number)))
    assert reach() == 0
    follow(world, Lane("telegram", "19"))  # in both communes, counted once
    assert reach() == 20
    assert reach("money", "school") == 20
    assert reach("family") == 0
    assert reach(audience="household") == 0


def test_who_pauses_is_not_counted(world: World) -> None:
    for number in range(20):
        follow(world, Lane("telegram", str(number)))
    with world.office.begin("intake") as desk:
        subscriptions.pause(desk, Lane("telegram", "3"), paused=True)
    with world.office.begin("desk", world.hoa.id) as desk:
        assert rows.reach(desk.session, [COMMUNE], None, None) == 0


def test_a_moved_chat_keeps_its_subscription(world: World) -> None:
    follow(world)
    before = found(world)
    assert before is not None
    with world.office.begin("sweeps") as desk:
        subscriptions.moved(desk, before.id, Lane("telegram", "-100555"))
    assert found(world) is None
    assert found(world, Lane("telegram", "-100555")) == before
