"""What is wrong, and how to mend it: settings, keys, database, models, and who answers for it."""

import asyncio
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot import mandate, outside, tools
from bot.channels.base import Channel, Health
from bot.channels.telegram import Account, Telegram
from bot.database import require_schema, require_started, visited
from bot.leaflet import BOLD, FONTS, REGULAR
from bot.settings import Settings, SettingsError
from desk import audit, clocks, contacts, library, questions, stations
from desk.desk import Office, Tools
from nlp import reviewed
from nlp.reviewed import BrokenAnswerError
from storage import key_copy
from storage.db import DatabaseDownError, Store
from storage.keyring import Keyring
from storage.private import LooseError
from storage.server import ServerError

FREE_BYTES = (
    2 * 2**30
)  # a year of a province's tips is well under this (storage §5: 223 MB a million)

NAMED = 5  # stations a line can hold


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    ok: bool
    what: str
    mend: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Look at everything that can be looked at beside a running program."""
    standing = [*_of_settings(settings), *of_mandate(settings)]
    found = [*standing, *_of_disk(settings), *_of_notices()]
    try:
        keyring = Keyring(settings.data_dir / "keys")
    except LooseError as error:
        return [*found, Finding(ok=False, what="keys", mend=str(error))]
    reached = _of_telegram(settings)
    answers = of_answers(tools.DATA / "faq", clocks.day_of(datetime.now(UTC)))
    mine = [*reached, *answers, *_of_keys(settings)]
    return [*found, *mine, *_of_database(settings, keyring)]


def _of_settings(settings: Settings) -> Iterator[Finding]:
    named = settings.operator_name is not None
    yield Finding(
        named,
        f"operator: {settings.operator_name or 'nobody, every screen says it is a trial'}",
        "" if named else "set OPERATOR_NAME once the unit that answers for this channel is decided",
    )
    plain = settings.address.startswith("http:") and "127.0.0.1" not in settings.address
    yield Finding(
        not plain,
        f"address: {settings.address}",
        "citizens' words would cross the network in clear: put TLS before it (docs/deploy.md)"
        if plain
        else "",
    )


def of_mandate(settings: Settings) -> Iterator[Finding]:
    """Public channels are blocked until somebody wrote down on what they stand."""
    for record in mandate.records(settings):
        yield Finding(not record.mend, record.what, record.mend)
    lacking, reached = mandate.missing(settings), mandate.open_to_public(settings)
    if not reached:
        yield Finding(ok=True, what="public channels: none, nobody outside reaches this address")
        return
    yield Finding(
        not lacking,
        f"public channels: {', '.join(reached)}"
        + (f"; BLOCKED, for want of {', '.join(lacking)}" if lacking else ""),
        "tell no citizen the address before these are recorded (docs/deploy.md)" if lacking else "",
    )


def _of_telegram(settings: Settings) -> Iterator[Finding]:
    """That Telegram cannot be reached is a normal state; that it refuses the token is not."""
    account = outside.account_of(settings)
    if account is None:
        yield Finding(ok=True, what="telegram: not set up")
        return
    health = asyncio.run(_telegram_health(account))
    yield Finding(health.ok, f"telegram: {'reached' if health.ok else 'no'}", health.detail)


async def _telegram_health(account: Account) -> Health:
    async def nothing(_channel: Channel, _raw: Mapping[str, Any]) -> None:
        """Nothing is fetched here."""

    async with Telegram(account, nothing) as channel:
        return await channel.health()


def _of_disk(settings: Settings) -> Iterator[Finding]:
    folder = (
        settings.data_dir if settings.data_dir.exists() else settings.data_dir.absolute().parent
    )
    free = shutil.disk_usage(folder).free
    yield Finding(
        free > FREE_BYTES,
        f"disk: {free / 2**30:.1f} GiB free",
        "" if free > FREE_BYTES else "make room: a full disk refuses tips",
    )


def _of_notices() -> Iterator[Finding]:
    today = clocks.day_of(datetime.now(UTC))
    stale = [sample.method for sample in library.samples().values() if sample.stale(today)]
    yield Finding(
        not stale,
        f"library: {len(stale)} notices not checked for half a year" if stale else "library: fresh",
        f"compare data/notices/{stale[0]}.md with its sources, then renew “Kiểm tra ngày”"
        if stale
        else "",
    )
    there = all((FONTS / f"{name}.ttf").exists() for name in (REGULAR, BOLD))
    yield Finding(
        there,
        f"leaflets: {'can' if there else 'cannot'} be printed",
        "" if there else "make run, which fetches the font into bot/fonts",
    )


def _of_keys(settings: Settings) -> Iterator[Finding]:
    missing = key_copy.uncopied(settings.data_dir / "keys")
    yield Finding(
        not missing,
        "keys: copied" if not missing else f"keys: {len(missing)} never copied",
        "" if not missing else "python -m bot backup FILE --keys FILE-ON-ANOTHER-DISK",
    )


def of_answers(folder: Path, today: date) -> Iterator[Finding]:
    """Answers people read have a day on which somebody has to look their source up again."""
    try:
        answers = reviewed.read(folder)
    except BrokenAnswerError as error:
        yield Finding(ok=False, what="answers", mend=str(error))
        return
    due = questions.ageing(answers.values(), today)
    old = [answer.intent for answer in due if not questions.fresh(answer, today)]
    soon = [f"{answer.intent} ({answer.expires})" for answer in due if answer.intent not in old]
    yield Finding(
        not old,
        f"answers: {len(answers) - len(old)} of {len(answers)} may be shown"
        + (f"; expired: {', '.join(old)}" if old else ""),
        "" if not old else "compare them with their source, then move both dates in data/faq",
    )
    if soon:
        yield Finding(ok=True, what=f"answers that expire soon: {', '.join(soon)}")


def _of_database(settings: Settings, keyring: Keyring) -> Iterator[Finding]:
    try:
        require_started(settings)
        with visited(settings, keyring) as database, Store(database.urls, pool_size=1) as store:
            require_schema(database)
            yield from of_rows(Office(store, tools.load(keyring)))
    except (ServerError, SettingsError, DatabaseDownError) as error:
        yield Finding(ok=False, what="database", mend=str(error))
    except FileNotFoundError as error:
        yield Finding(
            ok=False, what=f"models: {error.filename} is missing", mend="python -m bot train"
        )


def _of_holidays(tools: Tools) -> Finding:
    years = clocks.unknown_years(tools.times.days_off, clocks.day_of(datetime.now(UTC)))
    return Finding(
        not years,
        f"holidays: {'known' if not years else 'none for ' + ', '.join(map(str, years))}",
        "" if not years else "add them to data/holidays.json, or clocks count Tết as working days",
    )


def of_rows(office: Office) -> Iterator[Finding]:
    """What an open database tells."""
    yield Finding(ok=True, what="models and gazetteer: loaded")
    yield _of_holidays(office.tools)
    with office.begin("desk") as desk:
        provinces = [station.name for station in stations.receiving_provinces(desk)]
        good, broken = audit.verify(desk)
        unsure = contacts.unsure(desk)
    yield Finding(
        bool(provinces),
        f"province desks open: {', '.join(provinces) or 'none, so no tip is taken'}",
        "" if provinces else "start the program and open the link it prints",
    )
    yield from _of_contacts(unsure)
    yield Finding(
        broken is None,
        f"audit log: {good} entries" + ("" if broken is None else f", broken at {broken}"),
        "" if broken is None else "somebody changed the log: keep this database, call the operator",
    )


def _of_contacts(unsure: contacts.Unsure) -> Iterator[Finding]:
    """Citizens call these numbers: a wrong one is worse than 113."""
    days = contacts.FRESH.days
    for what, names in (
        ("never entered", unsure.missing),
        (f"not checked for {days} days", unsure.old),
    ):
        if names:
            yield Finding(
                ok=False,
                what=f"duty numbers {what}: {_some(names)}",
                mend="call the number, then python -m bot stations import FILE with today's date",
            )
    if not unsure.missing and not unsure.old:
        yield Finding(ok=True, what=f"duty numbers of open stations: checked within {days} days")


def _some(names: Sequence[str]) -> str:
    """The first few of many."""
    shown = ", ".join(names[:NAMED])
    return f"{shown} and {len(names) - NAMED} more" if len(names) > NAMED else shown
