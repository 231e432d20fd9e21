"""What every desk may use, read from the data folder of this repository once per run."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from bot.settings import Settings
from desk import library
from desk.clocks import Times, read_days_off
from desk.desk import Tools
from nlp import reviewed
from nlp.blocklist import Blocklist
from nlp.boundaries import Boundaries
from nlp.faq import Questions
from nlp.gazetteer import Gazetteer
from nlp.judge import Judge
from nlp.lookup import Lookup
from nlp.methods import Methods
from nlp.places import Router
from nlp.rehearsal import Rehearsal
from nlp.twins import Twins
from storage.keyring import Keyring
from storage.vault import PASSWORD_COST, PasswordCost

DATA = Path(__file__).parent.parent / "data"
MODELS = DATA / "models"
KNOWN_TIPS = DATA / "evaluation" / "tips.jsonl"

T = TypeVar("T")


class _Late(Generic[T]):
    """Stands for something that is loaded when it is first used."""

    def __init__(self, load: Callable[[], T]) -> None:
        self._load = load

    @cached_property
    def _found(self) -> T:
        return self._load()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 # whatever it is
        return getattr(self._found, name)


def for_sending(keyring: Keyring) -> Tools:
    """For a process that only sends: 28 MiB of models and gazetteer stay on the disk."""
    gazetteer = cast("Gazetteer", _Late(lambda: Gazetteer.load(DATA / "gazetteer")))
    return Tools(
        keyring=keyring,
        gazetteer=gazetteer,
        router=cast("Router", _Late(lambda: Router(gazetteer))),
        lookup=cast("Lookup", _Late(lambda: Lookup(gazetteer))),
        judge=cast("Judge", _Late(lambda: Judge.load(MODELS))),
        rehearsal=Rehearsal(KNOWN_TIPS),
        questions=cast("Questions", _Late(lambda: Questions.load(MODELS))),
        methods=cast("Methods", _Late(lambda: Methods.load(MODELS))),
        twins=cast("Twins", _Late(lambda: Twins.load(MODELS))),
        answers={},
        method_names={},
    )


def load(
    keyring: Keyring,
    password_cost: PasswordCost = PASSWORD_COST,
    boundaries: Path | None = None,
    blocked: Path | None = None,
) -> Tools:
    """Models, gazetteer and keys.

    Args:
        keyring: of this data folder.
        password_cost: of a log-in.
        boundaries: where a pack of them may lie.
        blocked: where a block list may lie.

    Raises:
        desk.library.BrokenSampleError: a notice of the library cannot be read.
    """
    library.samples()  # read by whoever shows one; a broken file stops the start, not a page
    gazetteer = Gazetteer.load(DATA / "gazetteer")
    return Tools(
        keyring=keyring,
        gazetteer=gazetteer,
        router=Router(gazetteer),
        lookup=Lookup(gazetteer),
        judge=Judge.load(MODELS),
        rehearsal=Rehearsal(KNOWN_TIPS),
        questions=Questions.load(MODELS),
        methods=Methods.load(MODELS),
        twins=Twins.load(MODELS),
        answers=reviewed.read(DATA / "faq"),
        method_names=_names("scam_methods.json", "name"),
        password_cost=password_cost,
        boundaries=Boundaries.load(boundaries) if boundaries else None,
        blocklist=Blocklist.load(blocked) if blocked else Blocklist([]),
        times=Times(read_days_off(DATA / "holidays.json")),
    )


def as_set(tools: Tools, settings: Settings) -> Tools:
    """The same with the operator's own times for tips, and whether corrections are kept."""
    times = replace(
        tools.times,
        take_days=settings.take_days,
        handle_days=settings.handle_days,
        urgent_hours=settings.urgent_hours,
    )
    return replace(tools, times=times, keep_corrections=settings.keep_corrections)


def _names(file: str, field: str) -> dict[str, str]:
    rows = json.loads((DATA / "taxonomy" / file).read_text(encoding="utf-8"))
    return {row["id"]: row[field] for row in rows}
