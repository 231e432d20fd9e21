"""A tip handed on: who can open it now, and who no longer can."""

import pytest

from desk import activation, envelope, queue
from desk.errors import (
    AboutThemError,
    EmptyTextError,
    NoSuchTipError,
    SameStationError,
    StationNotOpenError,
)
from desk.officers import Signed
from storage import vault
from storage.vault import SealError
from tests.storage.rows import Owner
from tests.world import COMMUNE, NEIGHBOUR, PROVINCE, World, hire, open_province

THEFT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"
AN_GIANG, CHO_MOI = "91", "30628"


@pytest.fixture
def binh(world: World) -> Signed:
    """Bình works at the commune next door."""
    return hire(world.office, NEIGHBOUR, "chief", "Bình", "binh", activation.activate_commune)


@pytest.fixture
def sau(world: World) -> Signed:
    """Sáu works at the duty desk of another province."""
    return hire(world.office, AN_GIANG, "province", "Sáu", "sau", open_province)


def taken(world: World) -> tuple[queue.Opened, str]:
    """A tip that Minh has taken, and its receipt."""
    receipt = world.submit(THEFT).receipt
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)
    return world.opened(world.minh, tip_id), receipt


def holders(owner_url: str) -> set[str]:
    with Owner(owner_url) as owner:
        return {holder for (holder,) in owner.all("SELECT holder FROM tip_wrap")}


def test_a_tip_handed_to_a_neighbour_is_new_there_and_gone_here(
    world: World, owner_url: str, binh: Signed
) -> None:
    opened, receipt = taken(world)
    tip_id = opened.tip.id

    name = world.transfer(world.minh, tip_id, NEIGHBOUR)

    assert name == "Công an xã Long Cang"
    assert world.newest(binh) == tip_id
    assert world.opened(binh, tip_id).report["text"] == THEFT
    assert world.opened(binh, tip_id).claimed_by is None
    assert holders(owner_url) == {"receipt", f"station:{NEIGHBOUR}", f"province:{PROVINCE}"}
    for tab in queue.TABS:
        assert world.waiting(world.minh, tab) == []
    for officer in (world.minh, world.hoa):
        with pytest.raises(NoSuchTipError):
            world.opened(officer, tip_id)
    assert world.follow(receipt).station == name


def test_the_old_station_cannot_open_the_tip_even_with_its_row_and_every_wrap(
    world: World, owner_url: str, binh: Signed
) -> None:
    opened, _ = taken(world)
    world.transfer(world.minh, opened.tip.id, NEIGHBOUR)

    with Owner(owner_url) as owner:
        wraps = owner.all("SELECT holder, enclosed FROM tip_wrap")
        (key,) = owner.all(
            "SELECT wrapped FROM station_key WHERE holder = %s", f"officer:{world.minh.id}"
        )
    private = vault.unwrap(world.minh.private_key, bytes(key[0]))
    keyring = world.office.tools.keyring
    for holder, enclosed in wraps:
        with pytest.raises(SealError):
            envelope.unwrap(keyring, "2026-03", opened.tip.id, holder, bytes(enclosed), private)
    assert world.opened(binh, opened.tip.id).tip.station_code == NEIGHBOUR


def test_a_tip_for_a_station_that_is_not_open_goes_to_its_province(
    world: World, owner_url: str
) -> None:
    opened, receipt = taken(world)

    name = world.transfer(world.minh, opened.tip.id, NEIGHBOUR)

    assert name == "Công an tỉnh Tây Ninh"
    assert world.opened(world.ngan, opened.tip.id).report["text"] == THEFT
    assert holders(owner_url) == {"receipt", f"province:{PROVINCE}"}
    assert world.follow(receipt).station == name


def test_a_tip_for_another_province_leaves_the_first_one_altogether(
    world: World, owner_url: str, sau: Signed
) -> None:
    opened, receipt = taken(world)

    name = world.transfer(world.minh, opened.tip.id, CHO_MOI)

    assert name == "Công an tỉnh An Giang"
    assert holders(owner_url) == {"receipt", f"province:{AN_GIANG}"}
    assert world.opened(sau, opened.tip.id).report["text"] == THEFT
    for officer in (world.minh, world.ngan):
        with pytest.raises(NoSuchTipError):
            world.opened(officer, opened.tip.id)
    assert world.follow(receipt).lines[0].text == THEFT


