"""What officers wrote when their log-in had ended: sealed to them until they send it or drop it.

As a tip: under a key of its own, which is wrapped to the officer and enclosed by the month's
retention key. Nobody else opens it, whoever logs in on that machine, and no backup alone does.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from desk.desk import Desk
from desk.officers import Signed
from storage import kept, officers, vault
from storage.keyring import KeyGoneError
from storage.models import KeptForm

KEPT_FOR = timedelta(days=30)  # a leave; longer, and what it says of a tip outlives its use
AT_MOST = 20  # of an officer; whoever sends more has a page of theirs, and no good in mind


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the desk as it was sent: its route, the names in its path, its fields."""

    route: str
    path: Mapping[str, str]
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that waits for its writer. `id` is hexadecimal."""

    id: str
    at: datetime
    form: Form


def keep(desk: Desk, officer_id: UUID, form: Form) -> bool:
    """Keep a form for whoever wrote it; False if they left, or have too many already."""
    officer = officers.find(desk.session, officer_id)
    if officer is None or officer.state != "active":
        return False
    if kept.count(desk.session, officer_id) >= AT_MOST:
        return False
    parts = [form.route, dict(form.path), dict(form.fields)]
    data = json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()
    key, month, context = vault.new_key(), f"{desk.key_day:%Y-%m}", _context(officer_id)
    wrapped = vault.wrap(officer.public_key, key)
    row = KeptForm(
        id=vault.mac(_key(desk), officer_id.bytes + data),
        officer_id=officer_id,
        kept_at=desk.at,
        month=month,
        enclosed=vault.enclose(desk.tools.keyring.retention(month), wrapped, context),
        sealed=vault.seal(key, data, context),
    )
    kept.put(desk.session, row)
    return True


def waiting(desk: Desk, signed: Signed) -> list[Kept]:
    """What this officer has not sent yet, oldest first; what opens no more is passed over."""
    found = []
    for row in kept.of_officer(desk.session, signed.id):
        form = _open(desk, signed, row)
        if form is not None:
            found.append(Kept(row.id.hex(), row.kept_at, form))
    return found


def count(desk: Desk, signed: Signed) -> int:
    """How many forms wait for this officer."""
    return kept.count(desk.session, signed.id)


def drop(desk: Desk, signed: Signed, id_: str) -> None:
    """It was sent, or is not wanted any more; another officer's stays."""
    try:
        kept.drop(desk.session, signed.id, bytes.fromhex(id_))
    except ValueError:
        return


def _open(desk: Desk, signed: Signed, row: KeptForm) -> Form | None:
    context = _context(signed.id)
    try:
        retention = desk.tools.keyring.retention_of(row.month)
        wrapped = vault.disclose(retention, row.enclosed, context)
        key = vault.unwrap(signed.private_key, wrapped)
        return Form(*json.loads(vault.unseal(key, row.sealed, context)))
    except (KeyGoneError, vault.SealError):
        return None


def _context(officer: UUID) -> bytes:
    return f"kept form {officer}".encode()


def _key(desk: Desk) -> bytes:
    """The same form sent twice is known by it, and nothing else."""
    return vault.derive(desk.tools.keyring.bot.secret, "kept form")
