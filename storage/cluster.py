"""The embedded server's files, made once by initdb."""

import shutil
from pathlib import Path

from storage import postgres
from storage.door import OWNER, data_of, log_of
from storage.folder import ServerError, private_path

_FULL = "No space left on device"


def make(home: Path, guise: postgres.Guise, password: str, *, durable: bool) -> None:
    """Make the files on first use; check the ones that are there.

    They are made aside and moved in place, so that no half of them is ever used.

    Raises:
        ServerError: not a database of ours, of another PostgreSQL, or no room for it.
    """
    data = data_of(home)
    if (data / "PG_VERSION").exists():
        _assert_version(data)
        private_path(data)
        guise.own(data, log_of(home))
        return
    if data.exists() and any(data.iterdir()):
        raise ServerError(
            f"{data} holds files but no database: move it away, or set DATA_DIR to another folder"
        )
    draft = home / "postgres.new"
    shutil.rmtree(draft, ignore_errors=True)
    _initdb(draft, guise, password, durable=durable)
    draft.rename(data)


def failure(what: str, home: Path, said: str) -> ServerError:
    """The error an operator reads when PostgreSQL did not do what it should.

    Args:
        what: which step failed.
        home: the data folder.
        said: what PostgreSQL said; its last lines are quoted.
    """
    free = shutil.disk_usage(home).free // 2**20
    if _FULL in said or free == 0:  # on a full disk there may be no log to say so
        return ServerError(
            f"{what}: the disk of {home} is full ({free} MB free). Free some space and start "
            "again; nothing that was committed is lost"
        )
    tail = "\n  ".join(line for line in said.splitlines()[-8:] if line.strip())
    return ServerError(f"{what}. It said:\n  {tail or '(nothing)'}\nMore in {log_of(home)}")


def _assert_version(data: Path) -> None:
    version = (data / "PG_VERSION").read_text().strip()
    if version != str(postgres.MAJOR):
        raise ServerError(
            f"{data} was made by PostgreSQL {version} and this program brings {postgres.MAJOR}: "
            "make a backup with the program's earlier version, then restore it with this one "
            "into an empty DATA_DIR (keys stay the same)"
        )


def _initdb(draft: Path, guise: postgres.Guise, password: str, *, durable: bool) -> None:
    secret = draft.with_name("postgres.password")
    try:
        secret.unlink(missing_ok=True)
        secret.touch(mode=0o600)
        secret.write_text(password)
        made = postgres.run(
            guise.command(
                "initdb",
                f"--pgdata={draft}",
                f"--username={OWNER}",
                f"--pwfile={secret}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",  # dates and numbers; letters go by the next two: Đ and đ are known
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                *([] if durable else ["--no-sync"]),
            )
        )
    except OSError as error:
        raise failure("initdb could not start", draft.parent, str(error)) from error
    finally:
        secret.unlink(missing_ok=True)
    if made.returncode != 0:
        shutil.rmtree(draft, ignore_errors=True)
        raise failure("initdb could not make the database", draft.parent, made.stderr)
