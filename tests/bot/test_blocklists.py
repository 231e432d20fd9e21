"""The command that brings a block list: all of it, or every bad line named and nothing changed."""

from pathlib import Path

import pytest

from bot import blocklists
from bot.settings import Settings, SettingsError
from nlp.blocklist import FILE, SIGNS, Blocklist


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "var", _env_file=None)


def csv(folder: Path, *lines: str) -> Path:
    file = folder / "blocked.csv"
    file.write_text("\n".join(("kind,value", *lines)), "utf-8")
    return file


def test_a_file_replaces_the_list_and_is_private(settings: Settings, tmp_path: Path) -> None:
    said: list[str] = []
    assert blocklists.bring(settings, csv(tmp_path, "domain,a.top"), lambda _: None)

    assert blocklists.bring(settings, csv(tmp_path, "phone,0912 345 678"), said.append)

    file = settings.data_dir / FILE
    assert file.stat().st_mode & 0o777 == 0o600
    assert Blocklist.load(file).signs("gọi 0912345678, xem a.top") == (SIGNS["phone"],)
    assert said[0].endswith("0 domain, 1 phone, 0 account")


def test_bad_lines_are_named_and_the_list_stays(settings: Settings, tmp_path: Path) -> None:
    said: list[str] = []
    blocklists.bring(settings, csv(tmp_path, "domain,a.top"), lambda _: None)

    file = csv(tmp_path, "domain,b.top", "phone,113", "email,x@y.vn")
    assert not blocklists.bring(settings, file, said.append)

    assert said[0].startswith(f"{file}:3: '113' is no number")
    assert said[1].startswith(f"{file}:4: kind is 'email'")
    assert "nothing was changed" in said[2]
    assert Blocklist.load(settings.data_dir / FILE).signs("a.top b.top") == (SIGNS["domain"],)
    assert Blocklist.load(settings.data_dir / FILE).signs("b.top") == ()


def test_a_file_that_is_no_text_is_refused(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "blocked.xlsx"
    file.write_bytes(b"PK\x03\x04\xff\xfe")

    with pytest.raises(SettingsError, match="no UTF-8 text"):
        blocklists.bring(settings, file, print)


def test_without_a_list_nothing_is_listed(tmp_path: Path) -> None:
    assert Blocklist.load(tmp_path / "none.json").signs("a.top 0912345678") == ()
