"""How tests start Chromium: the system's own, without the network chatter of a fresh profile."""

import os
import shutil
from typing import Any

import pytest

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


def need() -> None:
    """Skip the test where there is no Chromium; with REQUIRE_BROWSER set, fail it."""
    if LAUNCH["executable_path"] is not None:
        return
    missing = "there is no Chromium on the PATH (apt install chromium)"
    if os.environ.get("REQUIRE_BROWSER"):  # noqa: TID251 # a setting of the tests, not the program
        pytest.fail(f"REQUIRE_BROWSER is set and {missing}")
    pytest.skip(f"NOT RUN: {missing}")
