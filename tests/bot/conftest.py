from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.bot.outage import Outage
from tests.server import Databases


@pytest.fixture
def workers() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(6, "work") as workers:
        yield workers


@pytest.fixture
def outage(databases: Databases, owner_url: str) -> Iterator[Outage]:
    """Takes the test's database away and gives it back."""
    outage = Outage(databases, owner_url)
    yield outage
    outage.ends()
