"""The page of answers: every officer reads them, and sees which are too old to be shown."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from desk import misses, questions
from tests.console.browsing import Browser
from tests.desk.test_misses import ASKED, asks_on
from tests.fakes import LearntQuestions
from tests.world import World


async def test_all_answers_are_listed_with_source_and_day(world: World, hoa: Browser) -> None:
    page = await hoa.open("/desk/questions")

    answers = world.office.tools.answers.values()
    assert all(answer.question in page for answer in answers)
    assert page.count("Kiểm tra ngày 22/11/2026") == len(answers)
    assert "Quá hạn: 0. Sắp hết hạn: 0." in page


async def test_old_answers_stand_out_once_their_day_has_come(world: World, minh: Browser) -> None:
    answers = world.office.tools.answers
    day = next(iter(answers.values())).expires
    world.clock.at = datetime.combine(day - questions.SOON, time(1), UTC)
    minh.enter(world.office, world.minh)
    assert f"Sắp hết hạn: {len(answers)}." in await minh.open("/desk/questions")

    world.clock.at += questions.SOON + timedelta(days=1)
    minh.enter(world.office, world.minh)
    assert f"Quá hạn: {len(answers)}." in await minh.open("/desk/questions")


async def test_the_province_teaches_a_question_the_chat_did_not_understand(
    world: World, minh: Browser
) -> None:
    world.office.tools = replace(world.office.tools, questions=LearntQuestions())
    asks_on(world, ASKED, misses.DAYS)
    minh.enter(world.office, world.ngan)

    page = await minh.open("/desk/questions")
    assert "Câu máy chưa hiểu" in page
    assert '<option value="hotlines" selected>' in page
    key = minh.hidden("key")
    page = await minh.send("/desk/questions/teach", {"key": key, "intent": "hotlines"})

    assert "Đã thêm cách hỏi" in page
    assert "Câu máy chưa hiểu" not in page
    assert "Cách hỏi do đơn vị thêm (1)" in page
    assert "Đã bỏ." in await minh.send("/desk/questions/drop", {"key": key})
    await minh.send("/desk/questions/drop", {"key": key})
    assert minh.status == 409


async def test_nobody_else_sees_or_teaches_them(world: World, minh: Browser) -> None:
    world.office.tools = replace(world.office.tools, questions=LearntQuestions())
    asks_on(world, ASKED, misses.DAYS)
    minh.enter(world.office, world.hoa)

    assert "Câu máy chưa hiểu" not in await minh.open("/desk/questions")
    await minh.send("/desk/questions/teach", {"key": "a b", "intent": "hotlines"})
    assert minh.status in (403, 404)
