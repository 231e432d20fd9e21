"""The doctor before anything has run: it says what to do, and starts nothing."""

from pathlib import Path

import pytest

from bot import doctor
from bot.settings import Settings


def test_where_nothing_has_run_the_doctor_says_so_and_makes_no_database(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))

    found = {finding.what: finding.mend for finding in doctor.examine(Settings())}

    assert "start it once with `python -m bot run`" in found["database"]
    assert not (tmp_path / "var" / "postgres").exists()
