"""What the tests of the embedded server share: starting, asking, and a program to be killed."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

from storage.server import Server, Tuning

ROOT = Path(__file__).parents[2]
PASSWORD = "pass wörd/@%"
FAST = Tuning(durable=False)

# Another program: starts a server, stores two rows, says so, and waits to be killed.
OTHER = """
import sys, time, psycopg
from pathlib import Path
from storage.server import Server, Tuning
server = Server(Path(sys.argv[1]), password=sys.argv[2], tuning=Tuning(durable=sys.argv[3] == "1"))
server.start()
with psycopg.connect(server.owner_url) as connection:
    connection.execute("CREATE TABLE kept AS SELECT 2 AS rows")
print(server._child.pid, flush=True)
time.sleep(600)
"""


def serve(folder: Path, tuning: Tuning = FAST) -> Server:
    return Server(folder, password=PASSWORD, tuning=tuning)


def ask(server: Server, question: str) -> object:
    with psycopg.connect(server.owner_url) as connection:
        row = connection.execute(question.encode()).fetchone()
    return row[0] if row else None


def store(server: Server, number: int) -> None:
    with psycopg.connect(server.owner_url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (rows int)")
        connection.execute("INSERT INTO kept VALUES (%s)", (number,))


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def start_other_program(
    folder: Path, *, durable: bool = False
) -> tuple[subprocess.Popen[str], int]:
    """A second program that runs the server; and the server's process number."""
    program = subprocess.Popen(  # noqa: S603 # our own words
        [sys.executable, "-c", OTHER, str(folder), PASSWORD, "1" if durable else "0"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert program.stdout is not None
    return program, int(program.stdout.readline())


def end(program: subprocess.Popen[str]) -> None:
    program.kill()
    program.communicate()
