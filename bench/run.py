"""Measures, and writes bench/results.md. Run: python -m bench.run [part of it ...].

With parts named only those are measured anew, and the others stay as they were.
"""

import contextlib
import io
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from bench import (
    acks,
    broadcast,
    lists,
    lookups,
    places,
    rates,
    sentences,
    tips,
    turns,
    understanding,
)
from storage import postgres

RESULTS = Path(__file__).parent / "results.md"
PLACES_SAMPLE = "25"  # every so many-th unit: the figures of all take minutes
PACKAGES = (
    *("aiohttp", "psycopg", "sqlalchemy", "pynacl", "cryptography", "python-telegram-bot"),
    "underthesea-core",
)

HEAD = """# Measured

Written by `make bench`; do not edit. Ratios are taken within one run, round by round, so they say
more than the absolute figures, which are this machine's on that day. Most parts say when they were
measured and how busy the machine was with other things before (load; 1 is one processor).

"""
_PART = "\n## "


def main(chosen: Sequence[str]) -> int:
    """Measure what is chosen, or everything, and write the report."""
    sections: dict[str, Callable[[], str]] = {
        "turns": lambda: _in_folder(turns.measure),
        "tips": lambda: _in_folder(tips.measure),
        "understanding": understanding.measure,
        "lists": lambda: _in_folder(lists.measure),
        "lookups": lambda: _in_folder(lookups.measure),
        "places": _places,
        "sentences": sentences.measure,
        "broadcast": lambda: _in_folder(broadcast.measure),
        "rates": lambda: _in_folder(rates.measure),
        "acks": lambda: _in_folder(acks.measure),
    }
    unknown = set(chosen) - set(sections)
    if unknown:
        print(f"bench knows {', '.join(sections)}; not {', '.join(sorted(unknown))}")
        return 2
    for name, measure in sections.items():
        if not chosen or name in chosen:
            print(f"measuring {name} …", flush=True)
            when = f"*{_said('date', '-u', '+%Y-%m-%d %H:%M UTC')}, load {_load()}*"
            title, _, rest = measure().removeprefix("## ").partition("\n")
            _write(title, f"\n{when}\n{rest}")
            print(f"{title}{rest}\nwrote {RESULTS.name}")
    return 0


def _write(title: str, text: str) -> None:
    """Put one part into the report, in the place of what it said before."""
    _, *parts = RESULTS.read_text(encoding="utf-8").split(_PART)
    before = dict(part.split("\n", 1) for part in parts)
    parts = [f"{name}\n{words.strip()}\n" for name, words in (before | {title: text}).items()]
    RESULTS.write_text(_PART.join([HEAD + _machine(), *parts]), encoding="utf-8")


def _load() -> str:
    return Path("/proc/loadavg").read_text(encoding="ascii").split()[0]


def _machine() -> str:
    """Where and when."""
    facts = {
        "processor": f"{_said('nproc')} × {_processor()}",
        "memory": f"{_memory():.0f} GiB",
        "system": platform.platform(),
        "Python": platform.python_version(),
        "PostgreSQL": postgres.run([str(postgres.tool("postgres")), "--version"]).stdout.split()[
            -1
        ],
        **{package: version(package) for package in PACKAGES},
    }
    return "\n".join(f"- {name}: {value}" for name, value in facts.items()) + "\n"


def _places() -> str:
    """How many place names are found, and how fast."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        places.main(["--sample", PLACES_SAMPLE])
    return f"## Places\n\n{places.__doc__}\n```\n{said.getvalue()}```\n"


def _in_folder(measure: Callable[[Path], str]) -> str:
    with tempfile.TemporaryDirectory(prefix="tl-bench-") as folder:
        return measure(Path(folder))


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603 # our own words


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory() -> float:
    first = Path("/proc/meminfo").read_text().splitlines()[0]
    return int(first.split()[1]) / 2**20


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
