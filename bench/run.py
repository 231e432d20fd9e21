"""Measures, and writes bench/results.md. Run: python -m bench.run [turns] [tips] [places]."""

import contextlib
import io
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from bench import places, tips, turns
from storage import postgres

RESULTS = Path(__file__).parent / "results.md"
PLACES_SAMPLE = "25"  # every so many-th unit: the figures of all take minutes
PACKAGES = ("aiohttp", "psycopg", "sqlalchemy", "pynacl", "underthesea-core")

HEAD = """# Measured

Written by `make bench`; do not edit. Ratios are taken within one run, round by round, so they say
more than the absolute figures, which are this machine's on that day.

"""


def main(chosen: Sequence[str]) -> int:
    """Measure what is chosen, or everything, and write the report."""
    sections: dict[str, Callable[[], str]] = {
        "turns": lambda: _in_folder(turns.measure),
        "tips": lambda: _in_folder(tips.measure),
        "places": _places,
    }
    unknown = set(chosen) - set(sections)
    if unknown:
        print(f"bench knows {', '.join(sections)}; not {', '.join(sorted(unknown))}")
        return 2
    written = [HEAD + _machine()]
    for name, measure in sections.items():
        if not chosen or name in chosen:
            print(f"measuring {name} …", flush=True)
            written.append(measure())
            print(written[-1])
    if not chosen:
        RESULTS.write_text("\n".join(written), encoding="utf-8")
        print(f"wrote {RESULTS.name}")
    return 0


def _machine() -> str:
    """Where and when."""
    facts = {
        "date": _said("date", "-u", "+%Y-%m-%d %H:%M UTC"),
        "processor": f"{_said('nproc')} × {_processor()}",
        "load before": Path("/proc/loadavg").read_text().split()[0],
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
