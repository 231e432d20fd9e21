"""Photographs when the database is away or slow: nothing is doubled, and nothing lost unsaid."""

from collections.abc import AsyncIterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.webchat import WebChat
from bot.darkroom import Darkroom
from desk.inbox import Lane
from desk.photos import Photo
from tests import pictures
from tests.channels.page import Page
from tests.channels.visit import DANGER, WHAT, Client, come, press
from tests.fakes import PaperIntake

FILE = pictures.jpeg(pictures.picture(), "all")
AGAIN = "Ảnh phải chọn lại"


class Failing(PaperIntake):
    """Goes away as soon as it has stored a message, if `after` is set."""

    after = False

    async def receive(
        self, lane: Lane, dedupe: str, payload: dict[str, Any], pictures: Sequence[Photo] = ()
    ) -> bool:
        """Take a message, once."""
        done = await super().receive(lane, dedupe, payload, pictures)
        self.down = self.down or self.after
        return done


@pytest.fixture
def intake() -> Failing:
    return Failing(DANGER, WHAT, WHAT)


@pytest.fixture
async def client(intake: Failing) -> AsyncIterator[Client]:
    with ThreadPoolExecutor(1) as dark:
        app = web.Application()
        app.add_routes(WebChat(intake, None, Darkroom(dark)).routes())
        async with TestClient(TestServer(app)) as client:
            yield client


async def sends(client: Client, fields: Mapping[str, str]) -> tuple[int, Page]:
    """The form with a photograph in it."""
    form = FormData(dict(fields))
    form.add_field("photo", BytesIO(FILE), filename="p.jpg", content_type="image/jpeg")
    answer = await client.post("/", data=form)
    return answer.status, Page(await answer.text())


def asks_for_a_file(page: Page) -> bool:
    forms = [attrs.get("enctype") for tag, attrs in page.tags if tag == "form"]
    chooser = any(attrs.get("type") == "file" for _, attrs in page.tags)
    assert chooser == (forms == ["multipart/form-data"]), "without it a browser sends no file"
    return chooser


@pytest.mark.parametrize("choice", ["", "tip"])
@pytest.mark.parametrize("known", [True, False])
async def test_with_the_database_down_the_page_says_that_photographs_have_to_be_chosen_again(
    client: Client, intake: Failing, choice: str, *, known: bool
) -> None:
    page = await come(client)
    if known:
        page = await press(client, page, "tip")
    before = len(intake.received)
    intake.down = True
    status, page = await sends(client, page.press(choice, "chữ đã viết"))

    assert status == 503
    assert AGAIN in page.notices[0]
    assert asks_for_a_file(page)
    intake.down = False
    _, after = await sends(client, page.press(choice))
    assert (len(intake.received) - before, len(intake.pictures)) == (1, 1)
    assert after.notices == []
    if not choice:
        assert intake.received[-1][1]["text"] == "chữ đã viết"


async def test_without_photographs_nobody_is_asked_for_one(client: Client, intake: Failing) -> None:
    welcome = await come(client)
    intake.down = True
    page = await press(client, welcome, text="chữ")
    assert AGAIN not in page.html
    assert not asks_for_a_file(page)


async def test_words_with_a_photograph_whose_answer_is_slow_are_taken_once(
    client: Client, intake: Failing
) -> None:
    intake.slow = True
    status, page = await sends(client, (await come(client)).press(text="chậm"))
    assert status == 202
    assert AGAIN not in page.html
    await press(client, page)
    assert (len(intake.received), len(intake.pictures)) == (1, 1)


async def test_what_was_stored_is_not_called_unsent_when_the_database_goes_a_moment_later(
    client: Client, intake: Failing
) -> None:
    intake.after = True
    status, page = await sends(client, (await come(client)).press(text="vừa kịp"))
    assert (status, "Tải lại" in page.html) == (202, True)
    intake.after = intake.down = False
    after = await press(client, page)
    assert after.lines == ["vừa kịp", DANGER.text]
    assert (len(intake.received), len(intake.pictures)) == (1, 1)
