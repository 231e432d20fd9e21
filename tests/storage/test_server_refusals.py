"""Where the embedded server does not start: each time it says why and how to mend it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from storage import postgres
from storage.server import Server, ServerError
from tests.storage.running import FAST, ROOT, ask, serve, store

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")


def test_files_of_another_password_are_named_as_what_they_are(folder: Path) -> None:
    with pytest.raises(ServerError, match="made under another password"):
        Server(folder, password="other keys", tuning=FAST).start()

    with serve(folder) as server:
        assert server.alive


@pytest.mark.parametrize("opened", ["", "log", "postgres"])
def test_a_folder_others_can_enter_is_refused_with_the_command_that_mends_it(
    folder: Path, opened: str
) -> None:
    (folder / opened).chmod(0o750)

    with pytest.raises(ServerError, match=r"mode 0750.*chmod 0700"):
        serve(folder).start()

    (folder / opened).chmod(0o700)
    with serve(folder) as server:
        assert server.alive


def test_a_foreign_folder_in_the_place_of_the_long_paths_socket_is_refused(
    made: Path, tmp_path: Path
) -> None:
    folder = tmp_path / ("x" * 120) / "var"
    shutil.copytree(made, folder)
    with serve(folder) as server:
        sockets = server.door.sockets

    sockets.mkdir(mode=0o755)
    with pytest.raises(ServerError, match="mode 0755"):
        serve(folder).start()

    sockets.rmdir()


def test_a_server_that_cannot_start_says_why_at_once(folder: Path) -> None:
    (folder / "postgres" / "global" / "pg_control").write_bytes(b"")

    with pytest.raises(ServerError, match=r"ended while starting(.|\n)*pg_control"):
        serve(folder).start()


def test_files_of_another_postgresql_are_refused_with_the_way_to_update(folder: Path) -> None:
    (folder / "postgres" / "PG_VERSION").write_text("17\n")

    with pytest.raises(ServerError, match="made by PostgreSQL 17 and this program brings 18"):
        serve(folder).start()


def test_files_that_are_no_database_are_left_alone(tmp_path: Path) -> None:
    precious = tmp_path / "var" / "postgres" / "letters.txt"
    precious.parent.mkdir(parents=True, mode=0o700)
    precious.parent.parent.chmod(0o700)
    precious.write_text("keep me")

    with pytest.raises(ServerError, match="holds files but no database"):
        serve(tmp_path / "var").start()

    assert precious.read_text() == "keep me"


FULL_DISK = """
mount -t tmpfs -o size=20m,mode=0700 tmpfs "$1" && exec "$2" -c '
import sys
from pathlib import Path
from storage.server import Server, ServerError
try:
    Server(Path(sys.argv[1]), password="x").start()
except ServerError as error:
    print(error)
    print(sorted(path.name for path in Path(sys.argv[1]).iterdir()))
' "$1"
"""


def test_a_full_disk_is_called_a_full_disk(tmp_path: Path) -> None:
    own_mounts = ("unshare", "--user", "--map-root-user", "--mount")
    if postgres.run([*own_mounts, "true"]).returncode != 0:
        pytest.skip("user namespaces are forbidden here: no small disk can be made")

    said = subprocess.run(  # noqa: S603 # our own words
        [*own_mounts, "sh", "-c", FULL_DISK, "sh", str(tmp_path), sys.executable],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout

    assert "is full" in said
    assert "['lock']" in said


@AS_ROOT
def test_root_without_user_namespaces_becomes_nobody_and_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as forbidden:
        forbidden.setattr(postgres, "_NAMESPACE", ("false",))
        with serve(folder) as server:
            store(server, 5)
            assert (folder / "postgres" / "PG_VERSION").stat().st_uid == 65534

    with serve(folder) as server:
        assert ask(server, "SELECT rows FROM kept") == 5
        assert all(path.stat().st_uid == 0 for path in (folder / "postgres").rglob("*"))


@AS_ROOT
def test_root_who_may_do_neither_is_told_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_NAMESPACE", ("false",))
    monkeypatch.setattr(postgres, "_DROPPED", ("no such program",))

    with pytest.raises(ServerError, match="run this program as an ordinary account"):
        serve(folder).start()


@AS_ROOT
def test_a_folder_of_another_account_is_refused(folder: Path) -> None:
    os.chown(folder, 1234, -1)

    with pytest.raises(ServerError, match="belongs to account 1234"):
        serve(folder).start()
