"""The real program by day: notices wait for the morning, builds do not.

python -m tests.daylight SECONDS run: the same program with its clock so far ahead.
"""

import sys
from datetime import UTC, datetime, timedelta

from desk.broadcasts import _MORNING, _NIGHT
from desk.clocks import VIETNAM
from desk.desk import Office

LONGEST = timedelta(hours=1)  # of a test; it shall not run into the evening


def ahead() -> timedelta:
    """How far a clock is to be set forward so that it is day; zero by day."""
    here = datetime.now(VIETNAM)
    morning = here.replace(hour=_MORNING, minute=1, second=0, microsecond=0)
    evening = here.replace(hour=_NIGHT, minute=0, second=0, microsecond=0)
    if morning <= here < evening - LONGEST:
        return timedelta()
    return (morning if here < morning else morning + timedelta(days=1)) - here


def main() -> None:
    """The program's own command line, by another clock."""
    shift = timedelta(seconds=float(sys.argv.pop(1)))
    Office.__init__.__defaults__ = (lambda: datetime.now(UTC) + shift,)
    from bot import cli  # noqa: PLC0415 # after the clock

    cli.main()


if __name__ == "__main__":
    main()
