"""Logging that cannot carry a tip: events are words of the program, and so are their values.

An error is logged as its type and the lines it came through, never with its message: messages of
libraries quote what they were given.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

_LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40}


def set_up(level: str) -> None:
    """Send our events, and warnings of libraries, to stderr as one line each."""
    shared: list[structlog.typing.Processor] = [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="%Y-%m-%dT%H:%MZ", utc=True),
        _without_messages,
    ]
    render = structlog.dev.ConsoleRenderer(colors=False, sort_keys=False)
    structlog.configure(
        processors=[*shared, render],
        wrapper_class=structlog.make_filtering_bound_logger(_LEVELS[level]),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_LibraryFormatter())
    # force: importing underthesea 9.5.0 leaves a handler on the root logger (nlp.md §1.3).
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def fault(error: BaseException) -> str:
    """Type of an error and where it came from: all a log or a quarantined row may hold of it."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    path = " < ".join(
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames[::-1]
    )
    return f"{type(error).__name__} at {path}" if path else type(error).__name__


def _without_messages(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["fault"] = fault(error)
    return event


class _LibraryFormatter(logging.Formatter):
    """A library's record as its logger, level and template; its arguments may quote anything."""

    def format(self, record: logging.LogRecord) -> str:
        template = record.msg if record.args and isinstance(record.msg, str) else ""
        error = record.exc_info[1] if record.exc_info else None
        words = [record.levelname.lower(), record.name, template, fault(error) if error else ""]
        return " ".join(word for word in words if word)
