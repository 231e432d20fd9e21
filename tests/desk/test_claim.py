"""Taking a tip: one officer has it, and the others are told who."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from desk import audit, queue
from desk.errors import (
    AlreadyClaimedError,
    NoSuchTipError,
    NotYoursError,
)
from desk.officers import Signed
from tests.storage.rows import Owner
from tests.world import COMMUNE, PROVINCE, World

THEFT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"


def note(world: World, signed: Signed, tip_id: UUID, text: str) -> None:
    with world.office.begin("desk", signed.id) as desk:
        queue.note(desk, signed, tip_id, text)


def deeds(world: World, tip_id: UUID) -> list[str]:
    with world.office.begin("desk", world.minh.id) as desk:
        return [deed.action for deed in audit.of_tip(desk, tip_id)]


def test_second_officer_to_claim_is_told_somebody_was_faster(world: World) -> None:
    world.submit(THEFT)
    tip_id = world.newest(world.minh)
    world.claim(world.minh, tip_id)

    with pytest.raises(AlreadyClaimedError, match="Minh đã nhận tin này trước bạn"):
        world.claim(world.hoa, tip_id)


def test_taking_a_tip_twice_is_taking_it_once(world: World) -> None:
    world.submit(THEFT)
    tip_id = world.newest(world.minh)

    world.claim(world.minh, tip_id)
    world.claim(world.minh, tip_id)

    assert deeds(world, tip_id) == ["tip.claimed"]
    assert world.opened(world.hoa, tip_id).claimed_by == "Minh"


def test_of_officers_claiming_at_once_one_wins_and_the_others_read_who(world: World) -> None:
    for _ in range(12):
        world.submit(THEFT)
    racers = [world.hoa, world.minh] * 2

    for tip_id in world.waiting(world.minh):
        with ThreadPoolExecutor(len(racers)) as threads:
            said = list(threads.map(lambda who: _claim(world, who, tip_id), racers))  # noqa: B023 # read now
        winner = world.opened(world.hoa, tip_id).claimed_by
        loser = {"Hoa": "Minh", "Minh": "Hoa"}[str(winner)]
        by_name = {
            name: [s for r, s in zip(racers, said, strict=True) if r.officer.name == name]
            for name in ("Hoa", "Minh")
        }
        assert by_name[str(winner)] == [None, None]
        assert by_name[loser] == [f"{winner} đã nhận tin này trước bạn."] * 2
        assert deeds(world, tip_id).count("tip.claimed") == 1


def _claim(world: World, who: Signed, tip_id: UUID) -> str | None:
    try:
        world.claim(who, tip_id)
    except AlreadyClaimedError as error:
        return str(error)
    return None


@pytest.mark.parametrize("who", ["hoa", "minh"])
def test_nothing_is_said_to_a_sender_before_the_tip_is_taken(world: World, who: str) -> None:
    world.submit(THEFT)
    tip_id, signed = world.newest(world.minh), getattr(world, who)
    if who == "hoa":
        world.claim(world.minh, tip_id)  # by somebody else

    for deed in (
        lambda: world.ask(signed, tip_id, "Xe màu gì?"),
        lambda: world.transfer(signed, tip_id, PROVINCE),
        lambda: world.close(signed, tip_id),
    ):
        with pytest.raises(NotYoursError):
            deed()

    assert [line.kind for line in world.opened(world.hoa, tip_id).lines] == ["tip"]


def test_a_tip_of_another_station_does_not_exist_for_an_officer(world: World) -> None:
    world.submit(THEFT, PROVINCE)
    tip_id = world.newest(world.ngan)

    for deed in (
        lambda: world.opened(world.minh, tip_id),
        lambda: world.claim(world.minh, tip_id),
        lambda: note(world, world.minh, tip_id, "?"),
        lambda: world.ask(world.minh, tip_id, "Xe màu gì?"),
        lambda: world.close(world.minh, tip_id),
        lambda: world.transfer(world.minh, tip_id, COMMUNE),
        lambda: world.opened(world.minh, uuid4()),
    ):
        with pytest.raises(NoSuchTipError):
            deed()


def test_a_tip_whose_key_was_taken_from_the_station_does_not_open(
    world: World, owner_url: str
) -> None:
    world.submit(THEFT)
    tip_id = world.newest(world.minh)

    with Owner(owner_url) as owner:
        owner.run("DELETE FROM tip_wrap WHERE holder LIKE 'station:%%'")

    with pytest.raises(NoSuchTipError):
        world.opened(world.minh, tip_id)
