"""Names whose words stick together are read as if they stood apart, at their places in the text."""

import pytest

from nlp.places import Home
from nlp.spelling import words
from tests.gazetteer import gazetteer, router

AN_GIANG, DAK_LAK, HUE, QUANG_NINH = "91", "66", "46", "22"


@pytest.mark.parametrize(
    ("text", "home", "named"),
    [
        ("mất 2 con bò, dấu chân ra suối rồi mất #xaEaPil", DAK_LAK, "xaEaPil"),
        ("hươngnguyên a lưới, rừng đầu nguồn bị cưa", HUE, "hươngnguyên a lưới"),
        ("đánh nhau ở phườngCửa Ông tối qua", QUANG_NINH, "phườngCửa Ông"),
        ("xathoitamthon chỗ đường bà triệu tối nào cũng nẹt pô", "79", "xathoitamthon"),
    ],
)
def test_a_name_in_one_piece_is_routed_and_shown_where_it_stands(
    text: str, home: str, named: str
) -> None:
    place = router().locate(text, Home(home))

    assert place.decision == "route"
    assert place.evidence is not None
    assert text[slice(*place.evidence)] in named


@pytest.mark.parametrize("word", ["karaoke", "homestay", "camera", "nghiêng", "quánkaraoke"])
def test_other_long_words_stay_whole(word: str) -> None:
    found = words(word)

    assert gazetteer().names.glued.apart(word, found) == found


def test_pieces_stand_where_their_letters_stand() -> None:
    text = "ở phườngCửa Ông"
    pieces = gazetteer().names.glued.apart(text, words(text))

    assert [text[w.start : w.end] for w in pieces] == ["ở", "phường", "Cửa", "Ông"]
    assert [w.plain for w in pieces] == ["o", "phuong", "cua", "ong"]
