"""The database into one file, and back. The keys are never in it (`storage.key_copy`).

Works on the embedded server and on one behind DATABASE_OWNER_URL.

A new PostgreSQL major (the wheel then brings another one and refuses the old files): `backup` with
the earlier version of this program, move DATA_DIR/postgres away, `restore` with the later version.
The keys stay where they are.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterator
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from storage import archive, postgres
from storage.archive import BackupError, Manifest

__all__ = ["BackupError", "Manifest", "backup", "inspect", "restore"]

_PIECE = 2**20

_OURS = "nspname <> 'information_schema' AND nspname NOT LIKE 'pg\\_%'"
_TABLES = f"""SELECT count(*) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
    WHERE relkind IN ('r', 'p', 'v', 'm', 'S') AND {_OURS}"""  # noqa: S608 # a constant
_SCHEMAS = f"SELECT nspname FROM pg_namespace WHERE {_OURS}"  # noqa: S608 # a constant
# Whoever a right was granted to in this database; its owner is not among them.
_ROLES = """SELECT DISTINCT rolname, rolcanlogin
    FROM pg_shdepend JOIN pg_roles r ON r.oid = refobjid
    WHERE refclassid = 'pg_authid'::regclass AND rolname <> current_user
    AND dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY 1"""


def backup(url: str, file: Path, *, today: date) -> Manifest:
    """Write the whole database to a file, as of one moment, while others go on working.

    Args:
        url: log-in of the database's owner.
        file: replaced only once the new one is whole.
        today: the day noted in the file.

    Raises:
        BackupError: no backup was made; an older file is as it was.
    """
    with closing(_connect(url)) as connection:
        manifest = Manifest(
            day=today.isoformat(),
            revision=_revision(connection),
            postgres=_major(connection),
            roles=dict(connection.execute(_ROLES).fetchall()),
        )
    archive.write(file, _dump(url, manifest.postgres), manifest)
    return inspect(file)


def inspect(file: Path) -> Manifest:
    """What a backup file is of, after checking its sum.

    Raises:
        BackupError: no backup of ours, or damaged.
    """
    with archive.reading(file) as (manifest, _):
        return manifest


def restore(
    url: str, file: Path, *, replace: bool = False, known: Collection[str] | None = None
) -> Manifest:
    """Put a backup into the database, all of it or nothing, in one transaction.

    Run the migrations afterwards: they bring an older schema to date and set owners, log-ins and
    rights, of which a backup holds no passwords. Nothing else may use the database meanwhile.

    Args:
        url: log-in of the database's owner.
        file: written by `backup`.
        replace: throw away what the database holds now; without it a database that holds
            anything is refused.
        known: the schema revisions this program can bring to date; unchecked if None.

    Raises:
        BackupError: nothing was changed.
    """
    with archive.reading(file) as (manifest, dump):
        if known is not None and manifest.revision is not None and manifest.revision not in known:
            raise BackupError(
                f"{file} has schema revision {manifest.revision}, which this version does not "
                "know: it was written by a later one; update the program first"
            )
        with closing(_connect(url)) as connection:
            major = _major(connection)
            prepared = _prepare(connection, replace=replace)
            _make_roles(connection, manifest.roles)
        _pour(url, major, prepared, dump)
    with closing(_connect(url)) as connection:
        revision = _revision(connection)
    if revision != manifest.revision:
        raise BackupError(f"restored revision {revision} where {file} says {manifest.revision}")
    return manifest


def _prepare(connection: psycopg.Connection, *, replace: bool) -> str:
    """What must run before the dump's own statements, in the same transaction."""
    held = _number(connection, _TABLES)
    if not held:
        return "BEGIN;\n"
    if not replace:
        raise BackupError(
            f"the database already holds {held} tables and sequences: restore into an empty "
            "DATA_DIR, or ask for replacing, which throws away what it holds now"
        )
    drops = [
        sql.SQL("DROP SCHEMA {} CASCADE;").format(sql.Identifier(name)).as_string(connection)
        for (name,) in connection.execute(_SCHEMAS).fetchall()
    ]
    return "\n".join(
        [
            "BEGIN;",
            "SET LOCAL lock_timeout = '30s';",
            *drops,
            "CREATE SCHEMA public AUTHORIZATION pg_database_owner;",  # as PostgreSQL makes it
            "GRANT USAGE ON SCHEMA public TO PUBLIC;\n",
        ]
    )


def _make_roles(connection: psycopg.Connection, roles: dict[str, bool]) -> None:
    """The dump grants rights to them. Without a password nobody can log in as one yet."""
    known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
    for name in roles.keys() - known:
        login = sql.SQL("LOGIN" if roles[name] else "NOLOGIN")
        try:
            connection.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(name), login))
        except psycopg.errors.InsufficientPrivilege:
            raise BackupError(
                f"the backup grants rights to role {name}, which the owner may not make: "
                "ALTER ROLE … CREATEROLE, or make the role first"
            ) from None


