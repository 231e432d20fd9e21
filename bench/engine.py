"""The engine in a process of its own, as it runs for real: prints a line of JSON per round.

Run by the other benches: python -m bench.engine URL KEYS WRITER free ROUNDS | paced RATE LATENCY |
telegram BOT_API RATE.
"""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import SecretStr

from bench.people import PEOPLE, Place, campaign, office_at
from bench.processes import peak_memory
from bot import interpreter
from bot.broadcaster import Broadcaster
from bot.channels.base import Caps, Outcome, Payload, Sent
from bot.channels.render import render
from bot.pace import LocalPace
from desk.desk import Office
from handlers.chat import Reply

SECONDS = 0.001  # one sending where nothing limits the rate
IN_FLIGHT = 64


@dataclass(frozen=True, slots=True)
class Cost:
    """What one way of sending took; `memory` is the highest so far, in MiB."""

    wall: float
    cpu: float
    sent: int
    memory: float


class Stub:
    """A channel that takes its time and remembers nothing but a count."""

    name = "stub"
    caps = Caps(anonymity="pseudonymous", buttons=8, silent=True)

    def __init__(self, seconds: float) -> None:
        self.sent = 0
        self._seconds = seconds

    def render(self, reply: Reply, caps: Caps) -> list[Payload]:
        """One message."""
        return render(reply, caps)

    async def send(self, _address: str, _payload: Payload) -> Outcome:
        """Wait."""
        await asyncio.sleep(self._seconds)
        self.sent += 1
        return Sent("1")


async def bare(people: int) -> Cost:
    """The loop anybody would write: 64 tasks, one list, nothing stored."""
    stub, left = Stub(SECONDS), iter(range(people))
    payload = Payload("x")

    async def work() -> None:
        for number in left:
            await stub.send(str(number), payload)

    return await _cost(asyncio.gather(*(work() for _ in range(IN_FLIGHT))), stub)


async def engine(office: Office, rate: float, seconds: float) -> Cost:
    """The same by the engine, with everything it stores."""
    stub = Stub(seconds)
    with ThreadPoolExecutor(4) as workers:
        sending = Broadcaster(office, workers, {"stub": stub}, {"stub": LocalPace(rate)})  # type: ignore[dict-item] # only what is used
        return await _cost(sending.drain("stub"), stub)


async def telegram(office: Office, api: str, rate: float) -> None:
    """The program's own Telegram channel, pace, budget and election, until all is sent."""
    # Only here: the tests' modules are no part of what sending takes.
    from bot.inbox import Intake  # noqa: PLC0415 # as above
    from bot.outside import opened  # noqa: PLC0415 # as above
    from bot.reception import Reception  # noqa: PLC0415 # as above
    from bot.settings import Settings  # noqa: PLC0415 # as above
    from tests.fakes_telegram import TOKEN  # noqa: PLC0415 # as above

    settings = Settings(
        telegram_token=SecretStr(TOKEN), telegram_base_url=api, telegram_rate=rate, _env_file=None
    )  # type: ignore[call-arg] # pydantic's own argument
    with ThreadPoolExecutor(8) as workers:
        intake = Intake(office, workers, pull=frozenset())
        reception = Reception(office, workers, intake)
        async with opened(settings, office, workers, reception, frozenset({"sender"})) as out:
            pace = out.paces["telegram"]
            while not pace.mine:  # noqa: ASYNC110 # the lease is in the database
                await asyncio.sleep(0.01)
            sending = Broadcaster(office, workers, out.channels, out.paces)
            await sending.drain("telegram")
        await intake.close()


async def _cost(work: Awaitable[Any], stub: Stub) -> Cost:
    wall, cpu = time.perf_counter(), time.process_time()
    await work
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return Cost(wall, cpu, stub.sent, peak_memory())


def _say(**costs: Cost) -> None:
    print(json.dumps({name: asdict(cost) for name, cost in costs.items()}), flush=True)


def main(url: str, keys: str, writer: str, mode: str, *values: str) -> None:
    """Send."""
    channel = "telegram" if mode == "telegram" else "stub"
    with office_at(Place(url, Path(keys))) as office:
        interpreter.settle()
        if mode == "free":
            for _ in range(int(values[0])):
                campaign(office, channel, UUID(writer))
                ours = asyncio.run(engine(office, 0, SECONDS))
                _say(engine=ours, bare=asyncio.run(bare(PEOPLE)))
            return
        campaign(office, channel, UUID(writer))
        if mode == "paced":
            _say(engine=asyncio.run(engine(office, float(values[0]), float(values[1]))))
        else:
            with suppress(KeyboardInterrupt):
                asyncio.run(telegram(office, values[0], float(values[1])))


if __name__ == "__main__":
    main(*sys.argv[1:])
