"""The command line. Each command reads the settings, does one thing, and says what happened."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot import log
from bot.loops import LoopEndedError
from bot.settings import Settings, SettingsError, load, masked
from desk.errors import DeskError
from storage.db import DatabaseDownError
from storage.private import LooseError
from storage.server import ServerError

cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Tiếng Loa")
people = typer.Typer(no_args_is_help=True, help="Who works at the desks.")
places = typer.Typer(no_args_is_help=True, help="Police stations and whether they are open.")
borders = typer.Typer(no_args_is_help=True, help="Boundaries of communes.")
blocked = typer.Typer(no_args_is_help=True, help="Domains and numbers known to belong to tricks.")
lessons = typer.Typer(no_args_is_help=True, help="What officers corrected.")
records = typer.Typer(no_args_is_help=True, help="The audit log.")
cli.add_typer(people, name="officers")
cli.add_typer(places, name="stations")
cli.add_typer(borders, name="boundaries")
cli.add_typer(blocked, name="blocklist")
cli.add_typer(records, name="audit")
cli.add_typer(lessons, name="corrections")

# What an operator can mend: said in a sentence, without a traceback.
_MENDABLE = (
    SettingsError,
    ServerError,
    LooseError,
    DatabaseDownError,
    DeskError,
    LoopEndedError,
    PermissionError,
)


def main() -> None:
    """Run the command line."""
    try:
        cli()
    except _MENDABLE as error:
        _fail(str(error))
    except OSError as error:
        _fail(f"{error.strerror or error}: {error.filename or 'no file'}")


@cli.command()
def run(only: Annotated[str, typer.Option(help="channels,web,sender,sweeps")] = "") -> None:
    """Start: embedded PostgreSQL unless DATABASE_URL, web chat, officers' desk, all loops."""
    settings = _settings()
    from bot import app  # noqa: PLC0415 # a second of libraries that other commands spare

    parts = frozenset(only.split(",")) if only else frozenset(app.PARTS)
    unknown = parts - set(app.PARTS)
    if unknown:
        _fail(f"--only knows {', '.join(app.PARTS)}; not {', '.join(sorted(unknown))}")
    asyncio.run(app.run(settings, _say, only=parts))


@cli.command()
def demo() -> None:
    """Start with sample stations, officers and tips, in a data folder of their own."""
    given = _settings()
    from bot import app  # noqa: PLC0415 # as above
    from bot import demo as samples  # noqa: PLC0415 # as above

    asyncio.run(app.run(samples.settings_of(given), _say, seed=samples.seed))


