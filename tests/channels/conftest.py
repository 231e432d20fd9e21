import pytest
from pytest_aiohttp.plugin import AiohttpClient

from handlers.chat import Reply
from tests.channels.visit import DANGER, WHAT, Client, site
from tests.fakes import PaperIntake


@pytest.fixture
def intake() -> PaperIntake:
    return PaperIntake(DANGER, WHAT, Reply("ba"), Reply("bốn"))


@pytest.fixture
async def client(intake: PaperIntake, aiohttp_client: AiohttpClient) -> Client:
    return await site(intake, aiohttp_client)
