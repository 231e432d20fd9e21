"""A campaign to many chats of our Bot API server, sent by real programs that are killed."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from bench.people import subscribe as enrol
from desk import notices
from desk.clocks import VIETNAM
from desk.desk import Office
from desk.drafts import Aim
from desk.officers import Signed
from tests.citizen import RACHKIEN
from tests.fakes_telegram import BotApi
from tests.notices import SHIPPER
from tests.telegram_words import Message

ROUND_TRIP = 0.05  # seconds to our Bot API server and back
SLACK = 0.06  # seconds of sending that a kill may double, beside the round trip
FIRST_CHAT = 600_000_000


def chats(count: int) -> list[str]:
    """So many telephones."""
    return [str(FIRST_CHAT + number) for number in range(count)]


def subscribe(office: Office, people: Sequence[str]) -> None:
    """All of them want every notice of the commune."""
    with office.begin("intake") as desk:
        enrol(desk, "telegram", people)


def publish(office: Office, minh: Signed, hoa: Signed, at: datetime) -> None:
    """One officer writes a notice, another approves it; the programs' sweeps begin to send it."""
    expires = (at.astimezone(VIETNAM) + timedelta(days=30)).date()
    with office.begin("desk", minh.id) as desk:
        id_ = notices.write(desk, minh, SHIPPER, Aim((RACHKIEN,), "shopping", expires))
        notices.submit(desk, minh, id_, 1)
    with office.begin("desk", hoa.id) as desk:
        notices.approve(desk, hoa, id_, 2)


def copies(api: BotApi) -> list[Message]:
    """The notice, as it came to telephones."""
    return [message for message in api.sent if SHIPPER.title in message.text]


async def sent(api: BotApi, count: int, patience: float = 120) -> None:
    """Wait until so many messages have come."""
    async with asyncio.timeout(patience):
        while len(api.sent) < count:  # noqa: ASYNC110 # as fast as it may be
            await asyncio.sleep(0.005)


@dataclass(frozen=True)
class Report:
    """What a campaign came to."""

    people: int
    rate: float
    kills: int
    missing: int
    doubled: int
    loud: int  # of the doubled
    resumed: tuple[float, ...]  # seconds from each kill to the next copy
    started: tuple[float, ...] = ()  # seconds until the killed program answered again

    def __str__(self) -> str:
        """One line for people."""
        after, starts = (
            f"{median(seconds):.1f} s (median), {max(seconds):.1f} s (longest)" if seconds else "–"
            for seconds in (self.resumed, self.started)
        )
        return (
            f"{self.people} people at {self.rate:g}/s, {self.kills} kills: {self.missing} missing, "
            f"{self.doubled} doubled ({self.doubled / self.kills:.1f} a kill, "
            f"at most {self.allowed:.1f} allowed), {self.loud} of them with a sound; "
            f"sending again after {after}; the program's own start: {starts}"
        )

    @property
    def allowed(self) -> float:
        """Copies a kill may double: what was on its way, and what was not yet written down."""
        return self.rate * (ROUND_TRIP + SLACK) + 1


def counted(
    api: BotApi,
    people: Sequence[str],
    rate: float,
    kills: Sequence[float],
    started: Sequence[float] = (),
) -> Report:
    """Look at everything that came. Args: kills: moments of the steady clock."""
    came = copies(api)
    times = Counter(message.chat for message in came)
    first: set[str] = set()
    loud = 0
    for message in came:
        loud += message.chat in first and not message.silent
        first.add(message.chat)
    doubled = sum(count - 1 for count in times.values())
    resumed = tuple(_next(came, at) - at for at in kills)
    missing = len(set(people) - set(times))
    sums = (missing, doubled, loud)
    return Report(len(people), rate, len(kills), *sums, resumed, tuple(started))


def together(reports: Sequence[Report]) -> Report:
    """Several campaigns as one; `people` is how many each had."""
    first = reports[0]
    missing, doubled, loud, kills = (
        sum(getattr(report, name) for report in reports)
        for name in ("missing", "doubled", "loud", "kills")
    )
    resumed = tuple(seconds for report in reports for seconds in report.resumed)
    return Report(first.people, first.rate, kills, missing, doubled, loud, resumed)


def _next(came: Sequence[Message], killed: float) -> float:
    """The first copy after a kill that was not on its way then."""
    return min((m.at for m in came if m.at > killed + 4 * ROUND_TRIP), default=killed)


async def ended(states: Callable[[], list[str]], patience: float = 60) -> None:
    """Wait until nothing is left to send."""
    async with asyncio.timeout(patience):
        while set(await asyncio.to_thread(states)) != {"done"}:  # noqa: ASYNC110 # a row in a database
            await asyncio.sleep(0.1)
