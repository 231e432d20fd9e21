"""What the command line does beside a running program: invitations, lists, the audit chain."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bot.database import require_schema, require_started, visited
from bot.settings import Settings, SettingsError
from desk import audit, contacts, corrections, duty, hamlets, officers, reroutes, resets, stations
from desk.desk import Desk, Office
from storage.db import Store
from storage.keyring import Keyring

Say = Callable[[str], None]


def invite(settings: Settings, station: str, role: str, say: Say) -> None:
    """Print a one-time link for the first officer of a station.

    Raises:
        SettingsError: no such station.
        DeskError: the station is open already.
    """
    with _office(settings) as office, office.begin("desk") as desk:
        row = stations.find(desk, station)
        if row is None:
            raise SettingsError(f"no station {station!r}: see python -m bot stations list")
        role = role or ("province" if row.kind == "province" else "chief")
        token = officers.first_invite(desk, station, role)
    say(f"{row.name}: open once, within 48 hours\n{settings.address}/desk/join/{token}")


def reset(settings: Settings, username: str, say: Say) -> None:
    """Print a one-time link that asks for the recovery key.

    Raises:
        DeskError: nobody with this name works anywhere.
    """
    with _office(settings) as office, office.begin("desk") as desk:
        token = resets.operators_token(desk, username)
    say(f"{username}: open once, within 48 hours, with the recovery key of the province at hand")
    say(f"{settings.address}/desk/reset/{token}")


def alerts(settings: Settings, station: str, say: Say) -> None:
    """Print a one-time code that makes a chat a station's.

    Raises:
        SettingsError: no such station.
    """
    with _office(settings) as office, office.begin("desk") as desk:
        row = stations.find(desk, station)
        if row is None:
            raise SettingsError(f"no station {station!r}: see python -m bot stations list")
        code = duty.new_code(desk, station)
        connected = len(duty.chats(desk, station))
    say(f"{row.name}: {connected} chats connected so far.")
    say("In the officers' group (or chat) on Telegram, with the bot in it, write within 48 hours:")
    say(f"/truc {code}")


def list_officers(settings: Settings, station: str, say: Say) -> None:
    """Print who works at a station."""
    with _office(settings) as office, office.begin("desk") as desk:
        for officer in officers.colleagues(desk, station):
            say(f"{officer.username:<20} {officer.role:<10} {officer.state:<8} {officer.name}")


def list_stations(settings: Settings, province: str, say: Say) -> None:
    """Print open stations, or every station of a province."""
    with _office(settings) as office, office.begin("desk") as desk:
        found = stations.of_province(desk, province) if province else stations.active(desk)
        for station in found:
            state = f"open since {station.active_since}" if station.active_since else "not open"
            say(f"{station.code:<6} {station.name:<44} {state}")
        if not found:
            say("No station is open yet." if not province else f"No province {province}.")


def import_contacts(settings: Settings, file: Path, say: Say) -> bool:
    """Store the good lines of a file; False if there was a bad one.

    Raises:
        SettingsError: the file as a whole cannot be read.
    """
    done = _imported(settings, file, contacts.take)
    return _told(done, "stations", say)


def import_hamlets(settings: Settings, file: Path, say: Say, *, skip_bad: bool) -> bool:
    """Store the hamlets of a file; False if there was a bad line.

    Raises:
        SettingsError: the file as a whole cannot be read.
    """
    done = _imported(settings, file, partial(hamlets.take, skip_bad=skip_bad))
    return _told(done, "hamlets", say)


def list_reroutes(settings: Settings, say: Say) -> None:
    """Print examples of tips that officers sent elsewhere."""
    say("month,from,to,reason,pattern")
    with _office(settings) as office, office.begin("sweeps") as desk:
        for row in reroutes.every(desk):
            say(f'{row.month},{row.from_code},{row.to_code},{row.reason},"{row.pattern}"')


def export_corrections(settings: Settings, file: Path, say: Say) -> None:
    """Write what officers corrected to a new file that only this account may read.

    Raises:
        SettingsError: nothing is kept here.
        FileExistsError: nothing is overwritten.
    """
    if not settings.keep_corrections:
        raise SettingsError(
            "KEEP_CORRECTIONS is false: nothing of corrected tips is kept; see docs/deploy.md"
        )
    with _office(settings) as office, office.begin("sweeps") as desk:
        lines = corrections.export(desk)
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.writelines(f"{line}\n" for line in lines)
    say(f"{len(lines)} corrections written to {file}")
    if not lines:
        say(f"A label is written once it has {corrections.FEWEST}.")


def _imported(
    settings: Settings, file: Path, take: Callable[[Desk, list[str]], contacts.Imported]
) -> contacts.Imported:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
        with _office(settings) as office, office.begin("sweeps") as desk:
            return take(desk, lines)
    except (UnicodeDecodeError, contacts.BadFileError) as error:
        raise SettingsError(f"{file}: {error}") from None


def _told(done: contacts.Imported, what: str, say: Say) -> bool:
    for bad in done.bad:
        say(f"line {bad.number}: {bad.reason}")
    say(f"{done.stored} {what} stored, {len(done.bad)} lines not")
    return not done.bad


def verify_audit(settings: Settings, known: str, say: Say) -> bool:
    """Walk the chain; False if it is broken. Args: known: an end printed before, or empty.

    Raises:
        SettingsError: that is no end of a log.
    """
    try:
        noted = audit.noted(known) if known else None
    except ValueError:
        raise SettingsError("--head is what `audit verify` printed: 123:9f…") from None
    with _office(settings) as office, office.begin("desk") as desk:
        good, broken = audit.verify(desk, noted)
        head = audit.head(desk)
    if broken is None:
        say(f"{good} entries, unbroken. Note the end elsewhere, and check it later with --head:")
        say(str(head))
    else:
        say(f"from entry {broken} on the log is not what was written; {good} before it are good")
    return broken is None


@contextmanager
def _office(settings: Settings) -> Iterator[Office]:
    """An office beside the one that may be running."""
    from bot import tools  # noqa: PLC0415 # models load only when a command needs a desk

    require_started(settings)
    keyring = Keyring(settings.data_dir / "keys")
    with visited(settings, keyring) as database, Store(database.urls, pool_size=1) as store:
        require_schema(database)
        yield Office(store, tools.as_set(tools.load(keyring), settings))
