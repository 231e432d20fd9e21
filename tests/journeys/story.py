"""What a journey tells while it happens: who did what, and when."""

import time
from dataclasses import dataclass, field


@dataclass
class Story:
    """A dialogue with the seconds since the program was started at which each thing happened."""

    began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Since the program was started."""
        return time.monotonic() - self.began

    def tell(self, who: str, what: str) -> None:
        """One line of the dialogue."""
        say(f"{self.seconds:6.1f} s  {who + ':':<7} {what}")


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)  # noqa: T201 # a command line tool
