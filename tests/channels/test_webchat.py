"""The page at `/`, over real HTTP on loopback."""

import re
from urllib.parse import urlencode

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from bot.channels.webchat import WebChat
from bot.channels.webchat_form import BODY_BYTES, TEXT_UNITS
from handlers.chat import Choice, Reply
from tests.channels.page import Page
from tests.fakes import PaperIntake

Client = TestClient[web.Request, web.Application]

DANGER = Reply("Có ai đang gặp nguy hiểm không?", (Choice("danger_no", "Không"),))
WHAT = Reply("Chuyện gì đã xảy ra?", (Choice("cancel", "Huỷ", "quiet"),), hint="Ví dụ: …")
NUMBERS = ["113", "114", "115", "111"]


@pytest.fixture
def intake() -> PaperIntake:
    return PaperIntake(DANGER, WHAT, Reply("ba"), Reply("bốn"))


@pytest.fixture
async def client(intake: PaperIntake, aiohttp_client: AiohttpClient) -> Client:
    return await site(intake, aiohttp_client)


async def site(
    intake: PaperIntake, aiohttp_client: AiohttpClient, operator: str | None = None
) -> Client:
    app = web.Application()
    app.add_routes(WebChat(intake, operator).routes())
    return await aiohttp_client(app)


async def come(client: Client) -> Page:
    return Page(await (await client.get("/")).text())


async def press(client: Client, page: Page, choice: str = "", text: str | None = None) -> Page:
    return Page(await (await client.post("/", data=page.press(choice, text))).text())


async def post(client: Client, body: bytes, kind: str) -> ClientResponse:
    return await client.post("/", data=body, headers={"Content-Type": kind})


async def test_who_comes_finds_five_doors_a_field_and_the_numbers_to_call(client: Client) -> None:
    page = await come(client)

    assert list(page.buttons) == ["emergency", "tip", "check", "ask", "receipt"]
    assert page.typed == ""
    assert page.calls[:4] == NUMBERS


async def test_without_an_operator_every_page_says_it_is_a_trial(
    client: Client, intake: PaperIntake
) -> None:
    banner = "BẢN THỬ, không phải kênh của công an"
    welcome = await come(client)
    talk = await press(client, welcome, "tip")
    intake.down = True
    down = await press(client, talk, "danger_no")

    assert [banner in page.html for page in (welcome, talk, down)] == [True, True, True]


async def test_with_an_operator_the_page_names_it_and_is_no_trial(
    intake: PaperIntake, aiohttp_client: AiohttpClient
) -> None:
    page = await come(await site(intake, aiohttp_client, "Công an xã Rạch Kiến"))

    assert "Công an xã Rạch Kiến" in page.html
    assert "BẢN THỬ" not in page.html


async def test_the_page_promises_no_more_than_is_true(client: Client) -> None:
    text = (await come(client)).html.lower()

    assert "máy chủ có đọc tin" in text
    assert "nhà mạng" in text
    assert "ẩn danh" not in text
    assert "bảo mật 100%" not in text


async def test_a_press_shows_the_answer_and_only_the_last_buttons(client: Client) -> None:
    first = await press(client, await come(client), "tip")
    second = await press(client, first, "danger_no")

    assert first.lines == [DANGER.text]
    assert first.buttons == {"danger_no": "Không"}
    assert second.lines == [DANGER.text, WHAT.text]
    assert second.buttons == {"cancel": "Huỷ"}
    assert second.calls[:4] == NUMBERS


async def test_a_second_press_of_the_same_button_is_the_same_message(
    client: Client, intake: PaperIntake
) -> None:
    welcome = await come(client)
    once = await press(client, welcome, text="có người bẻ khoá")
    twice = await press(client, welcome, text="có người bẻ khoá")

    assert len(intake.received) == 1
    assert twice.lines == once.lines


