"""A citizen comes back with a receipt, from any browser or chat."""

from dataclasses import dataclass
from datetime import datetime

from desk import codes, envelope
from desk.desk import Desk
from desk.errors import ClosedError, EmptyTextError, WrongReceiptError
from desk.tips import TEXT_LIMIT
from storage import stations, tips
from storage.tips import ReceiptRow


@dataclass(frozen=True, slots=True)
class Line:
    """One line a citizen may read; `kind` as in `TipEntry`."""

    kind: str
    at_hour: datetime
    text: str


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
    mac = envelope.receipt_mac(desk.tools.keyring, symbols)
    lines = tuple(
        Line(e.kind, e.at_hour, str(envelope.unseal(key, row.id, e.no, e.kind, e.sealed)["text"]))
        for e in tips.entries_by_receipt(desk.session, mac)
    )
    station = stations.find(desk.session, row.station_code)
    name = station.name if station else row.station_code
    return Followed(name, row.state, row.urgent, row.disposition, row.received_hour, lines)


def add(desk: Desk, typed: str, text: str) -> None:
    """Answer the officer, or add facts.

    Raises:
        WrongReceiptError: no tip has this receipt.
        EmptyTextError: nothing was written.
        ClosedError: the tip has been closed.
    """
    text = text.strip()[:TEXT_LIMIT]
    if not text:
        raise EmptyTextError
    symbols, row = _find(desk, typed)
    if row.state == "closed":
        raise ClosedError
    kind = "answer" if row.state == "waiting" else "addition"
    mac = envelope.receipt_mac(desk.tools.keyring, symbols)
    key = _content_key(desk, symbols, row)
    no = tips.next_no_by_receipt(desk.session, mac)
    sealed = envelope.seal(key, row.id, no, kind, {"text": text})
    tips.append_by_receipt(desk.session, mac, no, kind, desk.hour, sealed)


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
