"""The whole journey of a tip, through the real program and four real browsers."""

import pytest

from tests.journeys import drive
from tests.journeys.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.smoke]


@pytest.mark.parametrize("script", [False, True], ids=["without a script", "with scripts"])
def test_a_tip_is_answered_handed_on_and_closed(stage: Stage, script: bool) -> None:  # noqa: FBT001 # a parameter of pytest
    drive.tip(stage, drive.Story(), script=script)
