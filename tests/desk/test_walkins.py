"""What somebody tells at the desk or by phone: same queue, same receipt, nothing of the teller."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import DBAPIError

from desk import audit, tips, walkins
from desk import stations as offices
from desk.errors import AlreadyEnteredError, EmptyTextError, OpinionTipError
from desk.tips import Submitted, Teller
from desk.walkins import Told
from tests.world import COMMUNE, NEIGHBOUR, PROVINCE, World

TEXT = "Bà cụ kể khuya qua hai thanh niên bẻ khóa lấy xe máy ở chợ"
TOLD = Told(TEXT, "phone", COMMUNE, "chợ", "khuya qua")


def enter(world: World, told: Told = TOLD, tip: UUID | None = None) -> Submitted:
    with world.office.begin("desk", world.minh.id) as desk:
        return walkins.enter(desk, world.minh, tip or uuid4(), told)


def test_it_waits_in_the_queue_with_a_receipt_that_opens_it(world: World) -> None:
    done = enter(world)

    (tip,) = world.waiting(world.hoa)
    opened = world.opened(world.hoa, tip)
    assert opened.report["text"] == TEXT
    assert opened.report["told"] == "phone"
    assert opened.lines[0].author == "Minh"
    assert world.follow(done.receipt).lines[0].text == TEXT
    world.claim(world.hoa, tip)
    world.ask(world.hoa, tip, "Xe màu gì?")
    assert world.follow(done.receipt).questions_open
    with world.office.begin("desk", world.hoa.id) as desk:
        assert "tip.entered" in [deed.action for deed in audit.of_tip(desk, tip)]


def test_it_stays_at_the_station_that_heard_it_wherever_it_happened(world: World) -> None:
    done = enter(world, Told(TEXT, "desk", NEIGHBOUR, "", ""))
    assert done.station.code == COMMUNE
    assert world.opened(world.minh, world.newest(world.minh)).report["place"] == NEIGHBOUR


def test_sending_the_form_twice_enters_one_tip(world: World) -> None:
    tip = uuid4()
    enter(world, tip=tip)
    with pytest.raises(AlreadyEnteredError):
        enter(world, tip=tip)
    assert len(world.waiting(world.minh)) == 1


def test_a_form_cannot_bring_the_id_of_another_stations_tip(world: World) -> None:
    world.submit(TEXT, None)  # the province's: Minh cannot know of it
    theirs = world.newest(world.ngan)

    enter(world, tip=theirs)

    assert theirs not in world.waiting(world.minh)
    assert world.waiting(world.ngan) == [theirs]


def test_an_opinion_or_nothing_is_not_entered(world: World) -> None:
    for text, refusal in (
        ("Chính quyền quan liêu, tôi không đồng tình với chủ trương sáp nhập xã", OpinionTipError),
        ("  ", EmptyTextError),
    ):
        with pytest.raises(refusal):
            enter(world, Told(text, "desk", None, "", ""))
    assert world.waiting(world.minh) == []


def test_the_database_lets_an_officer_enter_tips_at_their_own_station_only(world: World) -> None:
    by = Teller(world.minh.id, uuid4(), "desk")
    with world.office.begin("intake") as desk:
        elsewhere = offices.destination(desk, PROVINCE)

    with (
        pytest.raises(DBAPIError, match="row-level security"),
        world.office.begin("desk", world.minh.id) as desk,
    ):
        tips.put(desk, tips.Draft(TEXT), elsewhere, by)
