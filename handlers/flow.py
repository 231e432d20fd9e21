"""What a step may look at, and what it decides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desk.desk import Desk
from desk.inbox import Lane
from handlers.chat import Incoming, Reply

Draft = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message: the desk, the words or the button, and what was gathered so far.

    `app` is the company's application it came through, as people call it; empty for our own page.
    `home` is where notices can be sent to; None where replies are read on a page, which has no
    address that outlives it.
    """

    desk: Desk
    incoming: Incoming
    draft: Draft = field(default_factory=dict)
    app: str = ""
    home: Lane | None = None

    @property
    def text(self) -> str:
        """What was typed, trimmed."""
        return self.incoming.text.strip()

    @property
    def choice(self) -> str:
        """The button pressed, or nothing."""
        return self.incoming.choice


@dataclass(frozen=True, slots=True)
class Move:
    """What a step decided: what we say, which step waits, and what to remember.

    An empty `step` ends the flow and drops the draft. `echo` replaces what the page shows as
    the citizen's own line: None shows it as typed, empty shows nothing. `wipe` drops every
    earlier line, so that nothing but this reply is kept.
    """

    reply: Reply
    step: str = ""
    draft: Draft = field(default_factory=dict)
    echo: str | None = None
    wipe: bool = False


Step = Callable[[Turn], Move]
