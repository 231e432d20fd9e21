"""What an operator's file changes stands in the audit log: what kind of file, how many lines."""

from desk import audit, contacts, hamlets
from tests.world import COMMUNE, PROVINCE, World

CONTACTS = [",".join(contacts.COLUMNS), f"{COMMUNE},0272 3881 234,ấp 1,2026-03-02"]
HAMLETS = [",".join(hamlets.COLUMNS), "25480,Suối Đá,Ấp Tân Định 1", "25552,,Ấp 2", "26506,,Ấp 3"]


def logged(world: World) -> list[tuple[str, str | None, str]]:
    """Imports in the log: what, which province, how many lines."""
    with world.office.begin("desk") as desk:
        found = [
            entry
            for province in ("79", PROVINCE)
            for entry in audit.page(desk, province, with_communes=True, before=None)
        ]
        assert audit.verify(desk)[1] is None, "the chain holds"
    return [
        (entry.action, entry.station_code, entry.detail)
        for entry in found
        if entry.action.endswith(".imported")
    ]


def test_contacts_that_were_stored_are_counted_and_nothing_of_them_is_told(world: World) -> None:
    lines = [*CONTACTS, f"{PROVINCE},0272 3822 234,,2026-03-02", "99999,,,2026-03-02"]
    with world.office.begin("sweeps") as desk:
        assert contacts.take(desk, lines).stored == 2

    assert logged(world) == [("contacts.imported", PROVINCE, "2")]


def test_hamlets_are_counted_for_each_province(world: World) -> None:
    with world.office.begin("sweeps") as desk:
        assert hamlets.take(desk, HAMLETS).stored == 3

    assert logged(world) == [
        ("hamlets.imported", "79", "1"),
        ("hamlets.imported", PROVINCE, "2"),
    ]


def test_a_file_that_changed_nothing_leaves_nothing(world: World) -> None:
    with world.office.begin("sweeps") as desk:
        assert contacts.take(desk, [CONTACTS[0], "99999,,,2026-03-02"]).stored == 0
        assert hamlets.take(desk, [*HAMLETS, "99999,,Ấp 1"]).stored == 0

    assert logged(world) == []
