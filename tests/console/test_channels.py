"""What officers read about the channels, and the chats in which they are told of tips."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from console.facts import ChannelState
from desk import duty
from desk.inbox import Lane
from tests.console.browsing import Browser
from tests.console.conftest import FACTS, Serve
from tests.notices import approved, publish_due, subscribe
from tests.world import COMMUNE, MONDAY, World

UP = ChannelState("telegram", ok=True, since=MONDAY)
DOWN = ChannelState("telegram", ok=False, since=MONDAY, detail="see TELEGRAM_PROXY")
GROUP = Lane("telegram", "-1001234567890")


class Said:
    """What the composition root tells of the channels."""

    def __init__(self) -> None:
        self.states: list[ChannelState] = [UP]

    def __call__(self) -> list[ChannelState]:
        """As set."""
        return self.states


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.fixture
async def open_as(
    world: World, serve: Serve, open_browser: Callable[[TestServer], Any], said: Said
) -> Callable[[str], Any]:
    """A browser of one of the officers, where Telegram is set up."""
    server = await serve(world.office, replace(FACTS, channels=said))

    async def start(name: str) -> Browser:
        browser: Browser = await open_browser(server)
        browser.enter(world.office, getattr(world, name))
        return browser

    return start


def connect(world: World, code: str, lane: Lane = GROUP) -> str | None:
    with world.office.begin("sweeps") as desk:
        return duty.connect(desk, lane, code)


async def test_a_channel_that_works_and_one_that_does_not_are_told_apart(
    open_as: Callable[[str], Any], said: Said
) -> None:
    minh = await open_as("minh")
    assert "Telegram hoạt động" in await minh.open("/desk/notices")

    said.states = [DOWN]
    assert "mất kết nối từ 15 giờ, 2/3" in await minh.open("/desk/notices")
    page = await minh.open("/desk/channels")
    assert "Mất kết nối từ 15 giờ, 2/3" in page
    assert "see TELEGRAM_PROXY" in page
    assert "Các kênh khác vẫn chạy" in page


async def test_without_any_channel_the_page_says_what_there_is(minh: Browser) -> None:
    page = await minh.open("/desk/channels")
    assert "Chưa nối kênh nào khác" in page
    assert page.count("Hoạt động") == 1


async def test_who_sends_over_a_broken_channel_is_told_to_pause(
    world: World, open_as: Callable[[str], Any], said: Said
) -> None:
    subscribe(world, 1)
    id_ = approved(world)
    publish_due(world)
    hoa = await open_as("hoa")
    said.states = [replace(DOWN, channel="paper")]

    assert "mất kết nối từ" in await hoa.open(f"/desk/notices/{id_}")


async def test_a_chief_connects_a_group_with_a_code_and_cuts_it_again(
    world: World, open_as: Callable[[str], Any]
) -> None:
    hoa = await open_as("hoa")
    page = await hoa.open("/desk/officers")
    assert "Chưa nối nhóm nào" in page

    page = await hoa.send("/desk/officers/group")
    found = re.search(r'value="/truc ([^"]+)"', page)
    assert found is not None
    assert connect(world, found[1]) == "Công an xã Rạch Kiến"

    page = await hoa.open("/desk/officers")
    assert found[1] not in page, "a code is shown once"
    assert "Đã nối ngày 02/03/2026" in page
    assert GROUP.address not in page

    await hoa.send("/desk/officers/group/cut", {"chat": chat_of(page)})
    assert "Đã ngắt" in hoa.page
    with world.office.begin("sweeps") as desk:
        assert duty.chats(desk, COMMUNE) == []


def chat_of(page: str) -> str:
    found = re.search(r'name="chat" value="([^"]+)"', page)
    assert found is not None
    return found[1]


async def test_nobody_cuts_the_group_of_another_station(
    world: World, open_as: Callable[[str], Any]
) -> None:
    with world.office.begin("desk", world.hoa.id) as desk:
        code = duty.invite_chat(desk, world.hoa)
    connect(world, code)
    with world.office.begin("desk", world.hoa.id) as desk:
        (group,) = duty.connected(desk, COMMUNE)
    ngan = await open_as("ngan")
    await ngan.open("/desk/officers")

    for chat in (str(group.id), "", "x"):
        await ngan.send("/desk/officers/group/cut", {"chat": chat})
        assert "Không có nhóm trực này" in ngan.alert
    with world.office.begin("sweeps") as desk:
        assert duty.chats(desk, COMMUNE) == [GROUP]


async def test_an_officer_who_is_no_chief_gets_no_code(open_as: Callable[[str], Any]) -> None:
    minh = await open_as("minh")
    await minh.open("/desk/notices/new")
    await minh.send("/desk/officers/group")
    assert minh.status == 403
    assert "/truc" not in minh.page


async def test_without_telegram_there_is_no_button_and_the_page_says_why(hoa: Browser) -> None:
    page = await hoa.open("/desk/officers")
    assert "chưa nối Telegram" in page
    assert "officers/group" not in page
