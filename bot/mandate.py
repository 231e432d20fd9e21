"""On what a public channel stands: legal basis, data controller, retention, the recovery key.

The program cannot check that what is recorded is true. It sees that somebody wrote it down, and
that it does not contradict what the program does.
"""

import re
from dataclasses import dataclass

from bot.settings import Settings
from desk.retention import KEEP_CLOSED

_SHORTEST = 8  # letters; "CA tỉnh" says nobody whom a citizen could turn to
_UNDECIDED = re.compile(r"(?i)\W*(?:todo|tbd|xxx|none|test|example|chưa|không)\b")


@dataclass(frozen=True, slots=True)
class Record:
    """Something to be decided before citizens are told the address; `mend` empty: it is."""

    setting: str
    what: str
    mend: str = ""


def records(settings: Settings) -> tuple[Record, ...]:
    """All four, as the settings say."""
    return (
        _legal_basis(settings.legal_basis),
        _written(
            "DATA_CONTROLLER",
            "data controller",
            settings.data_controller,
            "the unit that decides why and how personal data are used here (bên kiểm soát dữ liệu "
            "cá nhân, Luật 91/2025/QH15), and how citizens reach it",
        ),
        _retention(settings.retention_days),
        _written(
            "RECOVERY_KEY_HOLDER",
            "recovery key",
            settings.recovery_key_holder,
            "who keeps the paper with the recovery key of each province, and where; never the key "
            "itself",
        ),
    )


def missing(settings: Settings) -> tuple[str, ...]:
    """What keeps the channel from being public, as names of settings."""
    nobody = () if settings.operator_name else ("OPERATOR_NAME",)
    return (*nobody, *(record.setting for record in records(settings) if record.mend))


def open_to_public(settings: Settings) -> tuple[str, ...]:
    """Channels that somebody outside this machine can reach, as far as the settings say."""
    here = any(name in settings.address for name in ("127.0.0.1", "localhost", "[::1]"))
    return (
        *(() if here else (settings.address,)),
        *(("Telegram",) if settings.telegram_token else ()),
    )


def _legal_basis(value: str | None) -> Record:
    wanted = "number, date and unit of the decision by which this channel takes tips"
    found = _written("LEGAL_BASIS", "legal basis", value, wanted)
    if found.mend or re.search(r"\d", value or ""):
        return found
    mend = f"LEGAL_BASIS names no number and no date: set it to the {wanted}"
    return Record(found.setting, found.what, mend)


def _retention(days: int | None) -> Record:
    kept = KEEP_CLOSED.days
    if days is None:
        mend = (
            f"the program deletes a tip {kept} days after it was closed and tells citizens so: "
            f"have the unit that answers for it decide that, then set RETENTION_DAYS={kept}"
        )
        return Record("RETENTION_DAYS", "retention: not recorded", mend)
    if days != kept:
        mend = (
            f"the program deletes a tip {kept} days after it was closed, and its answers say so: "
            f"decide {kept} days, or change KEEP_CLOSED and every text that names it"
        )
        return Record("RETENTION_DAYS", f"retention: {days} days were decided", mend)
    return Record("RETENTION_DAYS", f"retention: {days} days after a tip is closed")


def _written(setting: str, name: str, value: str | None, wanted: str) -> Record:
    if value is None:
        return Record(setting, f"{name}: not recorded", f"set {setting} to {wanted}")
    if len(value) < _SHORTEST or " " not in value or _UNDECIDED.match(value):
        return Record(
            setting, f"{name}: {value!r}", f"that says nothing: set {setting} to {wanted}"
        )
    return Record(setting, f"{name}: {value}")
