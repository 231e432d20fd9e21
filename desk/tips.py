"""A tip comes in: judged, sealed, put into a queue."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from desk import clocks, codes, envelope, marks, photos, stations
from desk.desk import Desk
from desk.errors import EmptyTextError
from nlp.categories import NOT_A_TIP
from nlp.judge import Judgement
from storage import tips, vault
from storage.models import Station, Tip, TipEntry

TEXT_LIMIT = 4096  # characters; nlp reads no more, and a page of handwriting holds about 2,000


@dataclass(frozen=True, slots=True)
class Draft:
    """What a citizen agreed to send.

    `place` is the code of a commune or province, None for "không biết"; `place_words` is how they
    wrote it. `photos`: ids of photographs that wait with the draft. `readable`: whether it is in
    a language the machine knows; of another one it can only say that it makes no sense.
    """

    text: str
    place: str | None = None
    place_words: str = ""
    when_words: str = ""
    about_station: bool = False
    photos: tuple[str, ...] = ()
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Teller:
    """An officer who writes down what somebody tells, `told` at the desk or by phone.

    `tip` is the id it gets: made with the form, so that sending it twice is sending it once.
    """

    officer: UUID
    tip: UUID
    told: str


@dataclass(frozen=True, slots=True)
class Submitted:
    """What the citizen learns: the receipt exists nowhere else."""

    receipt: str
    station: Station
    urgent: bool
    call: str | None


def submit(desk: Desk, draft: Draft) -> Submitted:
    """Put a tip into the queue of the station it belongs to.

    The receipt may be shown only after this transaction has been committed.

    Raises:
        EmptyTextError: there is nothing to read.
        NotReceivingError: no station that could hold it is active.
    """
    if not draft.text.strip():
        raise EmptyTextError
    goal = stations.destination(desk, draft.place, about_station=draft.about_station)
    return put(desk, draft, goal)


def put(
    desk: Desk, draft: Draft, goal: stations.Destination, by: Teller | None = None
) -> Submitted:
    """Judge, seal and store. Args: by: the officer who wrote it down, None: the citizen did.

    Raises:
        EmptyTextError: there is nothing to read.
    """
    text = draft.text.strip()[:TEXT_LIMIT]
    if not text:
        raise EmptyTextError
    judgement = desk.tools.judge.judge(text)
    receipt = codes.new_receipt()
    symbols = codes.read_symbols(receipt)
    trusted = draft.about_station or not draft.readable
    tip = _row(desk, goal, judgement, symbols, never_suspect=trusted)
    evidence = desk.tools.judge.evidence(text, judgement.category)
    content = _content(draft, text, judgement, evidence)
    pictures = photos.loaded(desk, draft.photos)
    if pictures:
        content["photos"] = photos.listed(pictures)
    if by is not None:
        tip.id, content["told"] = by.tip, by.told
    key = vault.new_key()
    wraps = envelope.wrap(desk.tools.keyring, tip.month, tip.id, key, _holders(goal, symbols))
    entry = TipEntry(
        tip_id=tip.id,
        no=1,
        kind="tip",
        officer_id=by.officer if by else None,
        at_hour=desk.hour,
        sealed=envelope.seal(key, tip.id, 1, "tip", content),
    )
    # Due at once, written down to the minute: a tip's row must not tell when it came.
    due = desk.at.replace(second=0, microsecond=0)
    tips.insert_new(desk.session, tip, wraps, entry, alert_at=due)
    photos.attach(desk, tip.id, key, pictures)
    marks.put(desk, tip.id, text)
    return Submitted(receipt, goal.station, judgement.urgent, judgement.call)


def _row(
    desk: Desk,
    goal: stations.Destination,
    judgement: Judgement,
    symbols: str,
    *,
    never_suspect: bool,
) -> Tip:
    best = judgement.top[1 if judgement.unsure else 0].category
    is_spam = judgement.kind == "other" and not judgement.unsure
    return Tip(
        id=uuid4(),
        station_code=goal.station.code,
        province_code=goal.province.code,
        category=best if best != NOT_A_TIP else "other",
        urgent=judgement.urgent,
        suspect=is_spam and not judgement.urgent and not never_suspect,
        clock="take",
        due_at=clocks.take_by(desk.tools.times, desk.at, urgent=judgement.urgent),
        received_hour=desk.hour,
        receipt_mac=envelope.receipt_mac(desk.tools.keyring, symbols),
        month=f"{desk.key_day:%Y-%m}",
    )


def _holders(goal: stations.Destination, symbols: str) -> dict[str, bytes]:
    """Who can open the tip: the province always, the commune unless it is about its own people."""
    holders = {envelope.RECEIPT: envelope.receipt_public_key(symbols)}
    for_stations = {
        envelope.province_holder(goal.province.code): goal.province.public_key,
    }
    if goal.station.code != goal.province.code:
        for_stations[envelope.station_holder(goal.station.code)] = goal.station.public_key
    return holders | {holder: key for holder, key in for_stations.items() if key is not None}


def _content(
    draft: Draft, text: str, judgement: Judgement, evidence: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "text": text,
        "place": draft.place,
        "place_words": draft.place_words,
        "when_words": draft.when_words,
        "about_station": draft.about_station,
        "auto": judgement.auto,
        "top": [[score.category, round(score.confidence, 3)] for score in judgement.top],
        "evidence": list(evidence),
        "call": judgement.call,
    }
