"""What an officer sees before sending is what the channels will show."""

import re

from bot.channels.telegram import Telegram
from bot.previews import previews
from desk import drafts
from tests.notices import SHIPPER

TEXT = drafts.text_of(SHIPPER)


def test_telegram_is_shown_with_its_words_buttons_and_limit() -> None:
    telegram, _ = previews(TEXT)

    assert telegram.messages == (TEXT,)
    assert telegram.buttons == (
        "📣 Báo tin (không cần xưng tên)",
        "🔎 Kiểm tra tin nhắn lừa đảo",
        "Ngừng nhận",
    )
    assert telegram.length == len(TEXT.encode("utf-16-le")) // 2
    assert telegram.limit == Telegram.caps.max_text


def test_the_web_chat_says_that_it_is_only_a_trial() -> None:
    _, web = previews(TEXT)

    assert web.messages[0].startswith("BẢN XEM THỬ")
    assert TEXT in web.messages[0]
    assert web.limit == 0


def test_what_is_longer_than_a_message_is_shown_in_parts() -> None:
    sentence = "Không bấm đường dẫn lạ. "
    telegram, web = previews(sentence * 300)

    assert len(telegram.messages) > 1
    assert telegram.length <= Telegram.caps.max_text
    assert re.sub(r"\s", "", "".join(telegram.messages)) == re.sub(r"\s", "", sentence * 300)
    assert len(web.messages) == 1
