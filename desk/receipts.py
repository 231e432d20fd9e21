"""A citizen comes back with a receipt, from any browser or chat."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk import clocks, codes, envelope, photos
from desk.desk import Desk
from desk.errors import (
    ClosedError,
    EmptyTextError,
    TooManyPhotosError,
    WrongReceiptError,
)
from desk.tips import TEXT_LIMIT
from storage import stations, tips
from storage.tips import EntryRow, ReceiptRow


@dataclass(frozen=True, slots=True)
class Line:
    """One line a citizen may read; `kind` as in `TipEntry`, `photos` how many came with it."""

    kind: str
    at_hour: datetime
    text: str
    photos: int = 0


@dataclass(frozen=True, slots=True)
class Followed:
    """What a receipt opens."""

    station: str
    state: str
    urgent: bool
    disposition: str | None
    received_hour: datetime
    lines: tuple[Line, ...]

    @property
    def questions_open(self) -> bool:
        """Whether an officer waits for an answer."""
        return self.state == "waiting"


def follow(desk: Desk, typed: str) -> Followed:
    """Status and messages of the tip a receipt belongs to.

    Raises:
        WrongReceiptError: no tip has it; mistyped and unknown look the same.
    """
    symbols, row = _find(desk, typed)
    key = _content_key(desk, symbols, row)
    lines = tuple(
        Line(entry.kind, entry.at_hour, str(line["text"]), photos.count([line]))
        for entry, line in _lines(desk, symbols, row, key)
    )
    station = stations.find(desk.session, row.station_code)
    name = station.name if station else row.station_code
    return Followed(name, row.state, row.urgent, row.disposition, row.received_hour, lines)


def add(desk: Desk, typed: str, text: str, pictures: Sequence[str] = ()) -> None:
    """Answer the officer, or add facts; officers are told again if it sounds like danger now.

    Args: pictures: ids of photographs that came along.

    Raises:
        WrongReceiptError: no tip has this receipt.
        EmptyTextError: nothing was written, and no photograph came.
        TooManyPhotosError: the tip has as many as it may.
        ClosedError: the tip has been closed.
    """
    text = text.strip()[:TEXT_LIMIT]
    symbols, _ = _find(desk, typed)
    mac = envelope.receipt_mac(desk.tools.keyring, symbols)
    if desk.tools.judge.judge(text).urgent:
        _ring(desk, mac)
    # An officer may be closing it this moment: the number waits for them, then it is looked at.
    no = tips.next_no_by_receipt(desk.session, mac)
    symbols, row = _find(desk, typed)
    if row.state == "closed":
        raise ClosedError
    key = _content_key(desk, symbols, row)
    found = photos.loaded(desk, pictures)
    if not text and not found:
        raise EmptyTextError
    if (
        found
        and len(found) + photos.count(line for _, line in _lines(desk, symbols, row, key))
        > photos.MOST
    ):
        raise TooManyPhotosError(limit=str(photos.MOST))
    kind = "answer" if row.state == "waiting" else "addition"
    content: dict[str, Any] = {"text": text}
    if found:
        content["photos"] = photos.listed(found)
    sealed = envelope.seal(key, row.id, no, kind, content)
    tips.append_by_receipt(desk.session, mac, no, kind, desk.hour, sealed)
    photos.attach(desk, row.id, key, found)


def _ring(desk: Desk, mac: bytes) -> None:
    times = desk.tools.times
    take_by = clocks.take_by(times, desk.at, urgent=True)
    handle_by = clocks.handle_by(times, desk.hour, desk.at, urgent=True)
    alert_at = desk.at.replace(second=0, microsecond=0)
    tips.make_urgent_by_receipt(desk.session, mac, alert_at, take_by, handle_by)


def _lines(
    desk: Desk, symbols: str, row: ReceiptRow, key: bytes
) -> Iterator[tuple[EntryRow, dict[str, Any]]]:
    """The timeline as the citizen may read it, each line with what it says."""
    mac = envelope.receipt_mac(desk.tools.keyring, symbols)
    for entry in tips.entries_by_receipt(desk.session, mac):
        yield entry, envelope.unseal(key, row.id, entry.no, entry.kind, entry.sealed)


def _find(desk: Desk, typed: str) -> tuple[str, ReceiptRow]:
    symbols = codes.read_receipt(typed)
    if symbols is None:
        raise WrongReceiptError
    row = tips.by_receipt(desk.session, envelope.receipt_mac(desk.tools.keyring, symbols))
    if row is None:
        raise WrongReceiptError
    return symbols, row


def _content_key(desk: Desk, symbols: str, row: ReceiptRow) -> bytes:
    private = envelope.receipt_private_key(symbols)
    return envelope.unwrap(
        desk.tools.keyring, row.month, row.id, envelope.RECEIPT, row.enclosed, private
    )