def _dump(url: str, major: int) -> Iterator[bytes]:
    command, environment = _client("pg_dump", url, major)
    command += ["--format=custom", "--no-password", "--lock-wait-timeout=60s"]
    with (
        tempfile.TemporaryFile() as said,
        _start(command, environment, subprocess.PIPE, said) as program,
    ):
        out = _pipe(program.stdout)
        while piece := out.read(_PIECE):
            yield piece
        if program.wait() != 0:
            raise _failure("pg_dump", said)


def _pour(url: str, major: int, prepared: str, dump: IO[bytes]) -> None:
    """Let pg_restore write statements and psql run them; we alone say COMMIT.

    Should pg_restore fail or be killed, psql sees the end of its input without a COMMIT.
    """
    psql, environment = _client("psql", url, major)
    psql += ["--no-psqlrc", "--no-password", "--quiet"]
    for setting in ("ON_ERROR_STOP=1", "VERBOSITY=terse", "SHOW_CONTEXT=never"):  # no row in errors
        psql += ["--set", setting]
    with tempfile.TemporaryFile() as said:
        with (
            _start(psql, environment, subprocess.DEVNULL, said) as runner,
            suppress(BrokenPipeError),  # psql ended early: its exit code tells
        ):
            statements = _pipe(runner.stdin)
            statements.write(prepared.encode())
            written = _write_statements(_program("pg_restore", url, major), dump, statements, said)
            if written:
                statements.write(b"\nCOMMIT;\n")
            statements.close()
            if runner.wait() == 0 and written:
                return
        raise _failure("restore", said)


def _write_statements(program: Path, dump: IO[bytes], out: IO[bytes], said: IO[bytes]) -> bool:
    command = [str(program), "--no-owner", "--file=-"]
    with _start(command, postgres.environment(), out, said) as restorer:
        with suppress(BrokenPipeError):
            shutil.copyfileobj(dump, _pipe(restorer.stdin), _PIECE)
        _pipe(restorer.stdin).close()
        return restorer.wait() == 0


def _start(
    command: list[str], environment: dict[str, str], out: int | IO[bytes], said: IO[bytes]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 # our own words and paths, no shell
        command,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=said,
        bufsize=0,  # nothing may be left to write when the other end has gone
    )


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:
        raise BackupError("a program was started without a pipe")
    return stream


def _client(name: str, url: str, major: int) -> tuple[list[str], dict[str, str]]:
    """Command line and environment of a program that connects. The password is in the latter."""
    words = {name: str(value) for name, value in conninfo_to_dict(_libpq(url)).items()}
    password = words.pop("password", None)
    secret = {"PGPASSWORD": password} if password is not None else {}
    command = [str(_program(name, url, major)), f"--dbname={make_conninfo(**words)}"]
    return command, postgres.environment(**secret)


def _program(name: str, url: str, major: int) -> Path:
    """The wheel's program, or the system's for a server of your own of the very same version.

    The wheel's programs speak no TLS, and a dump is best read by the version that wrote it.
    """
    host = str(conninfo_to_dict(_libpq(url)).get("host") or "/")
    installed = None if host.startswith("/") else shutil.which(name)
    if installed is not None and f" {major}." in postgres.run([installed, "--version"]).stdout:
        return Path(installed)
    return postgres.tool(name)


def _connect(url: str) -> psycopg.Connection:
    try:
        return psycopg.connect(_libpq(url), autocommit=True)
    except psycopg.Error as error:
        raise BackupError(f"the database does not answer: {error}") from None


def _libpq(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def _revision(connection: psycopg.Connection) -> str | None:
    table = connection.execute("SELECT to_regclass('public.alembic_version')").fetchone()
    if table is None or table[0] is None:
        return None
    row = connection.execute("SELECT version_num FROM public.alembic_version").fetchone()
    return str(row[0]) if row else None


def _major(connection: psycopg.Connection) -> int:
    return connection.info.server_version // 10_000


def _number(connection: psycopg.Connection, question: str) -> int:
    row = connection.execute(question.encode()).fetchone()
    return int(row[0]) if row else 0


def _failure(what: str, said: IO[bytes]) -> BackupError:
    said.seek(0)
    text = said.read().decode(errors="replace").strip()
    if "row-level security" in text or "row security" in text:
        text += "\nThe owner must be allowed past row level security: ALTER ROLE … BYPASSRLS"
    if "SSL support is not compiled in" in text:
        text += "\nInstall the PostgreSQL client programs of the server's version"
    return BackupError(f"{what} failed and nothing was changed. It said:\n{text}")
