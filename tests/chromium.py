"""How tests start Chromium: the system's own, without the network chatter of a fresh profile."""

import shutil
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")  # as in the Makefile

LAUNCH: dict[str, Any] = {
    "executable_path": next(filter(None, map(shutil.which, NAMES)), None),
    "headless": True,
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
}
