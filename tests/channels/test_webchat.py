"""The page at `/`: what people see, press and type."""

import pytest
from pytest_aiohttp.plugin import AiohttpClient

from handlers.chat import Choice, Reply
from tests.channels.visit import DANGER, WHAT, Client, come, press, site
from tests.fakes import PaperIntake

NUMBERS = ["113", "114", "115", "111"]


async def test_who_comes_finds_six_doors_a_field_and_the_numbers_to_call(client: Client) -> None:
    page = await come(client)

    assert list(page.buttons) == [
        "emergency",
        "tip",
        "check",
        "follow",
        "ask",
        "receipt",
        "english",
    ]
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
    assert second.buttons == {"cancel": "Hủy"}
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


@pytest.mark.parametrize(
    ("choices", "hint", "buttons_first"),
    [(2, "", True), (2, "xã, huyện, tỉnh", True), (1, "", True), (1, "xã, huyện, tỉnh", False)],
)
async def test_what_is_likelier_to_be_used_comes_first(
    aiohttp_client: AiohttpClient, choices: int, hint: str, *, buttons_first: bool
) -> None:
    offered = tuple(Choice(f"at:{i}", f"Nơi {i}") for i in range(choices))
    client = await site(PaperIntake(Reply("Nơi nào?", offered, hint=hint)), aiohttp_client)
    page = await press(client, await come(client), "x")

    assert (page.html.index("Nơi 0") < page.html.index("<textarea")) is buttons_first


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


async def test_another_size_of_type_shows_the_same_page_with_what_was_typed(
    client: Client, intake: PaperIntake
) -> None:
    talk = await press(client, await come(client), "tip")
    heard = len(intake.received)

    fields = talk.press("", "dở dang") | {"size": "1"}
    async with client.post("/", data=fields) as answer:
        page = await answer.text()

    assert answer.cookies["tl_large"].value == "1"
    assert DANGER.text in page
    assert "dở dang</textarea>" in page
    assert "Bà con chưa ghi gì" not in page
    assert len(intake.received) == heard


async def test_what_is_english_says_so_to_a_screen_reader_and_the_page_around_it_stays(
    aiohttp_client: AiohttpClient,
) -> None:
    choices = (Choice("tip", "Report something"), Choice("tiengviet", "Tiếng Việt", "quiet"))
    said = Reply("Please call first.", choices, calls=("113",), language="en")
    client = await site(PaperIntake(said), aiohttp_client)
    welcome = await come(client)

    page = await press(client, welcome, "english")

    assert 'value="english" lang="en">🌐 English</button>' in welcome.html
    assert '<html lang="vi"' in page.html
    assert (
        '<a class="call" href="tel:113" lang="en">📞 Call 113 <small>police</small></a>'
        in page.html
    )
    assert (
        '<div class="line bot" lang="en"><span class="unseen" lang="vi">Máy: </span>' in page.html
    )
    assert 'value="tip" lang="en">Report something</button>' in page.html
    assert 'value="tiengviet">Tiếng Việt</button>' in page.html
