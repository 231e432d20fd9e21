"""How the bot introduces itself on Telegram."""

import pytest

from bot.channels.telegram import Account, Telegram
from bot.channels.telegram_menu import introduction, trial
from handlers.chat import Reply
from handlers.commands import meant
from tests.fakes_telegram import BotApi
from tests.paper_telegram import TOKEN, take_nothing


def said(operator: str | None) -> str:
    channel = Telegram(Account(TOKEN, operator=operator), take_nothing)
    return channel.render(Reply("Chào bà con"), channel.caps)[0].text


def test_without_an_operator_everything_it_says_begins_with_being_a_trial() -> None:
    assert said(None).startswith(f"{trial()}\n\n")
    assert said("Công an xã mẫu") == "Chào bà con"


@pytest.mark.parametrize("operator", [None, "Công an xã mẫu", "C" * 300])
def test_the_menu_holds_commands_the_chat_understands_and_fits_telegrams_limits(
    operator: str | None,
) -> None:
    told = introduction(operator)
    commands = told["setMyCommands"]["commands"]

    assert all(meant(f"/{row['command']}") for row in commands)
    assert all(3 <= len(row["description"]) <= 256 for row in commands)
    about = told["setMyShortDescription"]["short_description"]
    assert len(about) <= 120
    assert about.startswith(operator[:100] if operator else trial())


async def test_a_server_that_knows_no_descriptions_is_no_trouble() -> None:
    async with BotApi() as api:
        await api.say(700000001, "Chào")
        async with Telegram(Account(TOKEN, api.url), take_nothing) as channel:
            source = channel.poll()
            assert source is not None
            async for polled in source:
                assert polled.raw["message"]["text"] == "Chào"
                break
    assert "baotin" in api.menu
    assert api.calls["setmyshortdescription"] == 1


def test_a_trial_says_so_in_the_language_of_the_reply() -> None:
    channel = Telegram(Account(TOKEN, operator=None), take_nothing)

    (shown,) = channel.render(Reply("Hello", language="en"), channel.caps)

    assert shown.text == "TRIAL VERSION, not a channel of the police\n\nHello"
