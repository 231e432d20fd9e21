"""The embedded server: how it starts, who gets in, and what its log does not say."""

import os
import shutil
import signal
from pathlib import Path
from threading import Timer

import psycopg
import pytest

from storage import server as module
from storage.server import OWNER, Server, ServerError, Tuning, attach, borrowed
from tests.storage.running import FAST, PASSWORD, ask, serve, store, wait_until


def test_first_start_makes_a_database_that_knows_vietnamese_letters(tmp_path: Path) -> None:
    with serve(tmp_path / "var", Tuning()) as server:
        assert ask(server, "SELECT upper('đặng thị ửng')") == "ĐẶNG THỊ ỬNG"
        assert ask(server, "SELECT current_database()") == "tiengloa"
        assert ask(server, "SELECT current_setting('fsync')") == "on"
        assert ask(server, "SELECT current_setting('synchronous_commit')") == "on"
        assert ask(server, "SELECT current_setting('timezone')") == "UTC"
        assert ask(server, "SELECT current_setting('listen_addresses')") == ""
        assert (
            ask(server, "SELECT pg_encoding_to_char(encoding) FROM pg_database LIMIT 1") == "UTF8"
        )

    assert not list((tmp_path / "var").rglob("*password*"))
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "var").rglob("*"))


def test_what_was_stored_is_there_after_a_stop_and_a_start(folder: Path) -> None:
    with serve(folder) as server:
        store(server, 7)

    with serve(folder) as server:
        assert ask(server, "SELECT rows FROM kept") == 7


def test_a_second_program_on_the_same_folder_is_told_who_holds_it(folder: Path) -> None:
    with serve(folder), pytest.raises(ServerError, match=f"in use by process {os.getpid()}:"):
        serve(folder).start()

    with serve(folder) as server:
        assert server.alive


def test_other_commands_attach_to_the_running_server(folder: Path) -> None:
    assert attach(folder) is None

    with serve(folder) as server:
        door = attach(folder)
        assert door is not None
        assert door.url(OWNER, PASSWORD) == server.owner_url
        with borrowed(folder, password=PASSWORD) as borrowed_door:
            assert borrowed_door == door
        assert server.alive

    assert attach(folder) is None


def test_a_command_may_borrow_a_server_that_nobody_runs(folder: Path) -> None:
    with (
        borrowed(folder, password=PASSWORD, tuning=FAST) as door,
        psycopg.connect(door.url(OWNER, PASSWORD)) as connection,
    ):
        assert connection.execute("SELECT 1").fetchone() == (1,)

    assert attach(folder) is None


@pytest.mark.parametrize("password", ["", "wrong"])
def test_no_door_opens_without_the_password(folder: Path, password: str) -> None:
    with serve(folder) as server, pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.url(OWNER, password))


@pytest.mark.parametrize("name", ['thư mục của Tổ công an, số "1" o\'clock', "x" * 120])
def test_any_path_will_do(made: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name / "var"
    shutil.copytree(made, folder)

    with serve(folder) as server:
        assert ask(server, "SELECT 1") == 1
        door = attach(folder)
        assert door is not None
        assert door == server.door
        assert door.sockets.stat().st_mode & 0o777 == 0o700

    if door.sockets != folder:
        assert not door.sockets.exists()


def test_the_log_holds_no_value_of_a_failing_statement(folder: Path) -> None:
    secret = "ông Ba ở ấp 3 bán ma túy"
    failing = (
        ("SELECT %s::int", (secret,)),  # the message itself quotes the value
        ("INSERT INTO one VALUES (%s), (%s)", (secret, secret)),  # the detail does
        (f"SELEKT '{secret}'", ()),  # the statement does
        ("DO $$ BEGIN RAISE EXCEPTION 'ông Ba ở ấp 3'; END $$", ()),
        ("DO $$ BEGIN RAISE WARNING 'ông Ba ở ấp 3'; END $$", ()),
    )

    with serve(folder) as server:
        with psycopg.connect(server.owner_url, autocommit=True) as connection:
            connection.execute("CREATE TABLE one (text text PRIMARY KEY)")
            for statement, values in failing[:4]:
                with pytest.raises(psycopg.Error):
                    connection.execute(statement.encode(), values)
            connection.execute(failing[4][0].encode())
            # A crashing process makes the server say which statement it was at.
            Timer(0.2, os.kill, (connection.info.backend_pid, signal.SIGKILL)).start()
            with pytest.raises(psycopg.OperationalError):
                connection.execute(f"SELECT '{secret}', pg_sleep(60)".encode())
        wait_until(lambda: _logged(folder).count(b"ready to accept") == 2)

    assert b"terminated by signal" in _logged(folder)
    assert "ông Ba".encode() not in _logged(folder)


def test_a_long_start_tells_what_it_is_doing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TELL_EVERY", 0.0)
    heard: list[str] = []

    with Server(folder, password=PASSWORD, tuning=FAST, progress=heard.append):
        pass

    assert heard
    assert all(said.startswith("PostgreSQL has been starting for 0 s: ") for said in heard)


def _logged(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in (folder / "log").iterdir())
