"""A tip received as a source of information about a crime: an officer's act, and the law's clocks.

Until an officer records that act a tip is first information, and only our own times run. The
clocks' lengths and sources are in `desk.clocks`.
"""

from uuid import UUID

from desk import clocks, opening
from desk.desk import Desk
from desk.errors import WrongFormalStepError
from desk.officers import Signed
from storage import tips
from storage.models import Tip


def accept(desk: Desk, signed: Signed, tip_id: UUID, *, remote: bool) -> None:
    """Record “Tiếp nhận là nguồn tin về tội phạm”: the time to hand it over begins.

    Args: remote: roads are long, so the law gives 48 hours instead of 24.

    Raises:
        NotYoursError: take the tip first.
        WrongFormalStepError: it has been recorded already.
    """
    tip = opening.mine(desk, signed, tip_id)
    if tip.formal_since is not None:
        raise WrongFormalStepError
    tips.set_formal(desk.session, tip_id, desk.hour, 0)
    due = clocks.hand_over_by(desk.at, remote=remote)
    tips.set_clock(desk.session, tip_id, "hand_over", due)
    _write(desk, signed, tip, "accepted")


def hand_over(desk: Desk, signed: Signed, tip_id: UUID) -> None:
    """Record that the investigating body has it: the time to settle it counts from the act.

    Raises:
        WrongFormalStepError: not received so, or handed over before.
    """
    tip = opening.mine(desk, signed, tip_id)
    if tip.formal_since is None or tip.clock != "hand_over":
        raise WrongFormalStepError
    due = clocks.settle_by(desk.tools.times, tip.formal_since, 0)
    tips.set_clock(desk.session, tip_id, "settle", due)
    _write(desk, signed, tip, "handed_over")


def extend(desk: Desk, signed: Signed, tip_id: UUID) -> None:
    """Record that the time to settle it was prolonged, first to two months, then to four.

    Raises:
        WrongFormalStepError: not handed over yet, or prolonged as often as the law allows.
    """
    tip = opening.mine(desk, signed, tip_id)
    if tip.formal_since is None or tip.clock != "settle" or tip.extended >= clocks.EXTENSIONS:
        raise WrongFormalStepError
    extended = tip.extended + 1
    tips.set_formal(desk.session, tip_id, tip.formal_since, extended)
    due = clocks.settle_by(desk.tools.times, tip.formal_since, extended)
    tips.set_clock(desk.session, tip_id, "settle", due)
    _write(desk, signed, tip, "extended")


def _write(desk: Desk, signed: Signed, tip: Tip, step: str) -> None:
    """In the timeline, for whoever opens it; in the log, for whoever audits it."""
    opening.append(desk, signed, tip, "formal", {"step": step})
    opening.record(desk, signed, tip, f"tip.{step}")
