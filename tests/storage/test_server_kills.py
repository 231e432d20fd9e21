"""Whatever is killed, nothing committed is lost and the next start works."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg

from storage import postmaster
from storage.server import Tuning, attach
from tests.storage.running import ask, end, serve, start_other_program, store, wait_until


def test_a_server_killed_alone_is_noticed_and_restarts_with_every_committed_row(
    folder: Path,
) -> None:
    with serve(folder, Tuning()) as server:
        assert server.alive
        store(server, 1)
        # An idle connection: its process outlives the kill for a moment and holds the memory.
        idle = psycopg.connect(server.owner_url)
        assert server._child is not None
        os.kill(server._child.pid, signal.SIGKILL)
        wait_until(lambda: not server.alive)
        assert server.poll() == -signal.SIGKILL

        server.restart()

        assert server.alive
        assert ask(server, "SELECT rows FROM kept") == 1
        idle.close()


def test_the_next_program_stops_the_server_that_a_killed_program_left(folder: Path) -> None:
    program, orphan = start_other_program(folder)
    end(program)
    left = postmaster.running(folder / "postgres")
    assert left is not None
    assert left.pid == orphan

    with serve(folder) as server:
        assert server._child is not None
        assert server._child.pid != orphan
        assert ask(server, "SELECT rows FROM kept") == 2


def test_rows_survive_when_program_and_server_are_killed_together(folder: Path) -> None:
    program, orphan = start_other_program(folder, durable=True)
    os.kill(orphan, signal.SIGKILL)
    end(program)

    with serve(folder, Tuning()) as server:
        assert ask(server, "SELECT rows FROM kept") == 2


def test_a_stale_pid_file_whose_number_another_process_got_stops_nobody(folder: Path) -> None:
    # In a container numbers are small: after a kill the same one soon means something else.
    sleep = [shutil.which("sleep") or "sleep", "600"]
    with subprocess.Popen(sleep) as stranger:  # noqa: S603 # our own words
        lines = [str(stranger.pid), str(folder / "postgres"), "1", "5432", str(folder), "", "", ""]
        (folder / "postgres" / "postmaster.pid").write_text("\n".join([*lines[:7], "ready   ", ""]))
        (folder / ".s.PGSQL.5432.lock").write_text("\n".join(lines))
        assert attach(folder) is None

        with serve(folder) as server:
            assert ask(server, "SELECT 1") == 1

        assert stranger.poll() is None
        stranger.kill()
