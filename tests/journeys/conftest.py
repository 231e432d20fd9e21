from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.chromium import need
from tests.journeys.people import Officer
from tests.journeys.stage import DESKTOP, Stage, chromium
from tests.program import Program

Remembered = dict[str, Any]


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """The demo, once for all journeys."""
    need()
    with Program(Path(tmp_path_factory.mktemp("demo")), "demo").anew() as demo:
        yield demo


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Not for the session: while sync Playwright is open, no other test can run a loop."""
    need()
    with chromium() as found:
        yield found


@pytest.fixture
def stage(program: Program, browser: Browser) -> Iterator[Stage]:
    """Every window opened here shuts with the test, and the browser must have been content."""
    stage = Stage(program, browser)
    yield stage
    stage.close()


@pytest.fixture(scope="session")
def remembered() -> Remembered:
    """Cookies of officers who have logged in: a six-digit code counts once in 30 seconds."""
    return {}


def window(
    stage: Stage,
    remembered: Remembered,
    username: str,
    size: tuple[int, int] = DESKTOP,
    *,
    script: bool = True,
) -> Page:
    """A window in which this officer is logged in."""
    if username not in remembered:
        page = stage.window(DESKTOP)
        Officer(username, username, page).logs_in()
        remembered[username] = page.context.storage_state()
    return stage.window(size, script=script, storage_state=remembered[username])


@pytest.fixture
def son(stage: Stage, remembered: Remembered) -> Officer:
    """The chief of Mỹ Lệ, logged in."""
    return Officer("Sơn", "son", window(stage, remembered, "son"))
