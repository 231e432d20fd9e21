"""10,000 guessed ids, half of them one symbol beside a real one: not one hit."""

import random
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import pytest

from desk import codes, duty, logins, notices, officers, queue, receipts, resets, subscriptions
from desk.desk import Desk
from desk.errors import DeskError
from desk.inbox import Lane
from storage.db import Role
from tests.console.browsing import Browser
from tests.notices import written
from tests.world import COMMUNE, World

TEXT = "Có hai thanh niên bẻ khóa lấy trộm xe máy ở chợ Rạch Kiến tối qua"
CROCKFORD = codes.ALPHABET
URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
HEX = "0123456789abcdef"


@dataclass(frozen=True)
class Door:
    """Something that opens with a secret: a real one, how it looks, and how it is tried."""

    real: str
    alphabet: str
    tries: int
    role: Role
    attempt: Callable[[Desk, str], object]


def neighbours(real: str, alphabet: str, rng: random.Random) -> Iterator[str]:
    """Guesses without end: half differ from a real secret in one symbol, half are random."""
    places = [i for i, symbol in enumerate(real) if symbol in alphabet]
    while True:
        at = rng.choice(places)
        other = rng.choice([symbol for symbol in alphabet if symbol != real[at]])
        yield real[:at] + other + real[at + 1 :]
        yield "".join(rng.choice(alphabet) if s in alphabet else s for s in real)


def well_formed_receipts(real: str, rng: random.Random) -> Iterator[str]:
    """Receipts with a right check symbol: the others are refused before anybody looks."""
    for guess in neighbours(real[:-2], CROCKFORD, rng):
        body = guess.replace("-", "")
        yield codes.grouped(body + codes._check_symbol(body))


def opened(attempt: Callable[[], object]) -> bool:
    """Whether something came of it."""
    with suppress(DeskError):
        return attempt() not in (None, False)
    return False


def doors(world: World) -> dict[str, Door]:
    """Everything that is found by a secret or a random id, with a real one each."""
    receipt = world.submit(TEXT, None).receipt
    tip, minh = world.newest(world.ngan), world.minh
    world.submit(TEXT)
    own = world.newest(minh)
    draft = written(world)
    with world.office.begin("desk", world.hoa.id) as desk:
        invitation = officers.invite(desk, world.hoa, COMMUNE, "officer")
        resets.ask(desk, world.hoa, "minh")
        code = duty.invite_chat(desk, world.hoa)
        preview = notices.look(desk, world.hoa, draft).notice.preview_code
        cookie = logins.open_session(desk, world.hoa)
    with world.office.begin("desk", world.ngan.id) as desk:
        renewal = resets.approve(desk, world.ngan, minh.id)

    def open_tip(desk: Desk, guess: str) -> object:
        return queue.open_tip(desk, minh, UUID(guess))

    def look(desk: Desk, guess: str) -> object:
        return notices.look(desk, minh, UUID(guess))

    def follow_page(desk: Desk, guess: str) -> object:
        lane = subscriptions.page_of(guess)
        return lane and subscriptions.find(desk, lane)

    def connect(desk: Desk, guess: str) -> object:
        return duty.connect(desk, Lane("telegram", "-1"), guess)

    page = secrets.token_urlsafe(32)
    return {
        "tip": Door(str(own), HEX, 2500, "desk", open_tip),
        "tip of others": Door(str(tip), HEX, 500, "desk", open_tip),
        "receipt": Door(receipt, CROCKFORD, 2500, "intake", receipts.follow),
        "invitation": Door(invitation, URL, 1000, "desk", officers.find_invite),
        "lost password": Door(renewal, URL, 500, "desk", resets.find),
        "log-in": Door(cookie, URL, 500, "desk", logins.resume),
        "notice": Door(str(draft), HEX, 1000, "desk", look),
        "preview": Door(preview, notices._CODE_LETTERS, 500, "intake", notices.preview),
        "alert code": Door(code, CROCKFORD, 500, "sweeps", connect),
        "own page": Door(page, URL, 500, "intake", follow_page),
    }


def test_ten_thousand_guesses_open_nothing(world: World) -> None:
    rng, hits, tried = random.Random(7), Counter[str](), 0  # noqa: S311 # the same guesses each time
    for name, door in doors(world).items():
        officer = world.minh.id if door.role == "desk" else None
        guesses = (
            well_formed_receipts(door.real, rng)
            if name == "receipt"
            else neighbours(door.real, door.alphabet, rng)
        )
        with world.office.begin(door.role, officer) as desk:
            for _, guess in zip(range(door.tries), guesses, strict=False):
                tried += 1
                hits[name] += opened(partial(door.attempt, desk, guess))

    assert tried == 10_000
    assert not +hits


def test_the_real_ones_open(world: World) -> None:
    found = doors(world)
    del found["tip of others"], found["own page"]  # not Minh's; nobody has subscribed
    for name, door in found.items():
        with world.office.begin(door.role, world.minh.id if door.role == "desk" else None) as desk:
            assert opened(partial(door.attempt, desk, door.real)), name


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("tips/{id}", 404),
        ("notices/{id}", 404),
        ("notices/{id}/edit", 404),
        ("join/{token}", 410),
        ("reset/{token}", 410),
    ],
)
async def test_over_http_a_guess_is_told_no_more_than_that(
    minh: Browser, path: str, status: int
) -> None:
    rng = random.Random(11)  # noqa: S311 # the same guesses each time
    said = set()
    for _ in range(12):
        guess = {
            "id": UUID(int=rng.getrandbits(128), version=4),
            "token": secrets.token_urlsafe(24),
        }
        page = await minh.open(f"/desk/{path}".format(**guess))
        assert minh.status == status
        said.add(minh.alert or page.split("</h1>")[0][-80:])

    assert len(said) == 1
