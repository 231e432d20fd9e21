"""Chats in which a station's officers hear that something waits.

A one-time code from the desk connects a chat; its address is sealed under the bot key and known by
the day it was connected, nothing finer.
"""

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from desk import audit, codes, outbox, stations
from desk.desk import Desk
from desk.errors import NotAllowedError
from desk.inbox import Lane
from desk.officers import Signed
from storage import duty
from storage.models import DutyChat, DutyCode
from storage.vault import SealError

CODE_LIFE = timedelta(hours=48)
_CODE_BYTES = 10  # 80 bits: nobody guesses one in two days


@dataclass(frozen=True, slots=True)
class Connected:
    """A chat that is told; where it is stays sealed."""

    id: UUID
    channel: str
    since: date


def invite_chat(desk: Desk, signed: Signed) -> str:
    """A code for one chat of the officer's own station.

    Raises:
        NotAllowedError: not a chief.
    """
    _check_chief(signed)
    station = signed.officer.station_code
    audit.record(desk, "duty.code", officer=signed.id, station=station)
    return new_code(desk, station)


def connected(desk: Desk, station: str) -> list[Connected]:
    """The station's chats, oldest first."""
    rows = duty.of_station(desk.session, station)
    return [Connected(row.id, row.channel, row.since) for row in rows]


def cut(desk: Desk, signed: Signed, chat: UUID) -> bool:
    """Tell one of the own station's chats nothing any more; False if there is none such.

    Raises:
        NotAllowedError: not a chief.
    """
    _check_chief(signed)
    station = signed.officer.station_code
    if not duty.drop_of_station(desk.session, station, chat):
        return False
    audit.record(desk, "duty.disconnected", officer=signed.id, station=station)
    return True


def new_code(desk: Desk, station: str) -> str:
    """A code for one chat of this station, valid two days. It is shown once and not stored."""
    code = codes.encode(secrets.token_bytes(_CODE_BYTES))
    mac = _code_mac(desk, codes.read_symbols(code))
    row = DutyCode(code_mac=mac, station_code=station, expires_at=desk.at + CODE_LIFE)
    duty.put_code(desk.session, row)
    return code


def connect(desk: Desk, lane: Lane, typed: str) -> str | None:
    """Make this chat the station's whose code was typed; its name, or None for a wrong code."""
    symbols = codes.read_symbols(typed)
    duty.purge_codes(desk.session, desk.at)
    code = duty.use_code(desk.session, _code_mac(desk, symbols), desk.at) if symbols else None
    if code is None:
        return None
    row_id = uuid4()
    row = DutyChat(
        id=row_id,
        station_code=code,
        channel=lane.channel,
        address_mac=_mac(desk, lane),
        sealed=desk.tools.keyring.bot.seal(lane.address.encode(), f"duty {row_id}"),
        since=desk.today,
    )
    duty.put(desk.session, row)
    audit.record(desk, "duty.connected", station=code)
    station = stations.find(desk, code)
    return station.name if station else code


def disconnect(desk: Desk, lane: Lane) -> bool:
    """This chat is told nothing any more; False if it never was."""
    row = duty.by_mac(desk.session, _mac(desk, lane))
    if row is None:
        return False
    duty.drop(desk.session, row.address_mac)
    audit.record(desk, "duty.disconnected", station=row.station_code)
    return True


def move(desk: Desk, lane: Lane, address: str) -> None:
    """The chat has a new address; nothing happens if it is no station's."""
    row = duty.by_mac(desk.session, _mac(desk, lane))
    if row is None:
        return
    sealed = desk.tools.keyring.bot.seal(address.encode(), f"duty {row.id}")
    duty.move(desk.session, row.id, _mac(desk, Lane(lane.channel, address)), sealed)


def chats(desk: Desk, station: str) -> list[Lane]:
    """Where the station's officers want to hear of it."""
    found = []
    for row in duty.of_station(desk.session, station):
        with suppress(SealError):  # restored without its key: it has to be connected anew
            address = desk.tools.keyring.bot.unseal(row.sealed, f"duty {row.id}").decode()
            found.append(Lane(row.channel, address))
    return found


def tell(desk: Desk, station: str, text: str) -> None:
    """Write to every chat of the station."""
    for lane in chats(desk, station):
        outbox.put(desk, lane.channel, lane.address, {"text": text})


def _check_chief(signed: Signed) -> None:
    if not signed.may_invite:
        raise NotAllowedError


def _mac(desk: Desk, lane: Lane) -> bytes:
    return desk.tools.keyring.bot.mac(f"duty {lane.channel}", lane.address)


def _code_mac(desk: Desk, symbols: str) -> bytes:
    return desk.tools.keyring.bot.mac("duty code", symbols)
