"""Where a chat stands: remembered for the day, and readable to nobody without its key."""

from datetime import UTC, datetime, timedelta

from desk import conversations
from desk.conversations import LINES_KEPT, Chat
from desk.inbox import Lane
from tests.storage.rows import Owner
from tests.world import World

LAN, TAM = Lane("webchat", "lan"), Lane("webchat", "tam")
CHAT = Chat(
    "tip.place",
    {"text": "Mất xe", "danger": True},
    ("back", "cancel"),
    ({"who": "citizen", "text": "Mất xe"},),
)


def save(world: World, chat: Chat, lane: Lane = LAN) -> None:
    with world.office.begin("intake") as desk:
        conversations.save(desk, lane, chat)


def load(world: World, lane: Lane = LAN) -> Chat | None:
    with world.office.begin("intake") as desk:
        return conversations.load(desk, lane)


def test_a_chat_comes_back_as_it_was_to_its_own_lane(world: World) -> None:
    save(world, CHAT)

    assert load(world) == CHAT
    assert load(world, TAM) is None
    assert load(world, Lane("telegram", "lan")) is None


def test_a_chat_goes_on_across_midnight_as_one_row(world: World, owner_url: str) -> None:
    world.clock.at = datetime(2026, 3, 2, 23, 59, 59, tzinfo=UTC)
    save(world, CHAT)
    world.clock.at += timedelta(seconds=2)

    assert load(world) == CHAT
    save(world, Chat("tip.review"))

    assert load(world) == Chat("tip.review")
    with Owner(owner_url) as owner:
        assert owner.all("SELECT day::text FROM conversation") == [("2026-03-03",)]


def test_only_the_last_lines_are_kept(world: World) -> None:
    lines = tuple({"who": "citizen", "text": f"Câu {n}"} for n in range(40))

    save(world, Chat(lines=lines))

    found = load(world)
    assert found is not None
    assert found.lines == lines[-LINES_KEPT:]


def test_no_address_and_no_word_lies_open_in_the_row(world: World, owner_url: str) -> None:
    save(world, CHAT)

    with Owner(owner_url) as owner:
        shown = str(owner.all("SELECT to_jsonb(conversation)::text FROM conversation"))
    for word in ("lan", "Mất xe", "tip.place"):
        assert word.encode().hex() not in shown
        assert f'"{word}"' not in shown


def test_a_chat_that_cannot_be_read_any_more_starts_anew(world: World, owner_url: str) -> None:
    save(world, CHAT)
    save(world, Chat("tip.what"), TAM)

    with Owner(owner_url) as owner:
        owner.run(
            "UPDATE conversation SET sealed = set_byte(sealed, 30, 255 - get_byte(sealed, 30))"
        )

    assert load(world) is None
    save(world, Chat("tip.what"))
    assert load(world) == Chat("tip.what")


def test_the_language_comes_back_and_a_chat_from_before_there_was_one_is_vietnamese(
    world: World, owner_url: str
) -> None:
    save(world, Chat("tip.what", language="en"))
    before = load(world)
    with world.office.begin("intake") as desk:
        key = desk.tools.keyring.channel(desk.key_day)
        old = b'{"step": "tip.what", "draft": {}, "offered": [], "lines": []}'
        sealed = key.seal(old, f"conversation {key.mac(LAN.channel, LAN.address).hex()}")
    with Owner(owner_url) as owner:
        owner.run("UPDATE conversation SET sealed = %s", sealed)

    assert before == Chat("tip.what", language="en")
    assert load(world) == Chat("tip.what")
