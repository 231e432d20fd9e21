"""The facts of a tip: suggested by the machine, corrected by officers, sealed."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from desk import alerts, audit, facts, queue, tips
from desk.errors import ClosedError, NoSuchTipError, TooLongError
from desk.facts import Facts, Known
from tests.storage.rows import Owner
from tests.world import COMMUNE, NEIGHBOUR, PROVINCE, World

TEXT = "Khuya qua hai thanh niên bẻ khóa lấy xe máy ở chợ"
FIRE = "Đang có cháy nhà ở chợ, còn người kẹt bên trong"


def known(world: World, tip: UUID) -> Known:
    with world.office.begin("desk", world.minh.id) as desk:
        return facts.of(desk, queue.open_tip(desk, world.minh, tip))


def save(world: World, tip: UUID, given: Facts) -> None:
    with world.office.begin("desk", world.minh.id) as desk:
        facts.save(desk, world.minh, tip, given)


def set_urgent(world: World, tip: UUID, *, urgent: bool) -> None:
    with world.office.begin("desk", world.minh.id) as desk:
        facts.set_urgent(desk, world.minh, tip, urgent=urgent)


def test_the_machine_suggests_and_says_which_words_it_took(world: World) -> None:
    world.submit(TEXT)
    found = known(world, world.newest(world.minh))

    assert found.by is None
    assert found.facts == Facts(COMMUNE, "", "Khuya qua", "hai thanh niên", "unknown")
    assert {"Khuya qua", "hai thanh niên"} <= set(found.evidence)


def test_what_a_sender_wrote_at_length_can_be_saved_as_it_is(world: World) -> None:
    near = "Đi qua cầu, rẽ trái ở cây đa, qua ba cái ao thì tới. " * 6
    with world.office.begin("intake") as desk:
        tips.submit(desk, tips.Draft(TEXT, COMMUNE, near, near))
    tip = world.newest(world.minh)
    suggested = known(world, tip).facts

    save(world, tip, replace(suggested, place=NEIGHBOUR))

    assert known(world, tip).facts.place_words == near.strip()
    with pytest.raises(TooLongError):
        save(world, tip, replace(suggested, place_words=near + "!"))


def test_a_place_the_text_names_besides_the_one_confirmed_is_offered(world: World) -> None:
    world.submit(f"{TEXT} xã Long Cang, tỉnh Tây Ninh")
    found = known(world, world.newest(world.minh))

    assert found.facts.place == COMMUNE
    assert found.other_place == NEIGHBOUR
    assert any("Long Cang" in words for words in found.evidence)


def test_what_an_officer_writes_stands_and_is_sealed(world: World, owner_url: str) -> None:
    receipt = world.submit(TEXT).receipt
    tip = world.newest(world.minh)
    given = Facts(NEIGHBOUR, "xyzzy bến đò", "2 giờ sáng", "xe đỏ plugh", "no")

    save(world, tip, replace(given, who="ai đó"))
    save(world, tip, given)

    found = known(world, tip)
    assert (found.facts, found.by, found.other_place) == (given, "Minh", None)
    assert [line.kind for line in world.follow(receipt).lines] == ["tip"]
    with Owner(owner_url) as owner:
        rows = str(owner.all("SELECT to_jsonb(e) FROM tip_entry e"))
        log = str(owner.all("SELECT to_jsonb(a) FROM audit a"))
    assert "xyzzy" not in rows + log
    assert "plugh" not in rows + log


def test_a_form_that_holds_a_story_or_an_unknown_state_is_refused(world: World) -> None:
    world.submit(TEXT)
    tip = world.newest(world.minh)
    fine = Facts(None, "", "", "", "unknown")

    with pytest.raises(TooLongError):
        save(world, tip, replace(fine, who="a" * (facts.FIELD_LIMIT + 1)))
    with pytest.raises(ValueError, match="state"):
        save(world, tip, replace(fine, ongoing="perhaps"))
    with pytest.raises(ValueError, match="place"):
        save(world, tip, replace(fine, place="99999"))


def test_another_category_is_in_the_row_and_in_the_log(world: World) -> None:
    world.submit(TEXT)
    tip = world.newest(world.minh)
    with world.office.begin("desk", world.minh.id) as desk:
        for _ in range(2):
            facts.set_category(desk, world.minh, tip, "gambling")

    with world.office.begin("desk", world.minh.id) as desk:
        (row,) = queue.waiting(desk, "new")
        details = [d.detail for d in audit.of_tip(desk, tip) if d.action == "tip.category"]
    assert row.tip.category == "gambling"
    assert details == ["theft>gambling"]


def test_a_tip_called_urgent_is_told_at_once_and_its_clock_is_short(world: World) -> None:
    world.submit(TEXT)
    tip = world.newest(world.minh)
    with world.office.begin("sweeps") as desk:
        assert alerts.sweep(desk) == 1

    set_urgent(world, tip, urgent=True)

    with world.office.begin("sweeps") as desk:
        assert alerts.sweep(desk) == 1
    world.clock.at += timedelta(hours=1)
    assert world.waiting(world.minh, "late") == [tip]


def test_a_tip_called_calm_waits_its_day_and_is_not_told_again(world: World) -> None:
    world.submit(FIRE)
    tip = world.newest(world.minh)
    set_urgent(world, tip, urgent=False)

    told = []
    for _ in range(3):
        with world.office.begin("sweeps") as desk:
            told.append(alerts.sweep(desk))
        world.clock.at += timedelta(minutes=6)

    assert told == [1, 0, 0]
    world.clock.at += timedelta(hours=2)
    assert world.waiting(world.minh, "late") == []


def test_urgency_of_a_tip_somebody_has_sets_their_time_anew(world: World) -> None:
    world.submit(TEXT)
    tip = world.newest(world.minh)
    world.claim(world.minh, tip)
    set_urgent(world, tip, urgent=True)

    with world.office.begin("sweeps") as desk:
        assert alerts.sweep(desk) == 0, "somebody has it already"
    world.clock.at += timedelta(hours=2)
    assert world.waiting(world.minh, "late") == [tip]


def test_what_is_no_spam_goes_back_to_the_new_ones(world: World) -> None:
    world.submit("Chào buổi sáng, hôm nay trời đẹp quá")
    (tip,) = world.waiting(world.minh, "spam")
    with world.office.begin("desk", world.minh.id) as desk:
        facts.not_spam(desk, world.minh, tip)
    assert world.waiting(world.minh) == [tip]
    assert world.waiting(world.minh, "spam") == []


def test_nothing_is_corrected_in_a_closed_tip_or_in_one_of_others(world: World) -> None:
    world.submit(TEXT)
    tip = world.newest(world.minh)
    world.claim(world.minh, tip)
    world.close(world.minh, tip)
    world.submit(TEXT, PROVINCE)
    foreign = world.newest(world.ngan)

    for one, refusal in ((tip, ClosedError), (foreign, NoSuchTipError)):
        with pytest.raises(refusal):
            set_urgent(world, one, urgent=True)
        with pytest.raises(refusal):
            save(world, one, Facts(None, "", "", "", "no"))
