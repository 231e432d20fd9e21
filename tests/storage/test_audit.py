"""The audit chain: whatever an insider changes in it shows."""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest

from storage import audit
from storage.audit import Deed, Entry, Head
from storage.db import Store
from tests.storage.rows import MONDAY, Owner

HOA, TIP = UUID(int=1), UUID(int=2)
KEY = bytes(range(32))
LENGTH = 12


def write(store: Store, numbers: range) -> None:
    for number in numbers:
        with store.begin("desk") as session:
            audit.append(
                session,
                KEY,
                Deed(
                    MONDAY + timedelta(minutes=number),
                    f"deed {number}",
                    officer_id=HOA if number % 2 else None,
                    station_code="28114" if number % 3 else None,
                    tip_id=TIP if number % 4 else None,
                    detail="spam" if number % 5 else "",
                ),
            )


def verified(store: Store) -> tuple[int, int | None]:
    with store.begin("desk") as session:
        return audit.verify(session, KEY)


def test_an_untouched_chain_holds(store: Store) -> None:
    assert verified(store) == (0, None)

    write(store, range(LENGTH))

    assert verified(store) == (LENGTH, None)


CHANGES = (
    *(("at", value) for value in ("at + interval '1 microsecond'", "at - interval '1 hour'")),
    *(("officer_id", value) for value in ("gen_random_uuid()", "NULL")),
    *(("station_code", value) for value in ("'80'", "NULL", "'None'", "''")),
    *(("action", value) for value in ("action || ' '", "upper(action)")),
    *(("tip_id", value) for value in ("gen_random_uuid()", "NULL")),
    *(("detail", value) for value in ("'handled'", "detail || ','")),
    *(("previous", value) for value in ("hash", "'x'")),
    *(("hash", value) for value in ("previous", "set_byte(hash, 31, get_byte(hash, 31) # 1)")),
)


def test_every_change_of_any_entry_shows_at_that_entry(store: Store, owner: Owner) -> None:
    write(store, range(LENGTH))
    owner.run("CREATE TABLE kept AS TABLE audit")
    changed = 0

    for no in range(1, LENGTH + 1):
        for column, value in CHANGES:
            owner.run(f"UPDATE audit SET {column} = {value} WHERE no = %s", no)  # noqa: S608 # above
            differs = owner.one("SELECT count(*) FROM (TABLE audit EXCEPT TABLE kept) changed")
            assert verified(store) == ((no - 1, no) if differs else (LENGTH, None)), (column, no)
            owner.run(
                f"UPDATE audit SET {column} = kept.{column} FROM kept WHERE kept.no = audit.no"  # noqa: S608 # above
            )
            changed += differs

    assert changed > 150
    assert verified(store) == (LENGTH, None)


@pytest.mark.parametrize("no", [1, 5, LENGTH - 1])
def test_a_removed_entry_shows(store: Store, owner: Owner, no: int) -> None:
    write(store, range(LENGTH))

    owner.run("DELETE FROM audit WHERE no = %s", no)
    assert verified(store) == (no - 1, no)

    owner.run("UPDATE audit SET no = no - 1 WHERE no > %s", no)
    assert verified(store) == (no - 1, no)


def test_entries_that_change_places_show(store: Store, owner: Owner) -> None:
    write(store, range(LENGTH))

    owner.run("UPDATE audit SET no = -no WHERE no IN (4, 7)")
    owner.run("UPDATE audit SET no = 11 + no WHERE no IN (-4, -7)")

    assert verified(store) == (3, 4)


def test_an_entry_that_never_happened_shows(store: Store, owner: Owner) -> None:
    write(store, range(LENGTH))

    owner.run(
        "INSERT INTO audit (no, at, action, detail, previous, hash)"
        " SELECT no + 1, at, 'deed', '', hash, previous FROM audit ORDER BY no DESC LIMIT 1"
    )

    assert verified(store) == (LENGTH, LENGTH + 1)


def test_two_officers_at_once_make_one_chain(store: Store) -> None:
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda n: write(store, range(n, n + 5)), range(0, 60, 5)))

    assert verified(store) == (60, None)


