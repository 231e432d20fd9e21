"""The facts of a tip as a form: filled in by the machine, corrected by officers.

Category and urgency are columns of the row, for the queue needs them; everything else is sealed.
The machine's suggestions are stored nowhere: they are read from the text whenever it is opened.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from desk import clocks, corrections, opening
from desk.desk import Desk
from desk.errors import TooLongError
from desk.officers import Signed
from desk.queue import Opened
from nlp import facts
from storage import stations, tips
from storage.models import Tip

FIELD_LIMIT = 200  # characters
ONGOING = ("unknown", "yes", "no")


@dataclass(frozen=True, slots=True)
class Facts:
    """What, besides its category, is known of a tip. `place`: code of a commune or province.

    `ongoing`: "yes", "no" or "unknown".
    """

    place: str | None
    place_words: str
    when: str
    who: str
    ongoing: str


@dataclass(frozen=True, slots=True)
class Known:
    """The facts as they stand, `by` an officer or, None, by the machine alone.

    `evidence`: words of the text the machine took them from. `other_place`: where the text itself
    seems to say it happened, if that is not what the sender confirmed.
    """

    facts: Facts
    by: str | None
    evidence: tuple[str, ...]
    other_place: str | None


def of(desk: Desk, opened: Opened) -> Known:
    """What an officer wrote last, else what the machine reads."""
    report = opened.report
    read = facts.read(report["text"])
    place = desk.tools.router.locate(report["text"])
    where = report["text"][slice(*place.evidence)] if place.evidence else ""
    evidence = (*report["evidence"], *read.when, *read.who, *([where] if where else []))
    other = place.code if place.code not in (None, report["place"]) else None
    written = [line for line in opened.lines if line.kind == "facts"]
    if written:
        last = written[-1]
        return Known(Facts(**last.content), last.author, evidence, None)
    suggested = Facts(
        place=report["place"],
        place_words=report["place_words"].strip(),
        when=report["when_words"].strip() or ", ".join(read.when),
        who=", ".join(read.who)[:FIELD_LIMIT],
        ongoing="yes" if opened.tip.urgent or read.now else "unknown",
    )
    return Known(suggested, None, evidence, other)


def save(desk: Desk, signed: Signed, tip_id: UUID, known: Facts) -> None:
    """Write the facts down, sealed. Colleagues read them, the sender never does.

    Raises:
        TooLongError: a field holds a story.
        ValueError: no such state or place; pages offer only those there are.
    """
    tip = opening.still_open(desk, tip_id)
    if known.ongoing not in ONGOING:
        raise ValueError("unknown state")
    if known.place is not None and stations.find(desk.session, known.place) is None:
        raise ValueError("unknown place")
    long = {text for text in (known.place_words, known.when, known.who) if len(text) > FIELD_LIMIT}
    if long:  # unless the sender wrote it so, and it stays as suggested
        report = opening.report(desk, signed, tip)
        if not long <= {report["place_words"].strip(), report["when_words"].strip()}:
            raise TooLongError(limit=str(FIELD_LIMIT))
    opening.append(desk, signed, tip, "facts", asdict(known))
    opening.record(desk, signed, tip, "tip.facts")


def set_category(desk: Desk, signed: Signed, tip_id: UUID, category: str) -> None:
    """Say what it really is about; setting what it is already changes nothing.

    Args: category: an id of `data/taxonomy/categories.json`; pages offer only those.
    """
    tip = opening.still_open(desk, tip_id)
    before = tip.category
    if before == category:
        return
    tips.set_category(desk.session, tip_id, category)
    if desk.tools.keep_corrections:
        corrections.keep(desk, opening.report(desk, signed, tip), category)
    opening.record(desk, signed, tip, "tip.category", f"{before}>{category}")


def set_urgent(desk: Desk, signed: Signed, tip_id: UUID, *, urgent: bool) -> None:
    """Say how soon it must be looked at; its clock is set anew, and officers are told.

    A clock the law started goes on.
    """
    tip = opening.still_open(desk, tip_id)
    if tip.urgent == urgent:
        return
    if urgent and tip.claimed_by is None:
        tips.tell_again(desk.session, tip_id, desk.at.replace(second=0, microsecond=0))
    tips.set_urgent(desk.session, tip_id, urgent=urgent)
    if tip.formal_since is None:
        tips.set_clock(desk.session, tip_id, tip.clock, _due(desk, tip, urgent=urgent))
    opening.record(desk, signed, tip, "tip.urgent" if urgent else "tip.calm")


def not_spam(desk: Desk, signed: Signed, tip_id: UUID) -> None:
    """The machine was wrong: back among the new ones."""
    tip = opening.still_open(desk, tip_id)
    if tip.suspect:
        tips.set_suspect(desk.session, tip_id, suspect=False)
        opening.record(desk, signed, tip, "tip.not_spam")


def _due(desk: Desk, tip: Tip, *, urgent: bool) -> datetime:
    times = desk.tools.times
    if tip.claimed_by is None:
        began = desk.at if urgent else tip.received_hour
        return clocks.take_by(times, began, urgent=urgent)
    return clocks.handle_by(times, tip.received_hour, desk.at, urgent=urgent)
