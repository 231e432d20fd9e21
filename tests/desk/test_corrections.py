"""Corrected categories are kept to learn from only where the operator wants it, and as hashes."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from sqlmodel import select

from desk import corrections, facts
from desk.desk import Office
from storage import vault
from storage.models import Correction
from tests.world import World

TEXT = "Ông Bảy Xoàn 0912345678 bẻ khóa lấy trộm xe máy đêm qua ở xã Long Cang, tỉnh Tây Ninh"


def correct(world: World, office: Office, category: str = "gambling", text: str = TEXT) -> UUID:
    before = set(world.waiting(world.minh))
    world.submit(text)
    (tip,) = set(world.waiting(world.minh)) - before
    with office.begin("desk", world.minh.id) as desk:
        facts.set_category(desk, world.minh, tip, category)
    return tip


def keeping(world: World) -> Office:
    tools = replace(world.office.tools, keep_corrections=True)
    return Office(world.office.store, tools, world.clock)


def kept(world: World) -> list[Correction]:
    with world.office.begin("sweeps") as desk:
        return list(desk.session.exec(select(Correction)))


def test_nothing_is_kept_unless_it_is_switched_on(world: World) -> None:
    correct(world, world.office)

    assert kept(world) == []


def test_a_correction_leaves_its_label_and_hashes_of_common_words(world: World) -> None:
    office = keeping(world)
    tip = correct(world, office)

    (row,) = kept(world)
    key = office.tools.keyring.corrections
    hashed = {row.features[at : at + 8] for at in range(0, len(row.features), 8)}

    def is_kept(word: str) -> bool:
        return vault.mark(key, word).to_bytes(8, "big") in hashed

    assert (row.label, row.month) == ("gambling", "2026-03")
    assert str(tip) not in str(row)
    assert all(map(is_kept, ("trom", "xe", "xe may", "<phone>")))
    assert not any(map(is_kept, ("bay", "xoan", "long", "cang", "long cang", "tay ninh")))


def test_names_of_places_are_left_out_wherever_they_stand(world: World) -> None:
    text = "Ở Tây Ninh với Long An cũ có người lừa bán đất, chuyển khoản rồi mất"
    office = keeping(world)
    assert office.tools.twins.known("tay ninh")  # it would be kept if it were no place

    correct(world, office, text=text)

    (row,) = kept(world)
    marks = {vault.mark(office.tools.keyring.corrections, word) for word in ("tay", "ninh", "an")}
    assert not [m for m in marks if m.to_bytes(8, "big") in row.features]


def test_a_label_is_exported_once_it_has_ten_and_nothing_else_is_in_the_file(world: World) -> None:
    office = keeping(world)
    for _ in range(corrections.FEWEST):
        correct(world, office)
    correct(world, office, "fraud")

    with office.begin("sweeps") as desk:
        lines = [json.loads(line) for line in corrections.export(desk)]

    assert [line["label"] for line in lines] == ["gambling"] * corrections.FEWEST
    assert all(set(line) == {"label", "features"} for line in lines)
    assert all(line["features"] == sorted(line["features"]) for line in lines)


def test_what_says_too_little_is_not_kept(world: World) -> None:
    correct(world, keeping(world), text="trộm xe")

    assert kept(world) == []


def test_rows_go_after_six_months_and_all_of_them_when_it_is_switched_off(world: World) -> None:
    office = keeping(world)
    correct(world, office)
    with office.begin("sweeps") as desk:
        corrections.forget(desk)
    assert len(kept(world)) == 1

    world.clock.at += timedelta(days=31 * corrections.MONTHS)
    correct(world, office, text=f"{TEXT} nữa")
    with office.begin("sweeps") as desk:
        corrections.forget(desk)
    assert [row.month for row in kept(world)] == ["2026-09"]

    with world.office.begin("sweeps") as desk:
        corrections.forget(desk)
    assert kept(world) == []
