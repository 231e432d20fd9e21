"""The page of local words: form, effect, save, take back; in a browser without scripts."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.localwords import LocalWordsWatch
from tests.console.browsing import Browser
from tests.storage.rows import Owner
from tests.world import World

DONG = {"word": "Dộng", "meaning": "đánh"}
TOLD = "Chiều nay nó dộng chú Năm ngoài chợ"


@pytest.fixture
def ngan(world: World, minh: Browser) -> Browser:
    """The province's officer at a browser."""
    minh.enter(world.office, world.ngan)
    return minh


async def test_the_empty_list_says_what_it_is_for_and_the_officers_page_leads_there(
    ngan: Browser,
) -> None:
    assert 'href="/desk/words"' in await ngan.open("/desk/officers")

    page = await ngan.open("/desk/words")

    assert "Chưa có từ nào. Ví dụ: có nơi bà con nói “sốc dĩa”." in page
    assert "Từ đã dạy (0)" in page


async def test_the_example_of_the_empty_list_is_true(ngan: Browser) -> None:
    sentence = "Ngày nào xóm tôi cũng sốc dĩa"
    assert sentence in await ngan.open("/desk/words")

    page = await ngan.send(
        "/desk/words/effect", {"word": "sốc dĩa", "meaning": "đánh bạc", "sentence": sentence}
    )

    assert "<dt>Bây giờ</dt><dd>Ma túy" in page
    assert "<dt>Nếu lưu</dt><dd>Cờ bạc" in page


async def test_a_word_is_looked_at_saved_listed_and_taken_back(world: World, ngan: Browser) -> None:
    await ngan.open("/desk/words")
    page = await ngan.send("/desk/words/effect", DONG | {"sentence": TOLD})
    assert "Chưa lưu gì cả." in page
    assert 'class="said"' not in page
    assert "1 tin mẫu có từ này, 0 tin được đoán khác đi." in page
    assert "<dt>Bây giờ</dt><dd>Không phải tin báo</dd>" in page
    assert world.office.tools.judge.judge(TOLD).kind == "other"

    fields = {name: ngan.hidden(name) for name in ("word", "meaning")}
    page = await ngan.send("/desk/words", fields)
    assert ngan.at == "/desk/words"
    assert "Đã lưu “dộng”." in page
    assert "Từ đã dạy (1)" in page
    assert "bản số 1" in page
    assert world.office.tools.judge.judge(TOLD).kind == "tip"
    assert "dạy máy từ địa phương “dộng” = “đánh”" in await ngan.open("/desk/audit")

    await ngan.open("/desk/words")
    assert "Đã bỏ “dộng”" in await ngan.send("/desk/words/remove", {"word": "dộng"})
    assert world.office.tools.judge.judge(TOLD).kind == "other"
    await ngan.send("/desk/words/remove", {"word": "dộng"})
    assert ngan.status == 409


async def test_harm_is_shown_with_texts_that_change_and_without_a_button(ngan: Browser) -> None:
    await ngan.open("/desk/words")

    page = await ngan.send("/desk/words/effect", {"word": "trộm", "meaning": "cảm ơn"})

    assert "nếu thêm từ này thì trong các tin mẫu, máy bỏ sót" in ngan.alert
    assert 'action="/desk/words" ' not in page
    assert 0 < page.count("<q>") <= 10


async def test_harm_is_refused_even_if_the_first_page_was_passed_over(
    ngan: Browser, owner_url: str
) -> None:
    await ngan.open("/desk/words")

    await ngan.send("/desk/words", {"word": "trộm", "meaning": "cảm ơn"})

    assert ngan.status == 422
    assert "bỏ sót" in ngan.alert
    assert 'value="cảm ơn"' in ngan.page
    with Owner(owner_url) as owner:
        assert owner.one("SELECT count(*) FROM local_word") == 0


async def test_what_was_typed_stays_after_a_refusal(ngan: Browser) -> None:
    await ngan.open("/desk/words")

    typed = {"word": "một hai ba bốn", "meaning": "đánh", "sentence": TOLD}
    await ngan.send("/desk/words/effect", typed)

    assert ngan.status == 422
    assert "một đến ba tiếng" in ngan.alert
    assert all(text in ngan.page for text in typed.values())
    await ngan.send("/desk/words/effect", DONG | {"sentence": "a" * 501})
    assert "dài quá 500 ký tự" in ngan.alert


async def test_a_sentence_to_try_reaches_neither_the_address_nor_the_database(
    ngan: Browser, owner_url: str
) -> None:
    await ngan.open("/desk/words")
    await ngan.send("/desk/words/effect", DONG | {"sentence": f"{TOLD} zxqsentence"})
    assert ngan.at == "/desk/words/effect"
    await ngan.send("/desk/words", DONG)

    with Owner(owner_url) as owner:
        tables = [name for (name,) in owner.all(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]  # fmt: skip
        rows = "SELECT count(*) FROM {} r WHERE r::text ILIKE '%%zxqsentence%%'"
        held = [table for table in tables if owner.one(rows.format(table))]
    assert held == []


async def test_a_word_taught_elsewhere_counts_in_the_effect_before_this_process_has_looked(
    world: World, ngan: Browser, owner_url: str
) -> None:
    with Owner(owner_url) as owner:
        owner.run(
            "INSERT INTO local_word (version, word, meaning, officer_id, at) "
            "VALUES (1, 'dộng', 'đánh', %s, now())",
            world.ngan.id,
        )
    await ngan.open("/desk/words")

    await ngan.send("/desk/words/effect", DONG)
    assert "đã có trong danh sách" in ngan.alert
    page = await ngan.send(
        "/desk/words/effect", {"word": "sốc dĩa", "meaning": "đánh bạc", "sentence": TOLD}
    )
    assert "<dt>Bây giờ</dt><dd>Bạo lực" in page

    with ThreadPoolExecutor(1) as workers:
        LocalWordsWatch(world.office, workers).look()
    assert world.office.tools.judge.judge(TOLD).kind == "tip"
