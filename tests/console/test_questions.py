"""The page of answers: every officer reads them, and sees which are too old to be shown."""

from datetime import UTC, datetime, time, timedelta

from desk import questions
from tests.console.browsing import Browser
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
