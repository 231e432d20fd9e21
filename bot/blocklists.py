"""Bring a block list: domains, telephone and account numbers of tricks, from the operator's CSV."""

from collections.abc import Callable
from pathlib import Path

from bot.settings import Settings, SettingsError
from nlp import blocklist
from nlp.blocklist import Entry
from storage.draft import draft
from storage.private import make_private

Say = Callable[[str], None]


def bring(settings: Settings, file: Path, say: Say) -> bool:
    """Replace the list by that of the file; a running program reads it at its next start.

    Returns:
        Whether it was replaced: if a line is bad, every bad one is named and the old list stays.

    Raises:
        SettingsError: the file is no text.
    """
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise SettingsError(f"{file}: is no UTF-8 text; save it as CSV UTF-8") from None
    found = list(blocklist.parse(lines))
    bad = [(number, error) for number, error in found if not isinstance(error, Entry)]
    for number, error in bad:
        say(f"{file}:{number}: {error}")
    if bad:
        say(f"{len(bad)} of {len(found)} lines are bad; nothing was changed.")
        return False
    entries = {entry for _, entry in found if isinstance(entry, Entry)}
    make_private(settings.data_dir)
    target = settings.data_dir / blocklist.FILE
    with draft(target) as out:
        out.write(blocklist.dump(entries))
    counts = (f"{sum(e.kind == kind for e in entries)} {kind}" for kind in blocklist.KINDS)
    say(f"{target}: {', '.join(counts)}")
    say("Restart the program to use it.")
    return True
