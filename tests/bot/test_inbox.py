"""Incoming messages: in order for each person, side by side for all, and never lost."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest

from bot import inbox as module
from bot.inbox import Intake
from bot.threads import in_thread
from desk import conversations, inbox
from desk.conversations import Chat
from desk.inbox import Lane
from handlers.texts import say, speaking
from storage.db import DatabaseDownError
from tests.bot.outage import Outage
from tests.storage.rows import Owner
from tests.world import World

LAN, TAM = Lane("webchat", "lan"), Lane("webchat", "tam")
OPINION = "Quan điểm của em là học sinh không nên bị cấm điện thoại hoàn toàn"
TIP = "Khuya qua có hai người bẻ khoá nhà trọ, lấy chiếc xe máy dựng trong sân."


@pytest.fixture
async def intake(world: World, workers: ThreadPoolExecutor) -> AsyncIterator[Intake]:
    intake = Intake(world.office, workers, pull=frozenset({"webchat"}))
    yield intake
    await intake.close()


@pytest.fixture
def owner(owner_url: str) -> Iterator[Owner]:
    with Owner(owner_url) as owner:
        yield owner


@contextmanager
def slow(world: World, lane: Lane) -> Iterator[None]:
    """Turns of this lane wait until the block ends."""
    with world.office.begin("intake") as desk:
        inbox.enter(desk, lane)
        yield


async def until(owner: Owner, question: str, wanted: object) -> None:
    for _ in range(3000):
        if owner.one(question) == wanted:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(question)


async def said(intake: Intake, lane: Lane = LAN) -> list[str]:
    """What the chat shows, oldest first."""
    chat = await intake.chat(lane)
    return [line["text"] for line in chat.lines] if chat else []


async def test_a_message_is_answered_and_wiped(intake: Intake, owner: Owner) -> None:
    assert await intake.chat(LAN) is None

    assert await intake.receive(LAN, "1", {"text": "", "choice": "tip"})

    assert (await said(intake))[-1] == say("tip.danger")
    assert owner.all("SELECT state, sealed FROM inbox") == [("done", None)]
    assert owner.one("SELECT count(*) FROM outbox") == 0


async def test_replies_of_channels_that_push_go_out_through_the_outbox(
    intake: Intake, owner: Owner
) -> None:
    await intake.receive(Lane("telegram", "lan"), "1", {"text": "", "choice": "tip"})

    assert owner.all("SELECT channel, state FROM outbox") == [("telegram", "due")]


async def test_the_same_message_twice_is_answered_once(intake: Intake) -> None:
    for _ in range(2):
        assert await intake.receive(LAN, "update 7", {"choice": "tip"})

    assert (await said(intake)).count(say("tip.danger")) == 1


async def test_messages_of_one_person_are_answered_in_order_of_arrival(
    world: World, intake: Intake, owner: Owner
) -> None:
    words = [f"Câu {number}" for number in range(6)]

    with slow(world, LAN):
        tasks = []
        for number, text in enumerate(words):
            tasks.append(asyncio.create_task(intake.receive(LAN, str(number), {"text": text})))
            await until(owner, "SELECT count(*) FROM inbox", number + 1)

    assert await asyncio.gather(*tasks) == [True] * len(words)
    assert [text for text in await said(intake) if text in words] == words


async def test_one_slow_person_keeps_nobody_else_waiting(
    world: World, intake: Intake, owner: Owner
) -> None:
    with slow(world, LAN):
        lan = asyncio.create_task(intake.receive(LAN, "1", {"choice": "tip"}))
        await until(owner, "SELECT count(*) FROM inbox", 1)

        assert await intake.receive(TAM, "2", {"choice": "tip"})

        assert not lan.done()
        assert (await said(intake, TAM))[-1] == say("tip.danger")
    assert await lan


async def test_two_processes_deal_with_one_persons_messages_once_and_in_order(
    world: World, intake: Intake, workers: ThreadPoolExecutor
) -> None:
    other = Intake(world.office, workers, pull=frozenset({"webchat"}))

    for number in range(8):
        await in_thread(workers, _put, world, LAN, str(number), f"Câu {number}")
    await asyncio.gather(intake.recover(), other.recover())
    await asyncio.gather(intake.close(), other.close())

    heard = [text for text in await said(intake) if text.startswith("Câu")]
    assert heard == [f"Câu {number}" for number in range(8)]


def _put(world: World, lane: Lane, dedupe: str, text: str) -> None:
    with world.office.begin("intake") as desk:
        inbox.put(desk, lane, dedupe, {"text": text})


async def test_whoever_waits_too_long_is_told_to_look_again_and_then_finds_the_answer(
    world: World, intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.05)

    with slow(world, LAN):
        assert not await intake.receive(LAN, "1", {"choice": "tip"})
        assert await said(intake) == []
    await intake.close()

    assert (await said(intake))[-1] == say("tip.danger")


async def test_a_poisoned_message_is_put_aside_and_its_sender_is_told(
    intake: Intake, owner: Owner
) -> None:
    await intake.receive(LAN, "1", {"text": ["không phải chữ"]})
    await intake.receive(TAM, "2", {"choice": "tip"})
    await intake.receive(LAN, "3", {"choice": "tip"})

    assert owner.all("SELECT state, attempts, fault FROM inbox ORDER BY seq") == [
        ("quarantined", inbox.ATTEMPTS, "text and choice must be strings"),
        ("done", 0, None),
        ("done", 0, None),
    ]
    assert (await said(intake, TAM))[-1] == say("tip.danger")
    assert (await said(intake))[0] == say("menu.broken")
    assert (await said(intake))[-1] == say("tip.danger")


async def test_a_handler_that_breaks_is_logged_without_words_and_the_chat_goes_on(
    world: World, intake: Intake, owner: Owner
) -> None:
    # As after an update: the step is known, and what it needs is not in the draft.
    with world.office.begin("intake") as desk:
        conversations.save(desk, LAN, Chat("tip.review", {}, ("send",)))

    await intake.receive(LAN, "1", {"choice": "send"})

    (state, fault) = owner.all("SELECT state, fault FROM inbox")[0]
    assert state == "quarantined"
    assert str(fault).startswith("KeyError at tips.py:")
    assert (await said(intake))[-1] == say("menu.broken")
    await intake.receive(LAN, "2", {"choice": "tip"})
    assert (await said(intake))[-1] == say("tip.danger")


async def test_a_rule_that_refuses_is_said_and_the_step_waits_on(
    intake: Intake, owner: Owner
) -> None:
    for number, words in enumerate(("choice tip", "choice danger_no", f"text {TIP}")):
        field, _, value = words.partition(" ")
        await intake.receive(LAN, str(number), {field: value})
    await intake.receive(LAN, "place", {"text": "xã Rạch Kiến, Tây Ninh"})
    owner.run("UPDATE station SET active_since = NULL")

    assert await intake.receive(LAN, "send", {"choice": "send"})

    chat = await intake.chat(LAN)
    assert chat is not None
    assert chat.lines[-1]["text"].startswith("Kênh chưa nhận tin")
    assert chat.step == "tip.review"
    assert "send" in chat.offered
    assert owner.one("SELECT count(*) FROM tip") == 0
    assert owner.one("SELECT count(*) FROM inbox WHERE state <> 'done'") == 0


async def test_a_chat_that_cannot_be_read_any_more_does_not_block_its_person(
    intake: Intake, owner: Owner
) -> None:
    await intake.receive(LAN, "1", {"choice": "tip"})
    owner.run("UPDATE conversation SET sealed = set_byte(sealed, 40, 255 - get_byte(sealed, 40))")

    assert await intake.receive(LAN, "2", {"choice": "tip"})

    assert await said(intake) == [say("tip.danger")]


async def test_a_message_that_cannot_be_stored_is_not_acknowledged(
    intake: Intake, outage: Outage
) -> None:
    outage.begins()

    with pytest.raises(DatabaseDownError):
        await intake.receive(LAN, "1", {"choice": "tip"})
    with pytest.raises(DatabaseDownError):
        await intake.chat(LAN)

    outage.ends()
    assert await intake.receive(LAN, "1", {"choice": "tip"})
    assert (await said(intake))[-1] == say("tip.danger")


async def test_a_database_that_goes_away_in_the_middle_loses_no_message(
    world: World, intake: Intake, owner: Owner, outage: Outage
) -> None:
    with suppress(DatabaseDownError), slow(world, LAN):
        task = asyncio.create_task(intake.receive(LAN, "1", {"choice": "tip"}))
        await until(owner, WAITING, 1)
        outage.begins()
        assert not await task
        with pytest.raises(DatabaseDownError):
            await intake.recover()
    outage.ends()

    # Whoever held the lane may have been cut off first, and the turn just have come through.
    assert await intake.recover() in (0, 1)
    await intake.close()

    assert (await said(intake)).count(say("tip.danger")) == 1


@pytest.mark.parametrize("ending", ["cancel", "send", "opinion"])
async def test_no_row_opens_any_more_to_what_was_typed(
    world: World, intake: Intake, owner: Owner, ending: str
) -> None:
    words = OPINION if ending == "opinion" else TIP
    turns = [{"choice": "tip"}, {"choice": "danger_no"}, {"text": words}]
    if ending != "opinion":
        turns += [{"text": "xã Rạch Kiến, Tây Ninh"}, {"choice": ending}]
    for number, payload in enumerate(turns):
        await intake.receive(LAN, str(number), payload)

    day = world.office.tools.keyring.channel_of(world.clock.at.date())
    ((mac, sealed),) = owner.all("SELECT address_mac, sealed FROM conversation")
    opened = day.unseal(sealed, f"conversation {mac.hex()}").decode()
    assert words not in opened
    assert "danger_no" not in opened
    assert owner.all("SELECT DISTINCT state, sealed FROM inbox") == [("done", None)]
    assert owner.one("SELECT count(*) FROM tip") == (ending == "send")


WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


async def test_a_refusal_and_an_apology_are_told_in_the_language_of_the_chat(
    world: World, intake: Intake, owner: Owner
) -> None:
    for choice in ("english", "tip", "danger_no"):
        await intake.receive(LAN, choice, {"choice": choice})
    for text in (TIP, "xã Rạch Kiến, Tây Ninh"):
        await intake.receive(LAN, text, {"text": text})
    owner.run("UPDATE station SET active_since = NULL")
    with world.office.begin("intake") as desk:
        conversations.save(desk, TAM, Chat("tip.review", {}, ("send",), language="en"))

    for lane in (LAN, TAM):
        await intake.receive(lane, lane.address, {"choice": "send"})

    with speaking("en"):
        assert (await said(intake))[-1].startswith(say("menu.in_vietnamese"))
        assert (await said(intake, TAM))[-1] == say("menu.broken")
