"""A process that sends what is due to a file, until it is killed: run by the drill.

python -m tests.drill.broadcasting OWNER_URL KEYS FILE RATE
"""

import asyncio
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from bot import tools
from bot.broadcaster import Broadcaster
from bot.pace import LocalPace
from desk.desk import Office
from storage.db import Store, role_urls
from storage.keyring import Keyring
from tests import world
from tests.bot.paper import PaperChannel

ROUND_TRIP = 0.08  # seconds, as to a far server


def main(url: str, keys: str, file: str, rate: str, begin: str) -> None:
    """Send until killed."""
    start, came = datetime.fromisoformat(begin), time.time()
    store = Store(role_urls(world._as_roles_secret(url)), pool_size=4)
    office = Office(
        store,
        tools.load(Keyring(Path(keys))),
        lambda: start + timedelta(seconds=time.time() - came),
    )
    channel = PaperChannel(ROUND_TRIP, Path(file))
    pace = LocalPace(float(rate))
    with store, ThreadPoolExecutor(4) as workers:
        sender = Broadcaster(office, workers, {"paper": channel}, {"paper": pace})
        print("sending", flush=True)  # noqa: T201 # the drill waits for it
        asyncio.run(sender.run())


if __name__ == "__main__":
    main(*sys.argv[1:])
