"""The server's own log: which settings keep words of people out of it, and its last lines."""

import os
import time
from pathlib import Path

from storage.folder import private_folder

_EARLY = "postgres-start.log"
_END = "database system is shut down"

# "log" leaves out statements' errors (level ERROR), whose text quotes what somebody wrote:
# 'invalid input syntax for type integer: "…"'. The program sees them; the file must not.
SETTINGS = {
    "logging_collector": "on",
    "log_directory": "../log",
    "log_filename": "postgres-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_file_mode": "0600",
    "log_timezone": "UTC",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_checkpoints": "off",
}


class ServerLog:
    """One file per weekday, written by PostgreSQL, and one of what it says before it gets there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._old: dict[Path, int] = {}

    def begin(self) -> int:
        """A file handle for the output of a server about to start; the caller closes it."""
        private_folder(self._folder)
        self._old = {file: file.stat().st_size for file in self._days()}
        return os.open(self._folder / _EARLY, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)

    def tail(self) -> str:
        """The last lines since `begin`, oldest first."""
        said = [(self._folder / _EARLY).read_bytes()]
        for file in self._days():
            old = self._old.get(file, 0)
            said.append(file.read_bytes()[old if old <= file.stat().st_size else 0 :])
        lines = b"".join(said).decode(errors="replace").splitlines()
        return "\n".join(line for line in lines if "logging collector" not in line)

    def last_words(self) -> str:
        """The tail of a server that has ended: its log collector may need a moment to write."""
        until = time.monotonic() + 1.0
        while _END not in (tail := self.tail()) and time.monotonic() < until:
            time.sleep(0.01)
        return tail

    def _days(self) -> list[Path]:
        return sorted(self._folder.glob("postgres-???.log"), key=lambda file: file.stat().st_mtime)
