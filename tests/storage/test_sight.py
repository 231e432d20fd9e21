"""What each role sees of real rows: row level security and the functions behind it, at work."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage import queue, tips
from storage.db import Role, Store
from storage.queue import Look
from storage.tips import Move
from tests.storage.rows import MONDAY, Owner, store_on

NEW = Look(("new",))
TIP_TABLES = ("tip", "tip_wrap", "tip_entry")


def number(store: Store, role: Role, question: str, officer: object = None) -> int:
    with store.begin(role, officer) as session:  # type: ignore[arg-type] # None or a UUID
        return int(session.execute(text(question)).scalar_one())


def test_the_desk_sees_no_tip_while_no_officer_is_set(store: Store, owner: Owner) -> None:
    owner.station("80", "80")
    owner.tip("80", "80", escalated=True)

    for table in TIP_TABLES:
        assert number(store, "sweeps", f"SELECT count(*) FROM {table}") > 0  # noqa: S608 # names
        assert number(store, "desk", f"SELECT count(*) FROM {table}") == 0  # noqa: S608 # names


def test_an_officer_sees_the_tips_of_their_stations_and_what_hangs_on_them(
    store: Store, owner: Owner
) -> None:
    for code in ("80", "28114", "28126"):
        owner.station(code, "80")
    mine, other = owner.tip("28114", "80"), owner.tip("28126", "80")
    hoa = owner.officer("28114")

    with store.begin("desk", hoa) as session:
        assert tips.find(session, mine) is not None
        assert tips.find(session, other) is None
        assert tips.wraps_of(session, mine) != {}
        assert tips.wraps_of(session, other) == {}
        assert len(tips.entries(session, mine)) == 1
        assert tips.entries(session, other) == []
        assert queue.counts(session, MONDAY, MONDAY.date()).new == 1


def test_the_province_sees_a_communes_tip_only_once_it_is_escalated(
    store: Store, owner: Owner
) -> None:
    for code, province in (("80", "80"), ("28114", "80"), ("91", "91"), ("30628", "91")):
        owner.station(code, province)
    owner.tip("28114", "80")
    escalated = owner.tip("28114", "80", escalated=True)
    owner.tip("30628", "91", escalated=True)
    ngan = owner.officer("80")

    with store.begin("desk", ngan) as session:
        assert [tip.id for tip in queue.page(session, NEW, None, 10)] == [escalated]


def test_an_officers_sight_ends_with_the_transaction(bare_url: str, owner: Owner) -> None:
    owner.station("28114", "80")
    owner.tip("28114", "80")
    hoa = owner.officer("28114")

    with store_on(bare_url, pool_size=1) as store:
        assert number(store, "desk", "SELECT count(*) FROM tip", hoa) == 1
        assert number(store, "desk", "SELECT count(*) FROM tip") == 0
        with pytest.raises(RuntimeError), store.begin("desk", hoa):
            raise RuntimeError
        assert number(store, "desk", "SELECT count(*) FROM tip") == 0


def test_an_officer_cannot_write_a_tip_into_or_out_of_another_station(
    store: Store, owner: Owner
) -> None:
    for code in ("28114", "28126"):
        owner.station(code, "80")
    mine, other = owner.tip("28114", "80"), owner.tip("28126", "80")
    hoa = owner.officer("28114")

    with pytest.raises(DBAPIError, match="row-level security"), store.begin("desk", hoa) as session:
        session.execute(text("UPDATE tip SET station_code = '28126' WHERE id = :id"), {"id": mine})
    with store.begin("desk", hoa) as session:
        session.execute(text("UPDATE tip SET state = 'closed'"))
        session.execute(text("DELETE FROM tip_wrap"))
    with pytest.raises(DBAPIError, match="row-level security"), store.begin("desk", hoa) as session:
        tips.add_wraps(session, other, {"station:28114": b"stolen"})
    with pytest.raises(DBAPIError, match="not a tip of this"), store.begin("desk", hoa) as session:
        tips.move(session, other, Move("28114", "80", MONDAY, "take", MONDAY))

    assert owner.one("SELECT state FROM tip WHERE id = %s", other) == "new"
    assert owner.one("SELECT count(*) FROM tip_wrap WHERE tip_id = %s", other) == 2


def test_moving_a_tip_takes_it_out_of_the_old_stations_sight(store: Store, owner: Owner) -> None:
    for code in ("28114", "28126"):
        owner.station(code, "80")
    tip = owner.tip("28114", "80")
    hoa, binh = owner.officer("28114"), owner.officer("28126")

    with store.begin("desk", hoa) as session:
        tips.move(session, tip, Move("28126", "80", MONDAY, "take", MONDAY))
        assert tips.find(session, tip) is None

    with store.begin("desk", binh) as session:
        assert tips.find(session, tip) is not None
    assert owner.one("SELECT step FROM alert WHERE tip_id = %s", tip) == 0


def test_a_receipt_shows_the_citizens_part_of_its_own_tip(store: Store, owner: Owner) -> None:
    owner.station("28114", "80")
    tip, other = owner.tip("28114", "80"), owner.tip("28114", "80")
    for no, kind in enumerate(("note", "question", "answer", "transfer", "addition", "close"), 2):
        owner.entry(tip, no, kind)

    with store.begin("intake") as session:
        found = tips.by_receipt(session, tip.bytes)
        lines = tips.entries_by_receipt(session, tip.bytes)
        nothing = tips.by_receipt(session, b"no such receipt")
        others = tips.entries_by_receipt(session, other.bytes)

    assert found is not None
    assert found.id == tip
    assert [line.kind for line in lines] == ["tip", "question", "answer", "addition", "close"]
    assert nothing is None
    assert len(others) == 1


def test_a_receipts_holder_cannot_write_as_an_officer(store: Store, owner: Owner) -> None:
    owner.station("28114", "80")
    tip = owner.tip("28114", "80")

    for kind in ("note", "question", "close", "tip", "transfer"):
        with pytest.raises(DBAPIError, match="cannot write"), store.begin("intake") as session:
            tips.append_by_receipt(session, tip.bytes, 2, kind, MONDAY, b"sealed")
