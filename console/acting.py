"""What every deed with a tip shares: which tip, was the page still true, and back to it."""

from uuid import UUID

from console.refusals import ChangedMeanwhileError
from console.visit import BASE, Go, Visit
from desk import audit, opening
from desk.errors import NoSuchTipError

_UNCHANGED = ("tip.opened", "tip.photo", "tip.printed")  # reading changes nothing


def tip_id(visit: Visit) -> UUID:
    """The tip in the page's address."""
    try:
        return UUID(visit.path["tip"])
    except ValueError:
        raise NoSuchTipError from None


def check_version(visit: Visit) -> None:
    """Refuse a second press of the same button, and a page that is older than the tip.

    Called after the deed: writing it waited for whoever was faster, so now their deed is seen.
    """
    now = version(visit, tip_id(visit))
    if visit.form.get("version") != str(now - 1):
        raise ChangedMeanwhileError


def version(visit: Visit, tip: UUID) -> int:
    """How many deeds changed the tip so far, and how many lines came from whoever sent it.

    A tip must not be closed over words that came while its page was open.
    """
    deeds = sum(deed.action not in _UNCHANGED for deed in audit.of_tip(visit.desk, tip))
    return deeds + opening.lines_from_outside(visit.desk, tip)


def back(visit: Visit, said: str) -> Go:
    """To the tip, with a sentence about what was done."""
    return Go(f"{BASE}/tips/{tip_id(visit)}", said=said)
