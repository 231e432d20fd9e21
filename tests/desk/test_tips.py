"""A tip comes in: which station holds it, who can open it, and what its row may tell."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from desk import activation, queue, stations, tips
from desk.desk import Office
from desk.errors import EmptyTextError, NotReceivingError
from tests.storage.rows import Owner
from tests.world import COMMUNE, NEIGHBOUR, PROVINCE, World, doubt, hire, open_province

THEFT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"
FIRE = "Đang có cháy nhà ở chợ, còn người kẹt bên trong"
AN_GIANG = "91"


def holders(owner: Owner, tip_id: UUID) -> set[str]:
    return {h for (h,) in owner.all("SELECT holder FROM tip_wrap WHERE tip_id = %s", tip_id)}


@pytest.mark.parametrize(
    ("place", "about", "station", "wrapped"),
    [
        (COMMUNE, False, COMMUNE, {"receipt", f"station:{COMMUNE}", f"province:{PROVINCE}"}),
        (NEIGHBOUR, False, PROVINCE, {"receipt", f"province:{PROVINCE}"}),
        (PROVINCE, False, PROVINCE, {"receipt", f"province:{PROVINCE}"}),
        (None, False, PROVINCE, {"receipt", f"province:{PROVINCE}"}),
        (COMMUNE, True, PROVINCE, {"receipt", f"province:{PROVINCE}"}),
        (NEIGHBOUR, True, PROVINCE, {"receipt", f"province:{PROVINCE}"}),
    ],
)
def test_a_tip_goes_to_the_station_of_its_place_or_to_the_province_above(  # one row each
    world: World, owner_url: str, place: str | None, *, about: bool, station: str, wrapped: set[str]
) -> None:
    sent = world.submit(THEFT, place, about_station=about)

    with Owner(owner_url) as owner:
        ((tip_id, held_by, above),) = owner.all("SELECT id, station_code, province_code FROM tip")
        assert (held_by, above) == (station, PROVINCE)
        assert sent.station.code == station
        assert holders(owner, tip_id) == wrapped


def test_officers_of_a_station_cannot_see_what_is_told_about_them(world: World) -> None:
    receipt = world.submit(THEFT, COMMUNE, about_station=True).receipt

    assert world.waiting(world.minh) == world.waiting(world.hoa) == []
    assert world.opened(world.ngan, world.newest(world.ngan)).report["about_station"] is True
    assert world.follow(receipt).station == "Công an tỉnh Tây Ninh"


def test_the_province_can_open_every_tip_of_its_communes(world: World) -> None:
    world.submit(THEFT)
    tip_id = world.newest(world.minh)

    world.claim(world.minh, tip_id)
    world.transfer(world.minh, tip_id, PROVINCE)

    assert world.opened(world.ngan, tip_id).report["text"] == THEFT


def test_nobody_receives_where_no_province_desk_is_open(world: World) -> None:
    for place in (AN_GIANG, "30628", "no such place"):
        with pytest.raises(NotReceivingError, match="113"):
            world.submit(THEFT, place)

    assert world.waiting(world.ngan) == []


def test_a_country_without_any_open_desk_receives_nothing(office: Office) -> None:
    for place in (None, PROVINCE, COMMUNE):
        with pytest.raises(NotReceivingError), office.begin("intake") as desk:
            tips.submit(desk, tips.Draft(THEFT, place))


def test_a_tip_from_nowhere_needs_a_province_once_two_are_open(world: World) -> None:
    world.submit(THEFT, None)
    hire(world.office, AN_GIANG, "province", "Sáu", "sau", open_province)

    with pytest.raises(NotReceivingError):
        world.submit(THEFT, None)
    world.submit(THEFT, AN_GIANG)

    with world.office.begin("intake") as desk:
        found = [station.code for station in stations.receiving_provinces(desk)]
    assert found == [AN_GIANG, PROVINCE]


def test_a_tip_goes_to_the_commune_once_its_station_has_opened(world: World) -> None:
    assert world.submit(THEFT, NEIGHBOUR).station.code == PROVINCE

    hire(world.office, NEIGHBOUR, "chief", "Bình", "binh", activation.activate_commune)

    assert world.submit(THEFT, NEIGHBOUR).station.code == NEIGHBOUR


def test_the_row_of_a_tip_tells_hours_and_nothing_of_its_sender(
    world: World, owner_url: str
) -> None:
    world.clock.at = datetime(2026, 3, 2, 21, 47, 33, 123456, tzinfo=UTC)
    receipt = world.submit(FIRE).receipt

    with Owner(owner_url) as owner:
        columns = [
            column
            for (column,) in owner.all(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name IN ('tip', 'tip_wrap', 'tip_entry', 'alert')"
            )
        ]
        rows = [
            dict(row)
            for table in ("tip", "tip_wrap", "tip_entry")
            for (row,) in owner.all(f"SELECT to_jsonb(t) FROM {table} t")  # noqa: S608 # above
        ]

    assert set(columns) == {
        *("id", "station_code", "province_code", "escalated", "category", "urgent", "state"),
        *("disposition", "received_hour", "closed_on", "claimed_by", "receipt_mac", "month"),
        *("tip_id", "holder", "enclosed", "no", "kind", "officer_id", "at_hour", "sealed"),
        *("step", "due_at", "suspect", "clock", "remind_on", "formal_since", "extended"),
        "flood",  # many tips of nearly the same text share it; no sender is asked after
    }
    shown = repr([{k: v for k, v in row.items() if not str(v).startswith("\\x")} for row in rows])
    assert "47" not in shown.replace(str(rows[0]["id"]), "")
    assert {row["received_hour"] for row in rows if "received_hour" in row} == {
        "2026-03-02T21:00:00+00:00"
    }
    for word in (receipt, receipt.replace("-", ""), "cháy", "chợ", "kẹt"):
        assert word not in shown


def test_what_was_written_is_sealed_in_whole_kilobytes(world: World, owner_url: str) -> None:
    for text in ("Mất xe", THEFT * 40):
        world.submit(text)

    with Owner(owner_url) as owner:
        sealed = [bytes(data) for (data,) in owner.all("SELECT sealed FROM tip_entry")]

    assert all((len(data) - 40) % 1024 == 0 for data in sealed)
    assert all("Mất xe".encode() not in data and THEFT.encode() not in data for data in sealed)


def test_two_tips_of_one_person_have_nothing_in_common(world: World, owner_url: str) -> None:
    world.submit(THEFT)
    world.submit(THEFT)

    with Owner(owner_url) as owner:
        for column in ("t.id", "receipt_mac", "enclosed", "sealed"):
            seen = owner.all(
                f"SELECT {column} FROM tip t JOIN tip_wrap w ON w.tip_id = t.id"  # noqa: S608 # above
                " JOIN tip_entry e ON e.tip_id = t.id WHERE holder = 'receipt'"
            )
            assert len(set(seen)) == 2, column


def test_the_first_line_keeps_what_was_written_and_what_the_machine_made_of_it(
    world: World,
) -> None:
    with world.office.begin("intake") as desk:
        tips.submit(desk, tips.Draft(f"  {FIRE}\n", COMMUNE, "chợ Rạch Kiến", "vừa nãy"))

    report = world.opened(world.minh, world.newest(world.minh)).report
    assert report["text"] == FIRE
    assert report["place"] == COMMUNE
    assert (report["place_words"], report["when_words"]) == ("chợ Rạch Kiến", "vừa nãy")
    assert report["call"] == "114"
    assert len(report["top"]) == 3
    assert report["evidence"]


def test_a_tip_the_machine_does_not_understand_is_queued_as_other(world: World) -> None:
    world.submit("Chào buổi sáng, hôm nay trời đẹp quá")

    with world.office.begin("desk", world.minh.id) as desk:
        categories = [row.tip.category for row in queue.waiting(desk, "spam")]
    assert categories == ["other"]


def test_a_tip_that_is_likelier_something_than_nothing_is_queued_as_that(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    doubt(world.office, monkeypatch)
    world.submit("Mấy bà ở chợ tối nào cũng sốc dĩa")

    with world.office.begin("desk", world.minh.id) as desk:
        categories = [row.tip.category for row in queue.waiting(desk, "new")]
    assert categories == ["gambling"]
    assert world.waiting(world.minh, "spam") == []


@pytest.mark.parametrize("text", ["", "   \n\t", "\u3000"])
def test_an_empty_tip_is_refused(world: World, text: str) -> None:
    with pytest.raises(EmptyTextError):
        world.submit(text)


def test_a_receipt_that_was_not_committed_opens_nothing(world: World) -> None:
    def undone() -> None:
        with world.office.begin("intake") as desk:
            tips.submit(desk, tips.Draft(THEFT, COMMUNE))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    assert world.waiting(world.minh) == []


def test_tips_of_a_month_are_enclosed_by_that_months_key(world: World, owner_url: str) -> None:
    world.submit(THEFT)
    world.clock.at += timedelta(days=31)
    world.submit(THEFT)

    with Owner(owner_url) as owner:
        assert owner.all("SELECT month FROM tip ORDER BY 1") == [("2026-03",), ("2026-04",)]
    assert world.office.tools.keyring.retention_months()[:2] == ("2026-04", "2026-03")
