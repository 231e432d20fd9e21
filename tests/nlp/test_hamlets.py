"""Hamlets decide where a divided commune's message belongs, and only where exactly one fits."""

import pytest

from nlp.hamlets import Hamlet, is_name, settle
from nlp.places import Place
from tests.gazetteer import router

MINH, CHAU = "25480", "25552"  # what Xã Suối Đá was divided between
LISTED = [
    Hamlet(MINH, "Xã Suối Đá", "Ấp Tân Định 1"),
    Hamlet(MINH, "Xã Suối Đá", "Ấp Tân Định"),
    Hamlet(MINH, "", "Khu phố 3"),
    Hamlet(CHAU, "Xã Suối Đá", "Ấp Phước Bình"),
    Hamlet(CHAU, "Xã Suối Đá", "Ấp 3A"),
    Hamlet(CHAU, "Xã Phan", "Ấp 5"),
]


def settled(text: str, answer: str = "") -> Place:
    return settle(router().locate(text), text, LISTED, answer=answer)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ấp Phước Bình, xã Suối Đá, Tây Ninh", CHAU),
        ("trom o ap phuoc binh xa suoi da", CHAU),
        ("xã Suối Đá, Tây Ninh, ấp Tân Định 1", MINH),
        ("xã Suối Đá, KP3", MINH),
        ("xã Suối Đá, ấp số 3A", CHAU),
    ],
)
def test_a_hamlet_of_one_successor_decides(text: str, code: str) -> None:
    place = settled(text)

    assert (place.decision, place.code, place.reason) == ("route", code, "hamlet")


@pytest.mark.parametrize(
    "text",
    [
        "xã Suối Đá, Tây Ninh",
        "ấp Phước Tân, xã Suối Đá",  # not on any list
        "ấp Phước Bình và ấp Tân Định, xã Suối Đá",  # one in each
        "ấp 5, xã Suối Đá",  # the ấp 5 on the list lay in another commune
        "gặp Phước Bình ở xã Suối Đá",  # a person
        "ấp Phước Bỉnh, xã Suối Đá",  # other marks
    ],
)
def test_otherwise_the_question_stays(text: str) -> None:
    place = settled(text)

    assert place.decision == "ask"
    assert set(place.candidates) == {MINH, CHAU}


def test_whoever_was_asked_for_the_hamlet_need_not_say_its_kind() -> None:
    assert settled("xã Suối Đá", "gần Phước Bình").code == CHAU
    assert settled("xã Suối Đá, Phước Bình").decision == "ask"
    assert settled("xã Suối Đá", "3").decision == "ask", "Khu phố 3, or another 3"


def test_a_route_is_never_changed_by_a_hamlet() -> None:
    place = settled("ấp Phước Bình, xã Rạch Kiến, Tây Ninh")

    assert (place.decision, place.code, place.reason) == ("route", "28114", "new")


def test_a_line_without_its_old_commune_decides_only_beside_the_lists_of_all_others() -> None:
    place = router().locate("xã Suối Đá, khu phố 3")
    text = "xã Suối Đá, khu phố 3"

    assert settle(place, text, [row for row in LISTED if row.commune == MINH]).decision == "ask"
    assert settle(place, text, LISTED).code == MINH


@pytest.mark.parametrize("name", ["Ấp 3", "Khu phố Hiệp An", "TDP 5", "Thôn Đông", "Buôn Ma"])
def test_names_of_hamlets_begin_with_their_kind(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("name", ["", "Ấp", "Chợ Mới", "5", "Đường số 3"])
def test_other_names_are_none(name: str) -> None:
    assert not is_name(name)
