"""Photographs of a tip: sealed in pieces, for whoever may open the tip, and gone with it."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from desk import conversations, photos, queue, receipts, retention, tips
from desk.conversations import Chat
from desk.errors import EmptyTextError, NoSuchTipError, TooManyPhotosError
from desk.inbox import Lane
from desk.officers import Signed
from desk.photos import MOST, PIECE, Photo
from storage.vault import SealError
from tests.storage.rows import Owner
from tests.world import COMMUNE, NEIGHBOUR, World

# Two pieces and a bit, none like another.
PICTURE = Photo(bytes(range(256)) * 600, b"the small one")


def told(world: World, *pictures: Photo, about_station: bool = False) -> tuple[str, UUID]:
    """A tip with these photographs; its receipt and id."""
    with world.office.begin("intake") as desk:
        ids = tuple(photos.keep(desk, pictures))
    with world.office.begin("intake") as desk:
        draft = tips.Draft("Tối qua mất xe ở chợ", COMMUNE, "", "", about_station, ids)
        receipt = tips.submit(desk, draft).receipt
    signed = world.ngan if about_station else world.hoa
    return receipt, world.newest(signed)


def seen(world: World, signed: Signed, tip: UUID) -> list[bytes]:
    """Every photograph, whole, as this officer sees it."""
    opened = world.opened(signed, tip)
    with world.office.begin("desk", signed.id) as desk:
        ids = photos.ids(line.content for line in opened.lines)
        return [photos.whole(desk, signed, tip, UUID(id_)) for id_ in ids]


def count(world: World, table: str) -> int:
    with world.office.begin("sweeps") as desk:
        return int(desk.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608 # our own names


def test_whoever_may_open_the_tip_sees_its_photographs(world: World) -> None:
    _, tip = told(world, PICTURE, PICTURE)

    assert seen(world, world.minh, tip) == [PICTURE.whole, PICTURE.whole]
    assert list(world.opened(world.minh, tip).photos.values()) == [PICTURE.small, PICTURE.small]
    assert len(PICTURE.whole) > 2 * PIECE


def test_photographs_live_as_long_as_the_draft_they_wait_in(world: World) -> None:
    lane = Lane("webchat", "lan")
    world.clock.at = world.clock.at.replace(hour=23)  # six in the morning in Việt Nam
    with world.office.begin("intake") as desk:
        ids = tuple(photos.keep(desk, [PICTURE]))
        conversations.save(desk, lane, Chat("tip.place", {"text": "Mất xe", "photos": list(ids)}))
    for _ in range(2):  # they write on, once a day
        world.clock.at += timedelta(hours=20)
        with world.office.begin("intake") as desk:
            chat = conversations.load(desk, lane)
            assert chat is not None
            conversations.save(desk, lane, chat)
        with world.office.begin("sweeps") as desk:
            days = retention.delete_messages(desk)
        retention.destroy_keys(world.office.tools.keyring, days=days)

    with world.office.begin("intake") as desk:
        tips.submit(desk, tips.Draft("Mất xe ở chợ", COMMUNE, photos=tuple(chat.draft["photos"])))

    assert seen(world, world.minh, world.newest(world.hoa)) == [PICTURE.whole]
    assert count(world, "draft_photo") == 0


def test_nobody_else_does(world: World) -> None:
    _, tip = told(world, PICTURE)
    (id_,) = world.opened(world.hoa, tip).photos
    with world.office.begin("desk", world.ngan.id) as desk, pytest.raises(NoSuchTipError):
        photos.whole(desk, world.ngan, tip, UUID(id_))

    _, about = told(world, PICTURE, about_station=True)
    (id_,) = world.opened(world.ngan, about).photos
    with world.office.begin("desk", world.hoa.id) as desk, pytest.raises(NoSuchTipError):
        photos.whole(desk, world.hoa, about, UUID(id_))


def test_a_photograph_of_another_tip_and_a_guessed_one_are_none(world: World) -> None:
    _, one = told(world, PICTURE)
    (id_,) = world.opened(world.hoa, one).photos
    world.claim(world.hoa, one)
    _, other = told(world)

    for guess in (UUID(id_), uuid4()):
        with world.office.begin("desk", world.hoa.id) as desk, pytest.raises(NoSuchTipError):
            photos.whole(desk, world.hoa, other, guess)


def test_each_look_is_in_the_audit_log(world: World) -> None:
    _, tip = told(world, PICTURE)
    seen(world, world.minh, tip)

    deeds = [(d.action, d.officer_id) for d in world.opened(world.hoa, tip).deeds]
    assert ("tip.photo", world.minh.id) in deeds


def test_what_lies_in_the_database_is_sealed_and_padded(world: World) -> None:
    told(world, PICTURE)

    with world.office.begin("sweeps") as desk:
        rows = desk.session.execute(text("SELECT sealed FROM tip_photo")).scalars().all()
    assert len(rows) == 4  # the small one, and three pieces
    assert all((len(row) - 40) % 1024 == 0 for row in rows), "sizes would tell one from another"
    assert not [row for row in rows if b"the small one" in row or bytes(range(200)) in row]


@pytest.mark.parametrize(
    "harm",
    [
        (
            "UPDATE tip_photo SET no = 9 WHERE no = 2",
            "UPDATE tip_photo SET no = 2 WHERE no = 3",
            "UPDATE tip_photo SET no = 3 WHERE no = 9",
        ),
        ("DELETE FROM tip_photo WHERE no = 3",),
        ("UPDATE tip_photo SET sealed = set_byte(sealed, 100, 255 - get_byte(sealed, 100))",),
    ],
)
def test_a_piece_moved_removed_or_changed_is_noticed(
    world: World, owner_url: str, harm: tuple[str, ...]
) -> None:
    _, tip = told(world, PICTURE)
    (id_,) = world.opened(world.hoa, tip).photos
    with Owner(owner_url) as owner:
        touched = [owner.run(statement) for statement in harm]
        assert 0 not in touched

    with world.office.begin("desk", world.hoa.id) as desk, pytest.raises((SealError, KeyError)):
        photos.whole(desk, world.hoa, tip, UUID(id_))


def test_a_draft_keeps_nothing_once_the_tip_is_sent(world: World) -> None:
    told(world, PICTURE)

    assert count(world, "draft_photo") == 0
    assert count(world, "tip_photo") == 4


def test_what_nobody_sends_is_gone_with_the_key_of_its_day(world: World) -> None:
    with world.office.begin("intake") as desk:
        ids = photos.keep(desk, [PICTURE])
    world.clock.at += timedelta(days=3)
    with world.office.begin("sweeps") as desk:
        days = retention.delete_messages(desk)
    retention.destroy_keys(world.office.tools.keyring, months=set(), days=days)

    assert count(world, "draft_photo") == 0
    with world.office.begin("intake") as desk:
        assert photos.loaded(desk, ids) == {}


def test_photographs_go_with_their_tip(world: World) -> None:
    _, tip = told(world, PICTURE)
    world.claim(world.hoa, tip)
    world.close(world.hoa, tip)
    world.clock.at += retention.KEEP_CLOSED + timedelta(days=2)
    with world.office.begin("sweeps") as desk:
        retention.delete_tips(desk)

    assert count(world, "tip") == 0
    assert count(world, "tip_photo") == 0


def test_a_tip_that_is_handed_on_takes_its_photographs_along(world: World) -> None:
    _, tip = told(world, PICTURE)
    world.claim(world.hoa, tip)
    world.transfer(world.hoa, tip, NEIGHBOUR)  # not open: its province stands in

    assert seen(world, world.ngan, tip) == [PICTURE.whole]
    with pytest.raises(NoSuchTipError):
        world.opened(world.hoa, tip)


def test_a_photograph_comes_later_with_the_receipt(world: World) -> None:
    receipt, tip = told(world)
    with world.office.begin("intake") as desk:
        ids = photos.keep(desk, [PICTURE])
        receipts.add(desk, receipt, "", ids)

    assert seen(world, world.hoa, tip) == [PICTURE.whole]
    last = world.follow(receipt).lines[-1]
    assert (last.kind, last.text, last.photos) == ("addition", "", 1)


def test_a_tip_has_no_more_photographs_than_it_may(world: World) -> None:
    receipt, tip = told(world, *[PICTURE] * (MOST - 1))
    with world.office.begin("intake") as desk:
        ids = photos.keep(desk, [PICTURE] * 2)
    with world.office.begin("intake") as desk, pytest.raises(TooManyPhotosError, match=str(MOST)):
        receipts.add(desk, receipt, "Thêm hai ảnh", ids)
    with world.office.begin("intake") as desk:
        receipts.add(desk, receipt, "", ids[:1])

    assert len(seen(world, world.hoa, tip)) == MOST


def test_neither_words_nor_a_photograph_is_nothing(world: World) -> None:
    receipt, _ = told(world)
    with world.office.begin("intake") as desk, pytest.raises(EmptyTextError):
        receipts.add(desk, receipt, " ")


def test_opening_a_tip_without_photographs_asks_for_none(world: World) -> None:
    _, tip = told(world)
    opened = world.opened(world.hoa, tip)

    assert opened.photos == {}
    assert isinstance(opened, queue.Opened)
