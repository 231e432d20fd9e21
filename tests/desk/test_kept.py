"""Forms that wait for their writer: sealed to them, for a month at most."""

from datetime import timedelta
from uuid import UUID

import pytest

from desk import departures, kept, retention
from desk.kept import Form
from desk.officers import Signed
from storage.models import Officer
from tests.desk.test_resets import approve, ask, renew
from tests.scanner import Scanner
from tests.storage.rows import Owner
from tests.world import PROVINCE, World, hire

CANARY = "trưởng ấp Tư Cò"
FORM = Form("/tips/{tip}/note", {"tip": str(UUID(int=5))}, {"text": CANARY, "version": "3"})


def keep(world: World, officer: UUID, form: Form = FORM) -> bool:
    with world.office.begin("desk") as desk:
        return kept.keep(desk, officer, form)


def waiting(world: World, signed: Signed) -> list[Form]:
    with world.office.begin("desk", signed.id) as desk:
        found = [one.form for one in kept.waiting(desk, signed)]
        assert kept.count(desk, signed) >= len(found)
        return found


def test_a_form_comes_back_as_it_was_to_its_writer_alone(world: World) -> None:
    assert keep(world, world.minh.id)

    assert waiting(world, world.minh) == [FORM]
    for other in (world.hoa, world.ngan):
        assert waiting(world, other) == []


def test_the_same_form_is_kept_once_and_others_in_their_order(world: World) -> None:
    second = Form("/walk-in", {}, {"text": "Kể tại trụ sở"})
    for form in (FORM, second, FORM):
        keep(world, world.minh.id, form)
        world.clock.at += timedelta(minutes=1)
    keep(world, world.hoa.id)

    assert waiting(world, world.minh) == [FORM, second]
    assert waiting(world, world.hoa) == [FORM]


def test_nothing_of_it_is_readable_in_the_row_or_for_another_key(
    world: World, owner_url: str
) -> None:
    keep(world, world.minh.id)
    with Owner(owner_url) as owner:
        ((id_, enclosed, sealed),) = owner.all("SELECT id, enclosed, sealed FROM kept_form")
        found = Scanner({"canary": CANARY, "tip": str(UUID(int=5))}, digests=True)
        assert found.look(bytes(id_) + bytes(enclosed) + bytes(sealed)) == []

        owner.run("UPDATE kept_form SET officer_id = %s", world.hoa.id)
    assert waiting(world, world.hoa) == []
    disguised = Signed(Officer(**world.hoa.officer.model_dump()), world.minh.private_key)
    assert waiting(world, disguised) == []


def test_without_the_key_files_it_does_not_open(world: World) -> None:
    keep(world, world.minh.id)
    keyring = world.office.tools.keyring
    keyring.destroy_retention(keyring.retention_months()[0])
    assert waiting(world, world.minh) == []


def test_another_officer_drops_nothing(world: World) -> None:
    keep(world, world.minh.id)
    with world.office.begin("desk") as desk:
        (mine,) = kept.waiting(desk, world.minh)
        kept.drop(desk, world.hoa, mine.id)
        assert kept.count(desk, world.minh) == 1
        kept.drop(desk, world.minh, mine.id)
        assert kept.count(desk, world.minh) == 0


@pytest.mark.parametrize(("days", "left"), [(29, [FORM]), (30, [])])
def test_after_thirty_days_it_is_forgotten(world: World, days: int, left: list[Form]) -> None:
    keep(world, world.minh.id)
    world.clock.at += timedelta(days=days)
    with world.office.begin("sweeps") as desk:
        retention.delete_messages(desk)
    assert waiting(world, world.minh) == left


def test_there_is_an_end_to_what_is_kept_for_one_officer(world: World) -> None:
    forms = [Form("/walk-in", {}, {"text": f"Lần {n}"}) for n in range(kept.AT_MOST + 1)]

    assert [keep(world, world.minh.id, form) for form in forms] == [True] * kept.AT_MOST + [False]
    assert len(waiting(world, world.minh)) == kept.AT_MOST
    assert keep(world, world.hoa.id), "another officer's have nothing to do with it"


def test_nothing_is_kept_for_or_of_somebody_who_left(world: World) -> None:
    keep(world, world.minh.id)
    with world.office.begin("desk", world.hoa.id) as desk:
        departures.leave(desk, world.hoa, world.minh.id)
    assert waiting(world, world.minh) == []
    assert not keep(world, world.minh.id)
    assert not keep(world, UUID(int=1))


def test_a_new_key_does_not_open_it_so_it_goes(world: World) -> None:
    keep(world, world.minh.id)
    kien = hire(world.office, PROVINCE, "province", "Kiên", "kien", invited_by=world.ngan)
    ask(world, kien)
    again = renew(world, approve(world, world.hoa, world.minh.id))
    with world.office.begin("desk") as desk:
        assert kept.count(desk, again) == 0
