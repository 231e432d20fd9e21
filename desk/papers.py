"""What of a tip goes on paper: first information by default, a formal record only after that act.

Neither has a place for whoever told it, and neither holds a receipt.
"""

from uuid import UUID

from desk import opening, queue
from desk.desk import Desk
from desk.errors import WrongFormalStepError
from desk.officers import Signed
from desk.queue import Line, Opened

SLIP, RECORD = "slip", "record"


def slip(desk: Desk, signed: Signed, tip_id: UUID) -> Opened:
    """The tip, for a “Phiếu tiếp nhận thông tin ban đầu”; the audit log remembers the print.

    Raises:
        NoSuchTipError: not in a queue of this officer.
    """
    return _printed(desk, signed, tip_id, SLIP)


def record(desk: Desk, signed: Signed, tip_id: UUID) -> tuple[Opened, Line]:
    """The tip, for a “Biên bản tiếp nhận nguồn tin về tội phạm”, and the line of that act.

    Raises:
        NoSuchTipError: not in a queue of this officer.
        WrongFormalStepError: nobody has recorded that act, so there is nothing to print.
    """
    if opening.find(desk, tip_id).formal_since is None:
        raise WrongFormalStepError
    opened = _printed(desk, signed, tip_id, RECORD)
    act = next(
        line
        for line in opened.lines
        if line.kind == "formal" and line.content["step"] == "accepted"
    )
    return opened, act


def _printed(desk: Desk, signed: Signed, tip_id: UUID, paper: str) -> Opened:
    opened = queue.open_tip(desk, signed, tip_id)
    opening.record(desk, signed, opened.tip, "tip.printed", paper)
    return opened
