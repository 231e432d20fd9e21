"""What officers corrected, kept to learn from: the right label and hashed words. Off by default.

Of a tip only words and pairs of words are taken that our own published texts hold too, without
names behind a title, without numbers and addresses, without the place. They are hashed under a key
in a file. No text, no tip, no station; a month, which no export shows.
"""

import json
import struct
from collections import Counter
from collections.abc import Mapping
from typing import Any

from desk import audit
from desk.clocks import months_later
from desk.desk import Desk
from nlp.text import normalise
from storage import corrections, vault
from storage.models import Correction

MONTHS = 6  # the month it came and five more
FEWEST = 10  # of a label; fewer could be known one by one (DESIGN §5: cells below 10 are not shown)
_LONGEST_NAME = 4  # words; of one word alone nobody can say whether it is a place
_FEWEST_WORDS = 5  # words and pairs; a bag with less teaches nothing


def keep(desk: Desk, report: Mapping[str, Any], label: str) -> None:
    """Remember that a tip is rightly called this, if the operator wants that."""
    if not desk.tools.keep_corrections:
        return
    words = desk.tools.twins.known(_without_places(desk, str(report["text"])))
    if len(words) < _FEWEST_WORDS:
        return
    key = desk.tools.keyring.corrections
    marks = sorted(vault.mark(key, word) for word in words)
    row = Correction(
        month=f"{desk.today:%Y-%m}", label=label, features=struct.pack(f">{len(marks)}Q", *marks)
    )
    corrections.put(desk.session, row)


def export(desk: Desk) -> list[str]:
    """One line of JSON each, `label` and `features`; no label with fewer than `FEWEST` of them."""
    rows = corrections.every(desk.session)
    many = Counter(row.label for row in rows)
    lines = sorted(_line(row) for row in rows if many[row.label] >= FEWEST)
    audit.record(desk, "corrections.exported", detail=str(len(lines)))
    return lines


def forget(desk: Desk) -> None:
    """Delete what is too old; everything, where it is switched off."""
    before = f"{months_later(desk.today, 1 - MONTHS):%Y-%m}"
    corrections.forget(desk.session, before if desk.tools.keep_corrections else "9999-12")


def _line(row: Correction) -> str:
    marks = [row.features[at : at + 8].hex() for at in range(0, len(row.features), 8)]
    return json.dumps({"label": row.label, "features": marks})


def _without_places(desk: Desk, text: str) -> str:
    """Words, and gaps where the name of any commune, district or province stood, old or new."""
    names = desk.tools.gazetteer.names
    words, kept, at = normalise(text).stripped, [], 0
    while at < len(words):
        for many in range(min(_LONGEST_NAME, len(words) - at), 1, -1):
            name = " ".join(words[at : at + many])
            if name in names.communes or name in names.areas:
                kept.append(".")
                at += many
                break
        else:
            kept.append(words[at])
            at += 1
    return " ".join(kept)
