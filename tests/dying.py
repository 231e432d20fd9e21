"""The real program, one of whose loops ends by itself once there is a file named `end`.

python -m tests.dying run: the same program, on its way out.
"""

import asyncio
from pathlib import Path

from bot.sweeps import Sweeps

END = "end"


async def _ends(_self: Sweeps) -> None:
    while not Path(END).exists():  # noqa: ASYNC110, ASYNC240 # a test touches it
        await asyncio.sleep(0.02)


def main() -> None:
    """The program's own command line, with a part that gives up."""
    Sweeps.run = _ends  # type: ignore[method-assign] # what is tested is whoever waits beside it
    from bot import cli  # noqa: PLC0415 # after the change

    cli.main()


if __name__ == "__main__":
    main()
