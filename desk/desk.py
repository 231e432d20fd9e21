"""Office: what exists for a whole run. Desk: one unit of work at one moment."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from desk.clocks import Times, day_of
from nlp.blocklist import Blocklist
from nlp.boundaries import Boundaries
from nlp.faq import Questions
from nlp.gazetteer import Gazetteer
from nlp.judge import Judge
from nlp.lookup import Lookup
from nlp.methods import Methods
from nlp.places import Router
from nlp.rehearsal import Rehearsal
from nlp.reviewed import Reviewed
from nlp.twins import Twins
from storage.db import Role, Session, Store
from storage.keyring import Keyring
from storage.vault import PASSWORD_COST, PasswordCost

__all__ = ["Desk", "Office", "Session", "Tools"]


@dataclass(frozen=True, slots=True)
class Tools:
    """What every desk may use; only the judge changes during a run, by one taught more words."""

    keyring: Keyring
    gazetteer: Gazetteer
    router: Router
    lookup: Lookup
    judge: Judge
    rehearsal: Rehearsal
    questions: Questions
    methods: Methods
    twins: Twins
    answers: Mapping[str, Reviewed]  # FAQ intent id → its reviewed answer
    method_names: Mapping[str, str]  # scam method id → its name
    password_cost: PasswordCost = PASSWORD_COST
    boundaries: Boundaries | None = None  # only where an operator brought some
    blocklist: Blocklist = field(default_factory=lambda: Blocklist([]))  # likewise
    times: Times = field(default_factory=Times)
    keep_corrections: bool = False  # only where the operator wants to learn from them


@dataclass(frozen=True, slots=True)
class Desk:
    """One transaction at one moment (`at` is aware UTC). Rules take it as their first argument."""

    session: Session
    at: datetime
    tools: Tools
    afterwards: list[Callable[["Office"], None]] = field(default_factory=list)

    def then(self, step: Callable[["Office"], None]) -> None:
        """Have this done in this process once everything is stored; if it is not, never."""
        self.afterwards.append(step)

    @property
    def hour(self) -> datetime:
        """The moment as a tip may remember it."""
        return self.at.replace(minute=0, second=0, microsecond=0)

    @property
    def today(self) -> date:
        """The day in Việt Nam: what people read, and what law and promises count."""
        return day_of(self.at)

    @property
    def key_day(self) -> date:
        """The day in UTC, for keys and nothing else: they are made and destroyed by it.

        Rows say under which day's key they are sealed, so it must never follow another clock.
        """
        return self.at.date()


class Office:
    """Opens desks."""

    def __init__(
        self, store: Store, tools: Tools, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """`clock` returns aware UTC."""
        self.store = store
        self.tools = tools
        self._clock = clock

    @contextmanager
    def begin(self, role: Role, officer: UUID | None = None) -> Iterator[Desk]:
        """A desk for one unit of work: stored when it ends, undone when an error leaves it.

        Raises:
            storage.db.DatabaseDownError: nothing was stored.
        """
        at = self._clock()
        with self.store.begin(role, officer) as session:
            desk = Desk(session, at, self.tools)
            yield desk
        for step in desk.afterwards:
            step(self)
