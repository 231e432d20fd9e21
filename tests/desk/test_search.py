"""Searching inside tips: what is found, by whom, and what is left of it."""

import pytest

from desk import audit, search
from desk.errors import EmptyTextError
from desk.officers import Signed
from desk.queue import Narrow
from desk.search import Found, Query
from tests.storage.rows import Owner
from tests.world import NEIGHBOUR, PROVINCE, World

TEXT = "Nhóm đi xe wave đỏ biển 61C1 trộm chó trong xóm, ai cũng bực"
OTHER = "Quán cà phê ghi số đề mỗi chiều"


def found(world: World, signed: Signed, query: Query | str) -> Found:
    with world.office.begin("desk", signed.id) as desk:
        return search.find(desk, signed, Query(query) if isinstance(query, str) else query)


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("wave đỏ", 1),
        ("wave do", 1),
        ("ĐỎ  WAVE", 1),
        ("wavê", 0),  # a mark that is not there
        ("61c1", 1),
        ("xe wave xanh", 0),
        ("quán", 1),
        ("e", 2),
        ("%", 0),
    ],
)
def test_every_word_must_be_there_with_or_without_marks(
    world: World, words: str, hits: int
) -> None:
    for text in (TEXT, OTHER):
        world.submit(text)
    assert len(found(world, world.minh, words).rows) == hits


def test_answers_and_notes_are_searched_too(world: World) -> None:
    receipt = world.submit(OTHER).receipt
    world.add(receipt, "Chủ quán hay đội nón lá")
    assert len(found(world, world.minh, "nón lá").rows) == 1


def test_nobody_finds_what_their_station_does_not_hold(world: World) -> None:
    world.submit(TEXT)
    world.submit(TEXT, PROVINCE)
    assert len(found(world, world.minh, "wave").rows) == 1
    assert len(found(world, world.ngan, "wave").rows) == 1


def test_a_province_finds_by_the_place_the_tip_is_about(world: World) -> None:
    world.submit(TEXT, NEIGHBOUR)
    world.submit(TEXT, PROVINCE)
    assert len(found(world, world.ngan, Query(place=NEIGHBOUR)).rows) == 1


def test_filters_and_closed_tips(world: World) -> None:
    world.submit(TEXT)
    (tip,) = world.waiting(world.minh)
    world.claim(world.minh, tip)
    world.close(world.minh, tip)
    world.submit(TEXT)

    assert len(found(world, world.minh, "wave").rows) == 1
    assert len(found(world, world.minh, Query("wave", closed=True)).rows) == 2
    assert found(world, world.minh, Query("wave", narrow=Narrow(category="drugs"))).rows == []


def test_only_so_many_of_the_newest_are_opened_and_it_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "AT_MOST", 2)
    for _ in range(3):
        world.submit(TEXT)
    answer = found(world, world.minh, "wave")
    assert (len(answer.rows), answer.opened, answer.more) == (2, 2, True)


def test_the_log_remembers_that_somebody_searched_and_nothing_remembers_for_what(
    world: World, owner_url: str
) -> None:
    world.submit(TEXT)
    found(world, world.minh, "xyzzy plugh")

    with Owner(owner_url) as owner:
        tables = [name for (name,) in owner.all("SELECT relname FROM pg_stat_user_tables")]
        rows = [
            str(row)
            for table in tables
            for row in owner.all(f"SELECT to_jsonb(t)::text FROM {table} t")  # noqa: S608 # names
        ]
        deeds = owner.all(
            "SELECT action, officer_id, detail FROM audit WHERE action LIKE 'tips.%%'"
        )
    assert deeds == [("tips.searched", world.minh.id, "1")]
    assert not any("xyzzy" in row or "plugh" in row for row in rows)
    with world.office.begin("desk") as desk:
        assert audit.verify(desk)[1] is None


def test_nothing_to_look_for_is_refused(world: World) -> None:
    with pytest.raises(EmptyTextError):
        found(world, world.minh, "  ")
