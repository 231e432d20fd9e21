"""The command that brings boundaries: a pack in the data folder, or a sentence why not."""

from pathlib import Path

import pytest

from bot import borders
from bot.settings import Settings, SettingsError
from nlp.boundaries import FILE, Boundaries
from tests.squares import geojson


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "var", _env_file=None)


def test_a_file_becomes_a_private_pack_that_is_read_at_the_next_start(
    settings: Settings, tmp_path: Path
) -> None:
    said: list[str] = []
    borders.bring(settings, geojson(tmp_path), said.append)

    pack = settings.data_dir / FILE
    assert pack.stat().st_mode & 0o777 == 0o600
    loaded = Boundaries.load(pack)
    assert loaded is not None
    assert len(loaded) == 3
    assert "3 of 3321 communes" in said[0]


def test_a_bad_file_leaves_the_pack_there_is(settings: Settings, tmp_path: Path) -> None:
    borders.bring(settings, geojson(tmp_path), lambda _: None)
    before = (settings.data_dir / FILE).read_bytes()
    bad = tmp_path / "bad.geojson"
    bad.write_text("{}")

    with pytest.raises(SettingsError, match=r"bad\.geojson: it is no GeoJSON"):
        borders.bring(settings, bad, lambda _: None)

    assert (settings.data_dir / FILE).read_bytes() == before
