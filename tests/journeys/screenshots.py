"""Take docs/images/ from the running demo: the pages people see first, wide and on a phone."""

import sys
from dataclasses import dataclass

from playwright.sync_api import Error, Page

from tests.chromium import LAUNCH
from tests.journeys.looks import whole
from tests.journeys.stage import DESKTOP, PHONE, demo
from tests.journeys.story import say
from tests.journeys.tour import Guide
from tests.program import ROOT

IMAGES = ROOT / "docs/images"
LARGEST = 300_000  # bytes; a reader on a slow line opens the README too
SIZES = {"": DESKTOP, "-phone": PHONE}
CHOSEN = frozenset(
    (
        *("welcome", "chat", "review", "receipt", "status"),
        *("login", "queue", "tip", "officers", "join", "recovery"),
        *("notices", "notice-form", "notice", "commune", "my-notices"),
    )
)

LONG = frozenset(("commune", "my-notices"))  # one screen of them is enough


@dataclass(frozen=True)
class Album:
    """Pictures of one size."""

    page: Page
    suffix: str

    def take(self, name: str) -> None:
        """The page as it is now, if it is one of those we show."""
        if name not in CHOSEN:
            return
        path = IMAGES / f"{name}{self.suffix}.png"
        whole(self.page)
        # The mouse rests on whatever was pressed last.
        self.page.mouse.move(0, 0)
        self.page.evaluate("document.activeElement.blur(), scrollTo(0, 0)")
        self.page.screenshot(path=path, full_page=name not in LONG, animations="disabled")
        size = path.stat().st_size
        assert size < LARGEST, f"{path.name} has {size} bytes"
        say(f"{path.relative_to(ROOT)}  {size // 1000} kB")


def main() -> int:
    """Take them all."""
    if LAUNCH["executable_path"] is None:
        say("FAILED: there is no Chromium on the PATH (apt install chromium)")
        return 1
    IMAGES.mkdir(exist_ok=True)
    try:
        for suffix, size in SIZES.items():
            with demo() as stage:  # a new one for each size, so that both show the same queue
                page = stage.window(size)
                Guide(stage.program, page, Album(page, suffix).take).all()
                stage.close()
    except (AssertionError, Error) as error:
        say(f"FAILED: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
