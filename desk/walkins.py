"""What somebody tells at the desk or on the phone, written down by an officer.

Nothing of the teller is kept, as with any tip, and they get a receipt like everybody. It goes into
the queue of the officer's own station; from there it can be handed on.
"""

from dataclasses import dataclass
from uuid import UUID, uuid5

from desk import audit, stations, tips
from desk.desk import Desk
from desk.errors import AlreadyEnteredError, NotAllowedError, OpinionTipError
from desk.officers import Signed
from desk.tips import Draft, Submitted, Teller
from storage import tips as rows

TOLD = ("desk", "phone")


@dataclass(frozen=True, slots=True)
class Told:
    """What was told, and how: `told` is one of `TOLD`. `place`: code of a commune or province."""

    text: str
    told: str
    place: str | None
    place_words: str
    when_words: str


def id_of(signed: Signed, form: UUID) -> UUID:
    """The tip's id: the officer's own, so that no form can bring one they may not know of."""
    return uuid5(signed.id, form.hex)


def enter(desk: Desk, signed: Signed, form: UUID, told: Told) -> Submitted:
    """Put it into the station's queue; the receipt is shown once.

    Args:
        form: its id; sent twice, it is one tip.

    Raises:
        AlreadyEnteredError: the form was sent before.
        OpinionTipError: an opinion is no tip, whoever tells it.
        EmptyTextError, NotReceivingError: as for every tip.
    """
    if not signed.reads:
        raise NotAllowedError
    if told.told not in TOLD:
        raise ValueError("unknown way of telling")
    tip = id_of(signed, form)
    rows.enter(desk.session, tip)
    if rows.find(desk.session, tip) is not None:
        raise AlreadyEnteredError
    if desk.tools.judge.judge(told.text).kind == "opinion":
        raise OpinionTipError
    station = signed.officer.station_code
    goal = stations.destination(desk, station)
    draft = Draft(told.text, told.place, told.place_words, told.when_words)
    submitted = tips.put(desk, draft, goal, Teller(signed.id, tip, told.told))
    audit.record(desk, "tip.entered", officer=signed.id, station=station, tip=tip)
    return submitted
