"""nlp never opens a socket, never asks for a name, and does not load the heavy package."""

import subprocess
import sys

from tests.nlp.models import DATA

# An audit hook sees every attempt from Python; what is compiled is covered by the module list.
WATCHED = """
import sys

def watch(event, arguments):
    if event.startswith("socket.") or event in {"urllib.Request", "http.client.connect"}:
        print("TRIED", event)
        raise SystemExit(9)

sys.addaudithook(watch)
from pathlib import Path
from nlp import lines
data = Path(sys.argv[1])
row = '{"id": 1, "text": "Trộm xe ở xã Rạch Kiến, vneid.vip", "question": "gọi số nào"}'
for command in lines.COMMANDS:
    lines.run(command, [row, "bad"], print, data)
"""
HEAVY = (
    'print("HEAVY", sorted(set(sys.modules) & {"underthesea", "requests", "numpy", "socket"}))\n'
)
# Training must stay offline too; it alone loads the compiled classifier.
TRAINING = """
from nlp.peer import guessed
print("GUESS", guessed([("a b", "x"), ("c", "y")], ["a", "c"]))
"""
# What the bot imports; numpy is for training alone.
RUNNING = """
import sys
import nlp.judge, nlp.faq, nlp.methods, nlp.places, nlp.twins
"""


def output(code: str) -> str:
    ran = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code, str(DATA)],
        cwd=DATA.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def test_four_commands_run_without_a_socket_and_without_the_heavy_package() -> None:
    said = output(WATCHED + HEAVY)

    assert said.count('"id": 1') == 4
    assert "TRIED" not in said
    assert "HEAVY []" in said


def test_training_runs_without_a_socket_and_without_the_heavy_package() -> None:
    said = output(WATCHED + TRAINING + HEAVY)

    assert "GUESS ['x', 'y']" in said
    assert "HEAVY []" in said


def test_what_reads_messages_does_not_load_numpy_but_training_does() -> None:
    assert "HEAVY []" in output(RUNNING + HEAVY)
    assert "HEAVY ['numpy']" in output(f"{RUNNING}import nlp.joint\n{HEAVY}")


def test_the_hook_would_notice_a_socket() -> None:
    ran = subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", WATCHED + "import socket; socket.socket()", str(DATA)],
        cwd=DATA.parent,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 9
    assert "TRIED" in ran.stdout