async def test_other_words_from_an_old_page_are_not_lost(
    client: Client, intake: PaperIntake
) -> None:
    welcome = await come(client)
    await press(client, welcome, text="có người bẻ khoá")
    await press(client, welcome, text="có hai người bẻ khoá")

    assert [payload["text"] for _, payload in intake.received] == [
        "có người bẻ khoá",
        "có hai người bẻ khoá",
    ]


async def test_each_page_has_its_own_number_and_each_visitor_a_key(client: Client) -> None:
    one, other = await come(client), await come(client)
    after = await press(client, one, "tip")

    assert one.hidden["key"] != other.hidden["key"]
    assert after.hidden["key"] == one.hidden["key"]
    assert after.hidden["nonce"] != one.hidden["nonce"]


async def test_words_typed_before_a_button_stay_in_the_field(
    client: Client, intake: PaperIntake
) -> None:
    page = await press(client, await come(client), "tip", "đang viết dở")

    assert intake.received[0][1] == {"text": "", "choice": "tip"}
    assert page.typed == "đang viết dở"


async def test_cancelling_leaves_nothing_in_the_field(client: Client) -> None:
    page = await press(client, await press(client, await come(client), "tip"), "cancel", "bí mật")

    assert page.typed == ""
    assert "bí mật" not in page.html


async def test_an_empty_message_is_asked_for_again(client: Client, intake: PaperIntake) -> None:
    welcome = await press(client, await come(client), text=" \u200b\n")
    talk = await press(client, await press(client, welcome, "tip"), text="")

    assert [payload["choice"] for _, payload in intake.received] == ["tip"]
    assert "chưa ghi gì" in welcome.notices[0]
    assert "chưa ghi gì" in talk.notices[0]
    assert talk.lines == [DANGER.text]


async def test_numbers_to_call_stand_before_the_words(
    intake: PaperIntake, aiohttp_client: AiohttpClient
) -> None:
    intake = PaperIntake(Reply("Hãy gọi số bên trên.", calls=("113", "javascript:1")))
    page = await press(client := await site(intake, aiohttp_client), await come(client), "x")

    assert page.calls == [*NUMBERS, "113"]
    assert page.html.index("Gọi 113 <small>") < page.html.index("Hãy gọi số bên trên.")


async def test_a_receipt_is_shown_large_to_be_copied(aiohttp_client: AiohttpClient) -> None:
    intake = PaperIntake(Reply("Đã chuyển.", copy="ABCD-EFGH-JKMN-PQRS-T"))
    client = await site(intake, aiohttp_client)
    page = await press(client, await come(client), "send")

    assert page.code == "ABCD-EFGH-JKMN-PQRS-T"
    assert "Sao chép mã" in page.html


async def test_a_receipt_stays_on_screen_whatever_is_said_after_it(
    aiohttp_client: AiohttpClient,
) -> None:
    intake = PaperIntake(Reply("Đã chuyển.", copy="ABCD-EFGH-JKMN-PQRS-T"), Reply("Chưa hiểu."))
    client = await site(intake, aiohttp_client)
    page = await press(client, await press(client, await come(client), "send"), text="ơ")

    assert page.lines[-1] == "Chưa hiểu."
    assert page.code == "ABCD-EFGH-JKMN-PQRS-T"


async def test_what_people_type_is_shown_as_they_typed_it_never_as_html(client: Client) -> None:
    text = "<script>alert(1)</script> & “trích” 😀"
    page = await press(client, await come(client), text=text)

    assert page.lines[0] == text
    assert "<script>alert" not in page.html


async def test_a_text_that_begins_with_a_line_end_or_markup_survives_in_the_field(
    client: Client,
) -> None:
    text = "a\n\n</textarea><b>b"
    page = await press(client, await come(client), "tip", text)

    assert page.typed == text


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
    answer = await post(client, body, kind)

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

    assert len(set(urls)) == 3
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


async def test_the_script_stays_small(client: Client) -> None:
    (url,) = re.findall(r"/chat/static/[\w.-]+js", (await come(client)).html)

    assert len(await (await client.get(url)).read()) < 5000
