"""What the commune's loudspeaker reads: numbers as words, no symbol, one breath per line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk import library, loudspeaker, spoken
from desk.drafts import Words

SAMPLES = library.samples()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "không"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (1005, "một nghìn không trăm linh năm"),
        (2025, "hai nghìn không trăm hai mươi lăm"),
        (110_240, "một trăm mười nghìn hai trăm bốn mươi"),
        (1_000_001, "một triệu không trăm linh một"),
        (5_000_000_000, "năm tỷ"),
        (1_000_000_020, "một tỷ không trăm hai mươi"),
    ],
)
def test_a_number_is_said_as_people_say_it(value: int, said: str) -> None:
    assert spoken.number(value) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Gọi 113", "Gọi một một ba."),
        ("0272 3881 234", "không hai bảy hai ba tám tám một hai ba bốn."),
        ("0272-3881-234", "không hai bảy hai ba tám tám một hai ba bốn."),
        ("1900 9068", "một chín không không chín không sáu tám."),
        ("Báo số lừa đảo: 156.", "Báo số lừa đảo, một năm sáu."),
        ("115 triệu đồng", "một trăm mười lăm triệu đồng."),
        ("mất 3,5 triệu", "mất ba phẩy năm triệu."),
        ("800.000 đồng", "tám trăm nghìn đồng."),
        ("lãi 25%", "lãi hai mươi lăm phần trăm."),
        ("từ 1/7/2025", "từ ngày mùng một tháng bảy năm hai nghìn không trăm hai mươi lăm."),
        ("ngày 30/4", "ngày ba mươi tháng tư."),
        ("10/2025", "tháng mười năm hai nghìn không trăm hai mươi lăm."),
        ("lúc 7h30", "lúc bảy giờ ba mươi phút."),
        ("7–21 giờ", "bảy đến hai mươi mốt giờ."),
        ("SIM 5G, mã OTP", "sim năm gờ, mã ô tê pê."),
        ("vneid[.]xyz", "vneid chấm xyz."),
        ("“Bấm vào đây!” (ngay)", "Bấm vào đây! ngay."),
        ("⚠️ Đừng… chuyển", "Đừng. chuyển."),
        ("•", ""),
    ],
)
def test_what_is_written_becomes_what_is_said(written: str, said: str) -> None:
    assert spoken.aloud(written) == said


@given(st.text(max_size=300))
def test_whatever_somebody_writes_nothing_unspeakable_is_left(text: str) -> None:
    said = spoken.aloud(text)
    assert all(char.isalpha() or spoken.is_mark(char) or char in " \n.,?!" for char in said)
    assert "  " not in said
    assert all(line.strip() == line and line for line in said.splitlines())


@given(st.integers(min_value=0, max_value=10**15))
def test_every_number_has_words_of_its_own(value: int) -> None:
    said = spoken.number(value)
    assert re.fullmatch(r"[a-zà-ỹđ ]+", said)
    assert value == 10**15 or said != spoken.number(value + 1)


@pytest.mark.parametrize("method", SAMPLES)
def test_every_notice_of_the_library_can_be_read_aloud(method: str) -> None:
    text = loudspeaker.text_of(
        SAMPLES[method].words, "Xã Rạch Kiến", "Công an xã Rạch Kiến", trial=False
    )
    assert re.fullmatch(r"[^\W\d_]+(?:[ .,?!\n]+[^\W\d_]+)*[.?!]\n", text)
    assert max(len(line.split()) for line in text.splitlines()) <= 24
    assert text.startswith("Mời bà con xã Rạch Kiến chú ý nghe.\nCông an xã Rạch Kiến thông báo.\n")
    assert "một một ba" in text


def test_no_word_of_a_notice_is_lost() -> None:
    words = Words("Tin", "Một hai, ba bốn", "• Năm\n• Sáu bảy", "Tám. Chín", "Mười")
    text = loudspeaker.text_of(words, "Xã A", "Công an xã A", trial=False)
    for part in ("Tin", "Một hai, ba bốn", "Năm", "Sáu bảy", "Tám", "Chín", "Mười"):
        assert f"{part}." in text.splitlines()


def test_a_trial_says_first_and_last_that_it_is_one() -> None:
    words = SAMPLES["prize"].words
    lines = loudspeaker.text_of(words, "Xã A", "Công an xã A", trial=True).splitlines()
    assert lines[0] == lines[-2] == "Đây là bản thử, không phải thông báo của công an."
