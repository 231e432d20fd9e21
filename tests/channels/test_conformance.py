"""What every channel must do alike: one table of cases, run for each.

A channel brings its own recorded messages (`tests/channels/<name>/*.json`); the rest is the same.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import FrozenInstanceError, dataclass, fields
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.channels import CHANNELS
from bot.channels.base import (
    Channel,
    Event,
    MalformedError,
    Outcome,
    Payload,
    Refused,
    Sent,
)
from bot.channels.render import width
from bot.channels.webchat import WebChat
from handlers.chat import Choice, Incoming, Reply
from tests.fakes import PaperIntake
from tests.paper_telegram import paper_telegram

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Conformance:
    """What a channel brings to the table: how to make one, and what a plain sending ends in."""

    make: Callable[[], Channel]
    plain_sending: type[Outcome]


TABLE: dict[str, Conformance] = {
    "telegram": Conformance(paper_telegram, plain_sending=Sent),
    "web": Conformance(lambda: WebChat(PaperIntake(), None), plain_sending=Refused),
}
NAMES = sorted(TABLE)
RECORDED = [
    pytest.param(path.parent.name, path, id=f"{path.parent.name}-{path.stem}")
    for path in sorted(FOLDER.glob("*/*.json"))
]
CHOICES = tuple(Choice(f"at:{code}", f"Xã {code}") for code in range(3))
REPLIES = {
    "short": Reply("Một câu."),
    "sentences": Reply("Một câu. " * 900),
    "one word": Reply("x" * 9000),
    "families": Reply("👨‍👩‍👧" * 1500),
    "all": Reply("Nơi nào?", CHOICES, calls=("113", "111"), copy="ABCD-EFGH-JKMN", hint="…"),
    "choices": Reply("", CHOICES),
}


def channel_of(name: str) -> Channel:
    return TABLE[name].make()


def events_of(path: Path) -> tuple[Mapping[str, Any], list[dict[str, str]] | None]:
    recorded = json.loads(path.read_text(encoding="utf-8"))
    return recorded["raw"], recorded["events"]


def test_every_channel_that_people_write_to_is_on_the_table() -> None:
    assert {channel.name for channel in CHANNELS} == set(TABLE)


@pytest.mark.parametrize(("name", "path"), RECORDED)
def test_recorded_messages_are_read_as_agreed(name: str, path: Path) -> None:
    raw, expected = events_of(path)
    channel = channel_of(name)
    if expected is None:
        with pytest.raises(MalformedError):
            channel.parse(raw)
    else:
        read = channel.parse(raw)
        assert [{"kind": e.kind, "address": e.address, **e.payload()} for e in read] == expected


@pytest.mark.parametrize(("name", "path"), RECORDED)
def test_reading_twice_gives_the_same_so_that_a_repeat_is_known(name: str, path: Path) -> None:
    raw, expected = events_of(path)
    if expected is not None:
        channel = channel_of(name)

        assert channel.parse(raw) == channel.parse(raw)
        assert all(event.dedupe_key for event in channel.parse(raw))


@pytest.mark.parametrize("name", NAMES)
def test_different_messages_have_different_keys(name: str) -> None:
    channel = channel_of(name)
    read = [
        {
            (event.address, event.dedupe_key, event.text, event.choice)
            for event in channel.parse(raw)
        }
        for raw, expected in map(events_of, FOLDER.glob(f"{name}/*.json"))
        if expected is not None
    ]
    messages = set().union(*read)

    assert len({key for _, key, _, _ in messages}) == len(messages) > 1


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("raw", [{}, {"x": 1}, {"key": None}, {"text": ["a"]}, {"text": {}}])
def test_what_is_malformed_is_named_by_field_and_never_quoted(
    name: str, raw: dict[str, Any]
) -> None:
    with pytest.raises(MalformedError) as error:
        channel_of(name).parse({**raw, "text": raw.get("text", "lời của người báo")})

    assert "lời của người báo" not in str(error.value)


@pytest.mark.parametrize(("name", "path"), RECORDED)
def test_what_goes_into_the_inbox_is_read_by_the_core(name: str, path: Path) -> None:
    raw, expected = events_of(path)
    for event in channel_of(name).parse(raw) if expected is not None else ():
        payload = json.loads(json.dumps(event.payload()))

        assert Incoming.from_payload(payload) == Incoming(event.text, event.choice, event.at)
        assert set(payload) == {"text", "choice"} | ({"at"} if event.at else set())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
def test_a_reply_fits_and_loses_nothing(name: str, reply: Reply) -> None:
    channel = channel_of(name)
    shown = channel.render(reply, channel.caps)
    everything = "".join("".join(payload.text.split()) for payload in shown)
    offered = [choice.label for choice in shown[-1].choices]

    assert shown
    assert all(width(p.text) <= channel.caps.max_text or not channel.caps.max_text for p in shown)
    assert "".join(reply.text.split()) in everything
    assert all(c.label in offered or "".join(c.label.split()) in everything for c in reply.choices)
    assert all(n in shown[0].calls or n in shown[0].text for n in reply.calls)
    assert reply.copy in (shown[-1].copy or shown[-1].text)


@pytest.mark.parametrize("name", NAMES)
async def test_sending_ends_in_one_of_the_seven_outcomes(name: str) -> None:
    outcome = await channel_of(name).send("somebody", Payload("Xin chào."))

    assert isinstance(outcome, TABLE[name].plain_sending)


@pytest.mark.parametrize("name", NAMES)
async def test_a_channel_whose_page_fetches_refuses_to_be_pushed(name: str) -> None:
    channel = channel_of(name)
    outcome = await channel.send("somebody", Payload("Xin chào."))

    assert isinstance(outcome, Refused if channel.caps.pull else Sent)


@pytest.mark.parametrize("name", NAMES)
async def test_secrets_are_known_and_health_does_not_tell_them(name: str) -> None:
    channel = channel_of(name)
    health = await channel.health()

    assert all(len(secret) >= 8 for secret in channel.redact)
    assert not any(secret in health.detail for secret in channel.redact)
    assert health.ok or health.detail


def test_there_are_seven_outcomes_and_none_can_be_changed() -> None:
    outcomes = get_args(Outcome)
    sent = Sent("1")

    assert len(outcomes) == 7
    with pytest.raises(FrozenInstanceError):
        sent.message_id = "2"  # type: ignore[misc] # the point of the test


def test_an_event_has_no_room_for_who_wrote_it() -> None:
    assert [field.name for field in fields(Event)] == [
        "kind",
        "address",
        "dedupe_key",
        "text",
        "choice",
        "at",
        "file",
    ]
    assert "AgAD" not in Event("photo", "7", "1", file="AgAD").payload().values()
    assert "AgAD" not in f"{Event('photo', '7', '1', file='AgAD')}"
