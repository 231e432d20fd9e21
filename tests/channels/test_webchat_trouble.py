"""The page when something is wrong: old, forged, too long, no database; and what it leaks."""

import re
from urllib.parse import urlencode

import pytest

from bot.channels.webchat_form import BODY_BYTES, TEXT_UNITS
from tests.channels.page import Page
from tests.channels.visit import DANGER, Client, come, press
from tests.fakes import PaperIntake


async def test_a_forgotten_conversation_starts_anew_and_keeps_the_words(
    client: Client, intake: PaperIntake
) -> None:
    talk = await press(client, await come(client), "tip")
    intake.chats.clear()
    answer = await client.post("/", data=talk.press(text="viết đã lâu"))
    page = Page(await answer.text())

    assert answer.status == 410
    assert "bắt đầu lại" in page.notices[0]
    assert page.typed == "viết đã lâu"
    assert page.hidden["key"] != talk.hidden["key"]
    assert len(intake.received) == 1


async def test_with_the_database_down_the_words_stay_and_can_be_sent_again_once(
    client: Client, intake: PaperIntake
) -> None:
    welcome = await come(client)
    intake.down = True
    answer = await client.post("/", data=welcome.press(text="hai dòng\nđây"))
    page = Page(await answer.text())
    intake.down = False
    after = await press(client, page)

    assert answer.status == 503
    assert page.notices == ["Chưa gửi được. Bà con thử lại sau ít phút."]
    assert page.typed == "hai dòng\nđây"
    assert page.hidden["nonce"] == welcome.hidden["nonce"]
    assert after.lines == ["hai dòng\nđây", DANGER.text]
    assert len(intake.received) == 1


async def test_with_the_database_down_a_pressed_button_can_be_pressed_again(
    client: Client, intake: PaperIntake
) -> None:
    welcome = await come(client)
    intake.down = True
    page = await press(client, welcome, "tip", "đang viết dở")
    intake.down = False
    after = await press(client, page, "tip")

    assert page.buttons == {"tip": "Thử lại"}
    assert after.lines == [DANGER.text]
    assert after.typed == "đang viết dở"


async def test_a_slow_answer_can_be_waited_for_without_sending_twice(
    client: Client, intake: PaperIntake
) -> None:
    intake.slow = True
    welcome = await come(client)
    answer = await client.post("/", data=welcome.press(text="chậm"))
    page = Page(await answer.text())
    again = await press(client, page)

    assert answer.status == 202
    assert "Tải lại" in page.html
    assert "Tải lại" in again.html
    assert len(intake.received) == 1


@pytest.mark.parametrize(
    ("changed", "value"),
    [
        ("key", ""),
        ("key", "../../etc/passwd"),
        ("nonce", "x" * 23),
        ("choice", "a b"),
        ("choice", "x" * 65),
        ("choice", "đ"),
    ],
)
async def test_a_form_that_is_not_ours_is_refused_and_its_words_are_kept(
    client: Client, intake: PaperIntake, changed: str, value: str
) -> None:
    fields = {**(await come(client)).press(text="chữ đã viết"), changed: value}
    answer = await client.post("/", data=fields)
    page = Page(await answer.text())

    assert answer.status == 400
    assert "bị lỗi" in page.notices[0]
    assert page.typed == "chữ đã viết"
    assert intake.received == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"key": 1}', "application/json"),
        (b"", "multipart/form-data; boundary=x"),
        (b"", "application/x-www-form-urlencoded"),
        (b"key=\xff\xfe", "application/x-www-form-urlencoded"),
        (b"&".join(b"a%d=1" % i for i in range(40)), "application/x-www-form-urlencoded"),
    ],
)
async def test_what_is_no_form_gets_a_page_too(client: Client, body: bytes, kind: str) -> None:
    answer = await client.post("/", data=body, headers={"Content-Type": kind})

    assert answer.status == 400
    assert "bị lỗi" in Page(await answer.text()).notices[0]


async def test_a_megabyte_is_refused_with_a_clear_page(client: Client, intake: PaperIntake) -> None:
    answer = await client.post("/", data=(await come(client)).press(text="a" * 1_000_000))

    assert answer.status == 413
    assert "Tin dài quá" in Page(await answer.text()).notices[0]
    assert intake.received == []


@pytest.mark.parametrize("letter", ["a", "ữ", "\u0301", "😀", "\uffff"])
async def test_the_longest_text_the_field_lets_in_fits(client: Client, letter: str) -> None:
    longest = letter * (TEXT_UNITS // (2 if letter > "\uffff" else 1))
    body = urlencode((await come(client)).press(text=longest)).encode()

    assert len(body) < BODY_BYTES


async def test_nothing_is_left_in_the_browser_or_given_to_others(client: Client) -> None:
    for answer in (await client.get("/"), await client.post("/", data={})):
        policy = answer.headers["Content-Security-Policy"]

        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "unsafe" not in policy
        assert "script-src 'self'" in policy


async def test_the_key_is_never_in_an_address(client: Client) -> None:
    page = await press(client, await come(client), "tip")
    addresses = [v for _, attrs in page.tags for k, v in attrs.items() if k in ("href", "action")]

    assert all(page.hidden["key"] not in address for address in addresses)
    assert ("form", {"method": "post", "action": "/#cuoi", "autocomplete": "off"}) in page.tags


async def test_no_style_or_script_stands_in_the_page(client: Client) -> None:
    for page in (await come(client), await press(client, await come(client), "tip")):
        attributes = {name for _, attrs in page.tags for name in attrs}
        scripts = [attrs for tag, attrs in page.tags if tag == "script"]

        assert not {name for name in attributes if name == "style" or name.startswith("on")}
        assert all("src" in attrs for attrs in scripts)
        assert "style" not in {tag for tag, _ in page.tags}


async def test_the_way_out_tells_nobody_where_one_came_from(client: Client) -> None:
    page = await come(client)
    (way_out,) = [attrs for _, attrs in page.tags if attrs.get("id") == "exit"]

    assert way_out["href"].startswith("https://")
    assert way_out["rel"] == "noreferrer"


async def test_static_files_are_named_by_their_content_and_kept_for_long(client: Client) -> None:
    urls = re.findall(r"/chat/static/[\w.-]+", (await come(client)).html)
    answers = [await client.get(url) for url in urls]

    assert len(set(urls)) == 4
    assert {answer.status for answer in answers} == {200}
    assert all("immutable" in answer.headers["Cache-Control"] for answer in answers)
    assert {answer.content_type for answer in answers} == {
        "text/css",
        "text/javascript",
        "image/svg+xml",
    }


@pytest.mark.parametrize("name", ["page.html", "chat.css", "..%2fpage.html", "chat-0.css"])
async def test_nothing_else_is_served(client: Client, name: str) -> None:
    assert (await client.get(f"/chat/static/{name}")).status == 404


async def test_the_scripts_stay_small(client: Client) -> None:
    urls = re.findall(r"/chat/static/[\w.-]+js", (await come(client)).html)
    sizes = [len(await (await client.get(url)).read()) for url in urls]

    assert len(sizes) == 2
    assert max(sizes) < 6500
    assert sum(sizes) < 12_000  # one photograph made smaller saves a hundred times as much
