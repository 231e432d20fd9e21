"""Local words: what can be one, where it is written out, and that nothing else changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.localwords import (
    MOST,
    NONE,
    BadMeaningError,
    BadWordError,
    KnownWordError,
    LocalWord,
    LocalWords,
    checked,
)
from nlp.text import MAX_CHARS, normalise
from tests.nlp.models import DATA, judge
from tests.nlp.test_evaluation_sets import TIPS

SOC_DIA = LocalWord("sốc dĩa", "đánh bạc")
DONG = LocalWord("dộng", "đánh")


def written(text: str, *entries: LocalWord) -> str:
    return " ".join(LocalWords(entries).written_out(normalise(text)).accented)


@pytest.mark.parametrize(
    ("word", "meaning", "kept"),
    [
        ("  Sốc   DĨA ", "Đánh bạc", SOC_DIA),
        ("so\u0302\u0301c di\u0303a", "đánh bạc", SOC_DIA),  # decomposed letters
        ("k9", "ma túy", LocalWord("k9", "ma túy")),
    ],
)
def test_what_was_typed_is_kept_in_one_writing(word: str, meaning: str, kept: LocalWord) -> None:
    assert checked(word, meaning) == kept


@pytest.mark.parametrize(
    "word",
    [
        "",
        " ",
        "một hai ba bốn",
        "a-b",
        "<num>",
        "0912345678",
        "đi 113",
        "a.vn",
        "x" * 61,
        "чай",
        "!",
    ],
)
def test_what_is_no_local_word_is_refused(word: str) -> None:
    with pytest.raises(BadWordError):
        checked(word, "đánh bạc")


@pytest.mark.parametrize("meaning", ["", "a b c d e f g", "đánh, bạc", "sốc dĩa", "www.a.vn"])
def test_what_is_no_meaning_is_refused(meaning: str) -> None:
    with pytest.raises(BadMeaningError):
        checked("sốc dĩa", meaning)


def test_shorthand_that_everybody_has_is_not_taught_twice() -> None:
    with pytest.raises(KnownWordError):
        checked("STK", "số tài khoản")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Nhà ông Ba hay SỐC DĨA, ồn lắm", "nhà ông ba hay đánh bạc ồn lắm"),
        ("nha ong ba hay soc dia", "nha ong ba hay đánh bạc"),
        ("sốc dĩa sốc dĩa", "đánh bạc đánh bạc"),
        ("bị sốc vì cái dĩa", "bị sốc vì cái dĩa"),
        ("sốc", "sốc"),
        ("", ""),
    ],
)
def test_a_local_word_is_written_out_wherever_it_stands(text: str, read: str) -> None:
    assert written(text, SOC_DIA) == read


def test_a_single_word_is_known_only_as_it_stands() -> None:
    assert written("nó dộng chú Năm", DONG) == "nó đánh chú năm"
    assert written("nó dong chú Năm", DONG) == "nó dong chú năm"


def test_the_longest_entry_wins_and_a_meaning_is_not_read_again() -> None:
    entries = (
        LocalWord("sốc", "đánh"),
        SOC_DIA,
        LocalWord("đánh bạc", "sốc dĩa"),
        LocalWord("sốc dĩa lớn", "sòng bạc"),
    )

    assert written("sốc dĩa lớn sốc dĩa sốc đánh bạc", *entries) == "sòng bạc đánh bạc đánh sốc dĩa"


def test_shorthand_inside_is_read_as_everywhere_else() -> None:
    assert written("nó hay chơi z lắm", LocalWord("chơi z", "đánh bạc")) == "nó hay đánh bạc lắm"
    assert written("hoà giải", LocalWord("hoà giải", "xin lỗi")) == "xin lỗi"


def test_the_same_words_are_found_however_they_are_spelt() -> None:
    words = LocalWords([LocalWord("hoà giải", "xin lỗi")])

    assert words.has(LocalWord("hòa giải", "đánh"))
    assert not words.has(SOC_DIA)


@given(st.text(max_size=200))
def test_a_text_without_local_words_stays_the_same_object(typed: str) -> None:
    views = normalise(typed)

    assert NONE.written_out(views) is views
    assert LocalWords([LocalWord("xqzv", "đánh")]).written_out(views) is views


@given(st.lists(st.sampled_from(["sốc", "dĩa", "soc", "dia", "lớn", "dộng", "a"]), max_size=30))
def test_both_views_keep_as_many_words(words: list[str]) -> None:
    entries = [SOC_DIA, DONG, LocalWord("sốc dĩa lớn", "một hai ba bốn năm sáu")]
    views = LocalWords(entries).written_out(normalise(" ".join(words)))

    assert len(views.accented) == len(views.stripped)


def test_the_longest_text_and_the_longest_list_stay_within_bounds() -> None:
    entries = [LocalWord(f"a b c{number}x", "một hai ba bốn năm sáu") for number in range(MOST - 1)]
    entries.append(LocalWord("b", "một hai ba bốn năm sáu"))

    views = LocalWords(entries).written_out(normalise("a b " * MAX_CHARS))

    assert len(views.accented) == len(views.stripped) <= 4 * MAX_CHARS


def test_judgements_without_local_words_are_the_same_to_the_last_bit() -> None:
    empty = judge().taught(LocalWords(version=7))

    assert [empty.judge(row["text"]) for row in TIPS[::9]] == [
        judge().judge(row["text"]) for row in TIPS[::9]
    ]


def test_a_taught_word_makes_a_lost_tip_heard_and_the_first_judge_stays_as_it_was() -> None:
    told = "Chiều nay nó dộng chú Năm ngoài chợ"
    before = judge().judge(told)

    after = judge().taught(LocalWords([DONG])).judge(told)

    assert (before.kind, after.kind, after.category) == ("other", "tip", "violence")
    assert judge().judge(told) == before


def test_evidence_names_the_local_word_that_stands_in_the_text() -> None:
    taught = judge().taught(LocalWords([DONG, SOC_DIA]))

    assert taught.evidence("Tối nào nhà ông Ba cũng sốc dĩa", "gambling")[-1] == "sốc dĩa"
    assert "đánh" in taught.evidence("Nó dộng rồi đánh chú Năm ngoài chợ", "violence")
    for text in ("Nhà ông Ba cũng sốc dĩa, SỐC DĨA nữa", "nha ong ba soc dia"):
        words = normalise(text).accented
        assert all(
            part in words for said in taught.evidence(text, "gambling") for part in said.split()
        )


def test_the_model_says_which_words_it_was_taught() -> None:
    assert judge().knows("bạc")
    assert judge().knows("danh")
    assert not judge().knows("dộng")


def test_the_evaluation_texts_are_there() -> None:
    assert (DATA / "evaluation" / "tips.jsonl").exists()
