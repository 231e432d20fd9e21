"""What is typed instead of pressed."""

import pytest

from handlers import dispatcher
from handlers.chat import Incoming
from handlers.commands import COMMANDS, LANGUAGES, meant


@pytest.mark.parametrize(
    ("typed", "choice"),
    [
        ("/start", "home"),
        ("/START@TiengLoaBot", "home"),
        ("/start tip_from_elsewhere", "home"),
        ("/baotin", "tip"),
        ("/ngungnhan", "unfollow"),
        ("/xoadulieu", "erase"),
        ("  Ngừng nhận ", "unfollow"),
        ("ngung nhan", "unfollow"),
        ("/huy", "cancel"),
        ("/english", "english"),
        ("/tiengviet@TiengLoaBot", "tiengviet"),
        (" English ", "english"),
        ("Tiếng Việt", "tiengviet"),
        ("tieng viet", "tiengviet"),
        ("Stop warnings", "unfollow"),
    ],
)
def test_a_command_is_the_button_it_stands_for(typed: str, choice: str) -> None:
    assert meant(typed) == Incoming(choice=choice)


@pytest.mark.parametrize("link", ["xa28114", "xa-28114", "xa_28114"])
def test_a_printed_code_brings_its_commune_along(link: str) -> None:
    assert meant(f"/start {link}") == Incoming(text="28114", choice="follow")


@pytest.mark.parametrize("typed", ["", "/", "/nothing", "start", "ngừng nhận tin của chị", "tin"])
def test_anything_else_is_what_it_says(typed: str) -> None:
    assert meant(typed) is None


@pytest.mark.parametrize("choice", sorted(set(COMMANDS.values()) - {"cancel"}))
def test_every_command_opens_something(choice: str) -> None:
    assert choice in {*dispatcher.OPENERS, *LANGUAGES}
