"""The three journeys, through the real program and real browsers."""

import pytest

from tests.journeys import drive
from tests.journeys.stage import Stage
from tests.journeys.story import Story

pytestmark = [pytest.mark.browser, pytest.mark.smoke]


@pytest.mark.parametrize("script", [False, True], ids=["without a script", "with scripts"])
def test_a_tip_is_answered_handed_on_and_closed(stage: Stage, script: bool) -> None:  # noqa: FBT001 # a parameter of pytest
    drive.tip(stage, Story(), script=script)


@pytest.mark.parametrize("script", [False, True], ids=["without a script", "with scripts"])
def test_a_notice_is_approved_read_recalled_and_unsubscribed(stage: Stage, script: bool) -> None:  # noqa: FBT001 # a parameter of pytest
    drive.notice(stage, Story(), script=script)


def test_a_question_is_answered_out_of_three_or_honestly_not(stage: Stage) -> None:
    drive.question(stage, Story(), script=False)
