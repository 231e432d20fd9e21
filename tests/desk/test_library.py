"""The library of notices: one per method, sourced, short, fit to be published as it is."""

import json
import re
import unicodedata
from datetime import timedelta
from pathlib import Path

import pytest

from desk import drafts, guard, library
from desk.desk import Tools
from desk.drafts import CONTACT_LIMIT, PARTS, WHOLE_LIMIT
from desk.library import BrokenSampleError, Sample

DATA = Path(__file__).parent.parent.parent / "data"
LIBRARY = library.samples()
SAMPLES = tuple(LIBRARY.values())
every = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.method)

# What a notice never says: promises, verdicts, and words that shame whoever was deceived.
BANNED = (
    *("ẩn danh", "bảo mật 100%", "tuyệt đối", "không ai biết", "thụ lý", "tội phạm", "an toàn"),
    *("nhẹ dạ", "cả tin", "hám lợi", "ham lợi", "lòng tham", "thiếu hiểu biết", "sập bẫy"),
    *("con mồi", "ngu", "dại", "công an không bao giờ"),
)
LONGEST_SENTENCE = 25  # words: a sixth-grader reads it on a small telephone
GOOD = (DATA / "notices/fake_shipper.md").read_text("utf-8")


def ids(taxonomy: str) -> list[str]:
    return [row["id"] for row in json.loads((DATA / "taxonomy" / taxonomy).read_text("utf-8"))]


def test_each_of_the_thirty_methods_has_its_notice() -> None:
    assert len(LIBRARY) == 30
    assert list(LIBRARY) == ids("scam_methods.json")
    assert len({sample.words.title for sample in SAMPLES}) == 30


@every
def test_it_fits_into_one_message_with_the_longest_contact(sample: Sample) -> None:
    longest = drafts.Words(
        *(getattr(sample.words, name) for name, _, _ in PARTS[:-1]), contact="x" * CONTACT_LIMIT
    )
    assert len(drafts.text_of(longest)) <= WHOLE_LIMIT
    for name, called, limit in PARTS:
        drafts.check_part(called, getattr(sample.words, name), limit)


@every
def test_it_says_who_warned_when_and_when_that_was_compared(sample: Sample) -> None:
    dated = [source.day for source in sample.sources if source.day]
    assert dated
    assert max(dated) <= sample.checked_on.isoformat()
    for source in sample.sources:
        assert re.fullmatch(r"https://[a-z0-9.-]+/\S+", source.url)
    assert sample.source_line.startswith("Nguồn: ")
    assert "Kiểm tra ngày" in sample.source_line
    assert "https" not in sample.source_line


@every
def test_it_holds_no_link_that_works_and_nothing_but_a_warning(
    sample: Sample, base_tools: Tools
) -> None:
    text = drafts.text_of(sample.words)
    assert not guard.has_link(text)
    assert not guard.about_belief(text)
    parts = [getattr(sample.words, name) for name, _, _ in PARTS[:-1]]
    for part in (*parts, "\n".join(parts)):
        assert base_tools.judge.judge(part).kind != "opinion"


@every
def test_it_is_plain_and_shames_nobody(sample: Sample) -> None:
    text = drafts.text_of(sample.words)
    words = re.findall(r"\w+", text.casefold())
    spaced = f" {' '.join(words)} "
    assert [
        word for word in BANNED if f" {word} " in spaced or ("%" in word and word in text)
    ] == []
    assert text == unicodedata.normalize("NFC", text)
    sentences = re.split(r"[.!?:;]\s|\n|[“”]", text)
    assert max(len(sentence.split()) for sentence in sentences) <= LONGEST_SENTENCE


@every
def test_it_teaches_what_can_be_checked_and_what_to_do_when_it_is_too_late(sample: Sample) -> None:
    assert "“" in sample.words.trick  # a sentence as the swindler says it
    assert len(re.findall("^• ", sample.words.signs, re.MULTILINE)) == 3
    assert re.search(r"công an|113", sample.words.todo)
    assert {"113", "156"} <= set(re.findall(r"\d+", sample.words.contact))


@every
def test_it_leads_to_its_siblings(sample: Sample) -> None:
    assert len(sample.near) == 2
    assert set(sample.faq) <= set(ids("faq_intents.json"))
    assert sample.faq


def test_what_was_checked_half_a_year_ago_is_stale() -> None:
    sample = LIBRARY["fake_shipper"]
    assert not sample.stale(sample.checked_on + timedelta(days=180))
    assert sample.stale(sample.checked_on + timedelta(days=181))


def test_a_source_is_told_with_what_is_known_of_its_day() -> None:
    line = library.parse("x", GOOD.replace("2025-10-17", "2025-10").replace("2025-03-20", "2025"))
    assert "Công an TP Hà Nội (Kênh 14, 10/2025)" in line.source_line
    assert "Bộ Công an (Dân Trí, 2025)" in line.source_line


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("# Giả danh", "Giả danh", "the first line must be"),
        ("## Dấu hiệu", "## Dấu hiệu lạ", "“## Dấu hiệu lạ” is no part"),
        ("## Dấu hiệu", "## Thủ đoạn", "“## Thủ đoạn” is no part, or there twice"),
        ("Kẻ gian gọi", "Kẻ gian gọi" + " nữa" * 40, "“Thủ đoạn” has 407 characters; 1 to 300"),
        ("\n---\n", "\n", "there is no line “---”"),
        ("Kiểm tra ngày: 2026", "Kiểm tra ngày: 26", "there must be one “Kiểm tra ngày"),
        ("| 2025-10-17 |", "| hôm qua |", "the source's date 'hôm qua'"),
        ("| 2025-10-17 |", "|", "must be “ai | trang | ngày | địa chỉ”"),
        ("https://kenh14", "http://kenh14", "must begin with https://"),
        ("Gần giống:", "Giống:", "is none of the lines"),
    ],
)
def test_a_broken_file_is_named_with_what_to_write(old: str, new: str, told: str) -> None:
    assert old in GOOD
    with pytest.raises(BrokenSampleError, match=re.escape(told)) as raised:
        library.parse("fake_shipper", GOOD.replace(old, new, 1))
    assert str(raised.value).startswith("data/notices/fake_shipper.md: ")


def test_sources_without_any_date_are_not_enough() -> None:
    undated = re.sub(r"\| 20\d\d-\d\d-\d\d \|", "| không ghi ngày |", GOOD)
    with pytest.raises(BrokenSampleError, match="has a date"):
        library.parse("fake_shipper", undated)


def test_a_missing_an_unknown_and_a_lonely_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenSampleError, match=r"fake_shipper\.md is missing"):
        library.read(tmp_path, ["fake_shipper"])
    (tmp_path / "fake_shipper.md").write_text(GOOD, encoding="utf-8")
    with pytest.raises(BrokenSampleError, match="is no method of data/taxonomy"):
        library.read(tmp_path, [])
    with pytest.raises(BrokenSampleError, match="“Gần giống” names"):
        library.read(tmp_path, ["fake_shipper"])