def test_a_deed_that_was_undone_leaves_no_gap(store: Store) -> None:
    write(store, range(2))

    def undone() -> None:
        with store.begin("desk") as session:
            audit.append(session, KEY, Deed(MONDAY, "undone"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        undone()
    write(store, range(2, 4))

    assert verified(store) == (4, None)


def test_the_deeds_of_a_tip_come_oldest_first(store: Store) -> None:
    write(store, range(LENGTH))

    with store.begin("desk") as session:
        found = audit.of_tip(session, TIP)

    assert [entry.action for entry in found] == [f"deed {n}" for n in range(LENGTH) if n % 4]


def chain(length: int) -> list[Entry]:
    """A log as it is in memory."""
    entries: list[Entry] = []
    previous = bytes(32)
    for n in range(1, length + 1):
        whole = (
            n,
            MONDAY + timedelta(minutes=n),
            HOA if n % 2 else None,
            "28114" if n % 3 else None,
        )
        entry = Entry(*whole, f"deed {n % 7}", TIP if n % 4 else None, "spam", previous, b"")
        previous = audit.link(KEY, entry)
        entries.append(entry._replace(hash=previous))
    return entries


def mutated(entries: list[Entry], chance: random.Random) -> tuple[str, list[Entry]]:
    """Something an insider without the key could do to a log, at random."""
    what = chance.choice(("change", "bit", "remove", "swap", "repeat", "forge", "cut"))
    at, other = chance.sample(range(len(entries)), 2)
    changed, entry = list(entries), entries[at]
    if what == "change":
        name = chance.choice(Entry._fields)
        pool = [e for e in entries if getattr(e, name) != getattr(entry, name)]
        new = getattr(chance.choice(pool), name) if pool else "another word"
        changed[at] = entry._replace(**{name: new})
    elif what == "bit":
        name = chance.choice(("previous", "hash"))
        flipped = bytearray(getattr(entry, name))
        flipped[chance.randrange(32)] ^= 1 << chance.randrange(8)
        changed[at] = entry._replace(**{name: bytes(flipped)})
    elif what == "remove":
        changed[at:] = [e._replace(no=e.no - chance.randrange(2)) for e in entries[at + 1 :]]
    elif what == "swap":
        changed[at], changed[other] = entries[other], entry
    elif what == "repeat":
        changed.insert(other, entry)
    elif what == "forge":  # a chain that would hold, made with another key
        previous = entries[at].previous
        for place, old in enumerate(entries[at:], at):
            new = old._replace(detail="nothing", previous=previous)
            previous = audit.link(b"?" * 32, new)
            changed[place] = new._replace(hash=previous)
    else:
        del changed[at:]
    return what, changed


def test_every_one_of_ten_thousand_random_changes_shows() -> None:
    entries, chance = chain(40), random.Random(1)  # noqa: S311 # a repeatable test
    end = Head(40, entries[-1].hash)
    assert audit.walk(KEY, entries, end) == (40, None)

    unseen = []
    kinds = Counter[str]()
    while kinds.total() < 10_000:
        what, changed = mutated(entries, chance)
        if changed != entries:
            kinds[what] += 1
            if audit.walk(KEY, changed, end)[1] is None:
                unseen.append(what)

    assert unseen == []
    assert min(kinds.values()) > 1000


def test_entries_taken_off_the_end_show_against_an_end_that_was_noted(
    store: Store, owner: Owner
) -> None:
    write(store, range(LENGTH))
    with store.begin("desk") as session:
        noted = audit.head(session)
    write(store, range(LENGTH, LENGTH + 3))
    owner.run("DELETE FROM audit WHERE no > %s", LENGTH)

    with store.begin("desk") as session:
        assert audit.verify(session, KEY, noted) == (LENGTH, None)
    owner.run("DELETE FROM audit WHERE no = %s", LENGTH)
    with store.begin("desk") as session:
        assert audit.verify(session, KEY, noted) == (LENGTH - 1, LENGTH)
