"""A question of yes and no is answered in words: "dạ có" is no tip, and never hides the numbers."""

import pytest

from handlers import menu
from handlers.texts import say
from tests.handlers.talking import Lan
from tests.handlers.test_tips import TIP
from tests.world import World

YES = ["dạ có", "Dạ có ạ", "có ạ", "co", "vâng", "dạ", "ừ", "Có rồi", "da co a", "CÓ!", "yes"]
NO = ["dạ không", "không có", "ko", "khong co ai", "Dạ ko có ạ", "hong có", "không ạ", "no"]
NEITHER = ["có người bẻ khoá lấy xe", "không biết", "dạ em muốn báo tin", "hồi nãy có", "…", "?"]


@pytest.fixture
def lan(world: World) -> Lan:
    return Lan(world)


@pytest.mark.parametrize("words", YES)
def test_whoever_writes_that_there_is_danger_reads_the_numbers(lan: Lan, words: str) -> None:
    lan.presses("tip")

    assert lan.says(words) == say("tip.danger_yes")
    assert lan.reply.calls == menu.CALLS


@pytest.mark.parametrize("words", NO)
def test_whoever_writes_that_there_is_none_is_asked_what_happened(lan: Lan, words: str) -> None:
    lan.presses("tip")

    assert lan.says(words) == say("tip.what")
    assert "text" not in lan.chat.draft


@pytest.mark.parametrize("words", NEITHER)
def test_other_words_are_taken_as_what_they_say(lan: Lan, words: str) -> None:
    lan.presses("tip")
    lan.says(words)

    assert lan.chat.draft.get("text") == words


def test_a_place_guessed_is_confirmed_or_refused_in_words(lan: Lan) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    lan.says(f"{TIP} Ở xã Rạch Kiến, tỉnh Tây Ninh.")
    guess = lan.reply.text

    assert "Rạch Kiến" in guess
    assert lan.says("dạ không phải") == say("tip.place")
    lan.presses("back")
    lan.says(f"{TIP} Ở xã Rạch Kiến, tỉnh Tây Ninh.")
    assert "Nơi xảy ra: Xã Rạch Kiến" in lan.says("dạ đúng rồi")


@pytest.mark.parametrize("words", ["có", "ừ", "không"])
def test_where_several_places_are_offered_no_word_chooses_one(lan: Lan, words: str) -> None:
    lan.presses("tip")
    lan.presses("danger_no")
    lan.says(TIP)
    lan.says("xã Tân Thành")
    lan.says(words)

    assert "place" not in lan.chat.draft
