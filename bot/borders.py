"""Bring boundaries of communes: a pack in the data folder, from a GeoJSON file of the operator's.

None comes with the program: maps are protected works, and each operator knows which it may use.
"""

from collections.abc import Callable
from pathlib import Path

from bot.settings import Settings, SettingsError
from bot.tools import DATA
from nlp import boundaries
from nlp.boundaries import BadBoundariesError
from nlp.gazetteer import Gazetteer
from storage.draft import draft
from storage.private import make_private

Say = Callable[[str], None]


def bring(settings: Settings, file: Path, say: Say) -> None:
    """Build the pack; a running program reads it at its next start.

    Raises:
        SettingsError: the file cannot be used; an older pack stays.
    """
    gazetteer = Gazetteer.load(DATA / "gazetteer")

    def known(code: str) -> str | None:
        commune = gazetteer.commune(code)
        return commune.code if commune else None

    try:
        pack, communes = boundaries.build(file, known)
    except BadBoundariesError as error:
        raise SettingsError(f"{file}: {error}") from None
    make_private(settings.data_dir)
    target = settings.data_dir / boundaries.FILE
    with draft(target) as out:
        out.write(pack)
    say(f"{target}: {communes} of {len(gazetteer.communes)} communes, {len(pack) / 1e6:.1f} MB")
    say("Restart the program to use it.")