@cli.command()
def doctor() -> None:
    """Check settings, keys, database, models; say what is wrong and how to mend it."""
    from bot import doctor as checks  # noqa: PLC0415 # as above

    findings = checks.examine(_settings())
    for finding in findings:
        _say(f"{'ok   ' if finding.ok else 'WRONG'}  {finding.what}")
        if finding.mend:
            _say(f"       {finding.mend}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


@cli.command()
def train() -> None:
    """Learn every model from data/, print the scores, write data/models. Same data, same bytes."""
    from bot.tools import DATA, MODELS  # noqa: PLC0415 # as above
    from nlp import train as learning  # noqa: PLC0415 # as above

    learning.train(DATA, MODELS, _say)


@cli.command()
def settings() -> None:
    """Print every setting, secrets hidden."""
    for name, value in masked(_settings()).items():
        _say(f"{name}={value}")


@cli.command()
def nlp(question: Annotated[str, typer.Argument(help="classify, locate, answer or check")]) -> None:
    """Judge JSON Lines: one object in, one object out, in order. Needs no database."""
    from bot.tools import DATA  # noqa: PLC0415 # as above
    from nlp import lines  # noqa: PLC0415 # as above

    if question not in lines.COMMANDS:
        _fail(f"nlp knows {', '.join(lines.COMMANDS)}; not {question}")
    # Bytes that are no UTF-8 spoil their line only.
    source = (raw.decode("utf-8", "replace") for raw in sys.stdin.buffer)
    lines.run(question, source, _line, DATA)


@cli.command()
def backup(
    file: Path, keys: Annotated[Path | None, typer.Option(help="write the keys too, here")] = None
) -> None:
    """Write the database to FILE. Keys are never in it: --keys writes them apart."""
    from bot import safekeeping  # noqa: PLC0415 # as above

    safekeeping.backup(_settings(), file, keys, _say)


@cli.command()
def restore(
    file: Path,
    keys: Annotated[Path | None, typer.Option(help="put keys back from here first")] = None,
    *,
    replace: Annotated[bool, typer.Option(help="drop what the database holds now")] = False,
) -> None:
    """Put a backup back. Stop `run` first."""
    from bot import safekeeping  # noqa: PLC0415 # as above

    safekeeping.restore(_settings(), file, keys, _say, replace=replace)


@people.command("invite")
def invite(
    station: Annotated[str, typer.Option(help="code of a commune (28114) or province (80)")],
    role: Annotated[str, typer.Option(help="chief or province")] = "",
) -> None:
    """Print a one-time link for the first officer of a station that is not open yet."""
    from bot import admin  # noqa: PLC0415 # as above

    admin.invite(_settings(), station, role, _say)


@people.command("alerts")
def alerts(station: Annotated[str, typer.Option(help="code of the station")]) -> None:
    """Print a one-time code: whoever sends it to the bot is told when something waits there."""
    from bot import admin  # noqa: PLC0415 # as above

    admin.alerts(_settings(), station, _say)


@people.command("reset")
def reset(username: Annotated[str, typer.Argument(help="the officer's log-in name")]) -> None:
    """Print a one-time link for somebody who lost their password where no colleague can help.

    Whoever opens it must type the recovery key of the province from paper.
    """
    from bot import admin  # noqa: PLC0415 # as above

    admin.reset(_settings(), username, _say)


@people.command("list")
def list_officers(station: Annotated[str, typer.Option(help="code of the station")]) -> None:
    """Print who works at a station."""
    from bot import admin  # noqa: PLC0415 # as above

    admin.list_officers(_settings(), station, _say)


@places.command("list")
def list_stations(
    province: Annotated[str, typer.Option(help="code of the province")] = "",
) -> None:
    """Print open stations; with --province every station of it."""
    from bot import admin  # noqa: PLC0415 # as above

    admin.list_stations(_settings(), province, _say)


@places.command("import")
def import_contacts(
    file: Annotated[Path, typer.Argument(help="CSV: code,duty_phone,address,checked_on")],
) -> None:
    """Store duty numbers and addresses; says what is wrong with each bad line, and exits 1 then."""
    from bot import admin  # noqa: PLC0415 # as above

    if not admin.import_contacts(_settings(), file, _say):
        raise typer.Exit(1)


@places.command("hamlets")
def import_hamlets(
    file: Annotated[Path, typer.Argument(help="CSV: commune,former,hamlet")],
    *,
    skip_bad: Annotated[
        bool, typer.Option(help="store the good lines although some are bad")
    ] = False,
) -> None:
    """Store hamlets (ấp, thôn, khu phố …) of communes; if a line is bad, nothing is stored."""
    from bot import admin  # noqa: PLC0415 # as above

    if not admin.import_hamlets(_settings(), file, _say, skip_bad=skip_bad):
        raise typer.Exit(1)


@places.command("reroutes")
def list_reroutes() -> None:
    """Print where officers sent tips on, as CSV: shapes of words only, nothing of a tip."""
    from bot import admin  # noqa: PLC0415 # as above

    admin.list_reroutes(_settings(), _say)


@borders.command("import")
def import_boundaries(
    file: Annotated[Path, typer.Argument(help="GeoJSON, also .gz: property code per commune")],
) -> None:
    """Build the pack by which a shared place finds its commune."""
    from bot import borders as packs  # noqa: PLC0415 # as above

    packs.bring(_settings(), file, _say)


@blocked.command("import")
def import_blocklist(
    file: Annotated[Path, typer.Argument(help="CSV: kind,value; kind is domain, phone or account")],
) -> None:
    """Replace the block list of the check; if a line is bad, nothing is changed, and exit 1."""
    from bot import blocklists  # noqa: PLC0415 # as above

    if not blocklists.bring(_settings(), file, _say):
        raise typer.Exit(1)


@lessons.callback()
def _lessons() -> None:
    """Make `export` a command of its own although it is the only one."""


@lessons.command("export")
def export_corrections(
    file: Annotated[Path, typer.Argument(help="a new file; JSON Lines: label and hashed features")],
) -> None:
    """Write corrected categories as hashed features and labels. Needs KEEP_CORRECTIONS."""
    from bot import admin  # noqa: PLC0415 # as above

    admin.export_corrections(_settings(), file, _say)


@records.command("verify")
def verify(
    head: Annotated[str, typer.Option(help="an end of the log, as printed before")] = "",
) -> None:
    """Walk the chain of the audit log; exit 1 if an entry was changed, removed or moved."""
    from bot import admin  # noqa: PLC0415 # as above

    if not admin.verify_audit(_settings(), head, _say):
        raise typer.Exit(1)


def _settings() -> Settings:
    found = load()
    log.set_up(found.log_level)
    return found


def _say(line: str) -> None:
    typer.echo(line)


def _line(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _fail(message: str) -> NoReturn:
    typer.echo(f"\n{message}", err=True)
    raise SystemExit(1)
