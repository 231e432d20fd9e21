"""Two calendars: people's days begin at midnight in Việt Nam, keys' days at midnight UTC."""

from datetime import UTC, date, datetime, timedelta

import pytest

from desk import activation, contacts, conversations, duty, questions, retention, subscriptions
from desk.clocks import VIETNAM
from desk.conversations import Chat
from desk.inbox import Lane
from desk.subscriptions import Wish
from tests.storage.rows import Owner
from tests.world import COMMUNE, NEIGHBOUR, World, hire

TODAY = date(2026, 3, 3)
LAN = Lane("webchat", "key of lan")
THEFT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"


def at(hour: int, minute: int, day: date = TODAY) -> datetime:
    """A moment as the clock on the wall shows it here."""
    here = datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)
    return here.astimezone(UTC)


@pytest.fixture(params=[(0, 30), (6, 59), (7, 0), (23, 59)], ids=str)
def night(world: World, request: pytest.FixtureRequest) -> World:
    """The third of March, at an hour at which it may be another day elsewhere."""
    world.clock.at = at(*request.param)
    return world


def test_what_people_read_and_law_counts_is_of_the_day_on_the_wall(
    night: World, owner_url: str
) -> None:
    hire(night.office, NEIGHBOUR, "chief", "Tám", "tam", activation.activate_commune)
    night.submit(THEFT)
    tip = night.newest(night.hoa)
    night.claim(night.hoa, tip)
    night.close(night.hoa, tip)
    with night.office.begin("desk") as desk:
        code = duty.new_code(desk, COMMUNE)
    with night.office.begin("sweeps") as desk:
        duty.connect(desk, Lane("telegram", "-100123"), code)
    with night.office.begin("intake") as desk:
        subscriptions.follow(desk, LAN, Wish((COMMUNE,), ("money",), None))

    with Owner(owner_url) as owner:
        kept = {
            "open since": owner.one("SELECT active_since FROM station WHERE code = %s", NEIGHBOUR),
            "closed on": owner.one("SELECT closed_on FROM tip"),
            "connected": owner.one("SELECT since FROM duty_chat"),
            "follows since": owner.one("SELECT since FROM subscriber"),
        }
    assert kept == dict.fromkeys(kept, TODAY)


def test_a_number_checked_today_is_taken_and_one_of_tomorrow_is_not(night: World) -> None:
    def stored(day: date) -> int:
        line = f"{COMMUNE},0272 3881 234,,{day}"
        with night.office.begin("sweeps") as desk:
            return contacts.take(desk, [",".join(contacts.COLUMNS), line]).stored

    assert (stored(TODAY), stored(TODAY + timedelta(days=1))) == (1, 0)


def test_an_answer_is_shown_until_midnight_of_its_last_day(world: World) -> None:
    answer = next(iter(world.office.tools.answers.values()))
    shown = []
    for day, hour, minute in ((-1, 23, 59), (0, 0, 30), (0, 6, 59)):
        world.clock.at = at(hour, minute, answer.expires + timedelta(days=day))
        with world.office.begin("intake") as desk:
            shown.append(questions.fresh(answer, desk.today))

    assert shown == [True, False, False]


def test_nothing_sealed_becomes_unreadable_at_either_midnight(world: World) -> None:
    """Noon, after our midnight, before and after that of the keys: one key, then the next one."""
    keys = []
    for day, hour, minute in (
        (2, 12, 0),
        (3, 0, 30),
        (3, 6, 59),
        (3, 7, 0),
        (3, 23, 59),
        (4, 6, 59),
    ):
        world.clock.at = at(hour, minute, date(2026, 3, day))
        with world.office.begin("intake") as desk:
            read = conversations.load(desk, LAN)
            conversations.save(desk, LAN, Chat(f"{day} {hour}"))
        keys.append((read.step if read else None, len(world.office.tools.keyring.channel_days())))

    assert keys == [
        (None, 1), ("2 12", 1), ("3 0", 1), ("3 6", 2), ("3 7", 2), ("3 23", 2),
    ]  # fmt: skip


def test_a_days_key_lives_as_long_as_before(world: World) -> None:
    gone = []
    with world.office.begin("intake") as desk:
        desk.tools.keyring.channel(desk.key_day)
    for hour, minute in ((0, 30), (6, 59), (7, 0)):
        world.clock.at = at(hour, minute, date(2026, 3, 4))
        with world.office.begin("sweeps") as desk:
            gone.append(retention.delete_messages(desk))

    assert gone == [set(), set(), {"2026-03-02"}]