def test_a_tip_can_come_back_to_where_it_was(world: World, binh: Signed) -> None:
    opened, receipt = taken(world)
    world.transfer(world.minh, opened.tip.id, NEIGHBOUR)
    world.claim(binh, opened.tip.id)

    world.transfer(binh, opened.tip.id, COMMUNE)

    lines = world.opened(world.hoa, opened.tip.id).lines
    assert [(line.kind, line.author) for line in lines] == [
        ("tip", None),
        ("transfer", "Minh"),
        ("transfer", "Bình"),
    ]
    assert lines[1].content == {
        "text": "Không thuộc địa bàn",
        "from": COMMUNE,
        "to": NEIGHBOUR,
    }
    assert [line.kind for line in world.follow(receipt).lines] == ["tip"]


def test_a_tip_cannot_be_handed_to_where_it_is(world: World) -> None:
    opened, _ = taken(world)

    with pytest.raises(SameStationError):
        world.transfer(world.minh, opened.tip.id, COMMUNE)


def test_the_province_cannot_hand_a_tip_to_a_closed_commune_of_its_own(world: World) -> None:
    world.submit(THEFT, PROVINCE)
    tip_id = world.newest(world.ngan)
    world.claim(world.ngan, tip_id)

    with pytest.raises(SameStationError):
        world.transfer(world.ngan, tip_id, NEIGHBOUR)


def test_a_tip_cannot_be_handed_to_where_nobody_could_open_it(world: World) -> None:
    opened, _ = taken(world)

    with pytest.raises(StationNotOpenError, match="Công an xã Chợ Mới chưa mở kênh"):
        world.transfer(world.minh, opened.tip.id, CHO_MOI)
    with pytest.raises(StationNotOpenError, match="nowhere"):
        world.transfer(world.minh, opened.tip.id, "nowhere")

    assert world.opened(world.minh, opened.tip.id).tip.station_code == COMMUNE


def test_a_reason_is_needed(world: World) -> None:
    opened, _ = taken(world)

    with (
        pytest.raises(EmptyTextError),
        world.office.begin("desk", world.minh.id) as desk,
    ):
        queue.transfer(desk, world.minh, opened.tip.id, PROVINCE, "  ")

    assert world.opened(world.minh, opened.tip.id).tip.station_code == COMMUNE


def test_the_province_hands_down_what_fell_to_it(world: World, owner_url: str) -> None:
    world.submit(THEFT, PROVINCE)
    tip_id = world.newest(world.ngan)
    world.claim(world.ngan, tip_id)

    world.transfer(world.ngan, tip_id, COMMUNE)

    assert world.opened(world.minh, tip_id).report["text"] == THEFT
    assert holders(owner_url) == {"receipt", f"station:{COMMUNE}", f"province:{PROVINCE}"}


def test_an_escalated_tip_taken_by_the_province_can_be_handed_on(
    world: World, owner_url: str, binh: Signed
) -> None:
    world.submit(THEFT)
    tip_id = world.newest(world.minh)
    with Owner(owner_url) as owner:
        owner.run("UPDATE tip SET escalated = true")
    world.claim(world.ngan, tip_id)

    world.transfer(world.ngan, tip_id, NEIGHBOUR)

    assert world.opened(binh, tip_id).report["text"] == THEFT
    assert world.waiting(world.ngan) == []


def test_a_tip_about_a_stations_own_people_never_goes_to_that_station(world: World) -> None:
    receipt = world.submit(THEFT, COMMUNE, about_station=True).receipt
    tip_id = world.newest(world.ngan)
    world.claim(world.ngan, tip_id)

    with pytest.raises(AboutThemError, match="Rạch Kiến"):
        world.transfer(world.ngan, tip_id, COMMUNE)

    assert world.waiting(world.minh) == []
    assert world.follow(receipt).station == "Công an tỉnh Tây Ninh"
