"""Alert chats of a station: connected by a one-time code, told that something waits, never what."""

from datetime import timedelta

import pytest

from desk import alerts, duty, outbox
from desk.errors import NotAllowedError
from desk.inbox import Lane
from storage import keyring
from tests.storage.rows import Owner
from tests.world import COMMUNE, PROVINCE, World

GROUP = Lane("telegram", "-1001234567890")
OTHER = Lane("telegram", "-1009999999999")
FIRE = "Đang có cháy nhà ở chợ, còn người kẹt bên trong"
LINK = "https://tin.example.vn/desk"


def code_of(world: World, station: str = COMMUNE) -> str:
    with world.office.begin("desk") as desk:
        return duty.new_code(desk, station)


def connect(world: World, code: str, lane: Lane = GROUP) -> str | None:
    with world.office.begin("sweeps") as desk:
        return duty.connect(desk, lane, code)


def told(world: World, minutes: float = 0) -> list[tuple[str, str]]:
    """Which chats are told so many minutes later, and what."""
    world.clock.at += timedelta(minutes=minutes)
    with world.office.begin("sweeps") as desk:
        alerts.sweep(desk, LINK)
        found = outbox.take(desk, ("telegram",))
        for outgoing in found:
            outbox.done(desk, outgoing, "sent")
    return [(outgoing.address, outgoing.payload["text"]) for outgoing in found]


def test_a_chat_is_connected_by_the_code_however_it_is_typed(world: World) -> None:
    code = code_of(world)

    assert connect(world, code.lower().replace("-", " ")) == "Công an xã Rạch Kiến"
    world.submit(FIRE)
    assert told(world) == [(GROUP.address, f"{alerts.URGENT}\n{LINK}")]


def test_a_code_works_once_and_for_two_days(world: World) -> None:
    once, late = code_of(world), code_of(world)
    assert connect(world, once)
    assert connect(world, once, OTHER) is None
    world.clock.at += timedelta(hours=48)
    assert connect(world, late, OTHER) is None


@pytest.mark.parametrize("typed", ["", "ABCD-EFGH", "🙂", "0" * 17, "x" * 5000])
def test_no_other_word_is_a_code(world: World, typed: str) -> None:
    code_of(world)
    assert connect(world, typed) is None


def test_the_urgent_ladder_reaches_station_and_province_chats(world: World) -> None:
    connect(world, code_of(world))
    connect(world, code_of(world, PROVINCE), OTHER)
    world.submit(FIRE)

    said = [[chat for chat, _ in told(world, minutes)] for minutes in (0, 4, 1, 4, 1, 10)]

    assert said == [[GROUP.address], [], [GROUP.address], [], [OTHER.address], []]


def test_what_is_told_has_nothing_of_the_tip(world: World) -> None:
    connect(world, code_of(world))
    world.submit("Có nhóm trộm xe ở chợ Rạch Kiến tối qua")

    ((_, text),) = told(world)
    assert text == f"{alerts.WAITING}\n{LINK}"


def test_a_disconnected_or_moved_chat_is_told_nothing_at_the_old_place(world: World) -> None:
    connect(world, code_of(world))
    with world.office.begin("sweeps") as desk:
        duty.move(desk, GROUP, OTHER.address)
    world.submit(FIRE)
    assert [chat for chat, _ in told(world)] == [OTHER.address]

    with world.office.begin("sweeps") as desk:
        assert not duty.disconnect(desk, GROUP)
        assert duty.disconnect(desk, OTHER)
    assert told(world, 5) == []


def test_one_chat_belongs_to_one_station(world: World) -> None:
    connect(world, code_of(world))
    connect(world, code_of(world, PROVINCE))
    world.submit(FIRE)

    assert told(world) == []


def test_addresses_are_sealed_and_codes_not_stored(world: World, owner_url: str) -> None:
    unused = code_of(world)
    connect(world, code_of(world))
    with Owner(owner_url) as owner:
        chats = owner.all("SELECT * FROM duty_chat")
        codes = owner.all("SELECT * FROM duty_code")
        columns = owner.all(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_name = 'duty_chat'"
        )

    assert len(chats) == len(codes) == 1
    everything = str(chats + codes).encode() + b"".join(c for c in chats[0] if type(c) is bytes)
    assert GROUP.address.encode() not in everything
    assert unused.replace("-", "").encode() not in everything
    assert "timestamp with time zone" not in [kind for _, kind in columns], "the day and no more"


def test_chats_whose_key_is_gone_stop_no_alert(world: World) -> None:
    connect(world, code_of(world))
    world.submit(FIRE)
    ring = world.office.tools.keyring
    ring.__dict__["bot"] = keyring.BotKey(bytes(32))

    assert told(world) == []
    with world.office.begin("sweeps") as desk:
        assert [o.address for o in outbox.take(desk, (alerts.CHANNEL,))] == [COMMUNE]


def test_a_chief_makes_and_cuts_and_an_officer_may_not(world: World, owner_url: str) -> None:
    with world.office.begin("desk", world.hoa.id) as desk:
        code = duty.invite_chat(desk, world.hoa)
    connect(world, code)
    with world.office.begin("desk", world.minh.id) as desk:
        (group,) = duty.connected(desk, COMMUNE)
        with pytest.raises(NotAllowedError):
            duty.invite_chat(desk, world.minh)
        with pytest.raises(NotAllowedError):
            duty.cut(desk, world.minh, group.id)
    with world.office.begin("desk", world.ngan.id) as desk:
        assert not duty.cut(desk, world.ngan, group.id)
    with world.office.begin("desk", world.hoa.id) as desk:
        assert duty.cut(desk, world.hoa, group.id)
        assert duty.connected(desk, COMMUNE) == []

    with Owner(owner_url) as owner:
        deeds = owner.all("SELECT action FROM audit WHERE starts_with(action, 'duty.') ORDER BY no")
    assert [action for (action,) in deeds] == ["duty.code", "duty.connected", "duty.disconnected"]
