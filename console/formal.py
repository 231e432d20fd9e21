"""Recording the acts from which the law's clocks run."""

from console import acting
from console.visit import Answer, Visit
from desk import formal


def accept(visit: Visit) -> Answer:
    """Received as a source of information about a crime."""
    remote = visit.form.get("remote") == "1"
    formal.accept(visit.desk, visit.who, acting.tip_id(visit), remote=remote)
    acting.check_version(visit)
    return acting.back(visit, "Đã ghi nhận. Thời hạn theo luật bắt đầu tính từ giờ này.")


def hand_over(visit: Visit) -> Answer:
    """The investigating body has it."""
    formal.hand_over(visit.desk, visit.who, acting.tip_id(visit))
    acting.check_version(visit)
    return acting.back(visit, "Đã ghi nhận việc chuyển cơ quan điều tra.")


def extend(visit: Visit) -> Answer:
    """More time to settle it."""
    formal.extend(visit.desk, visit.who, acting.tip_id(visit))
    acting.check_version(visit)
    return acting.back(visit, "Đã ghi nhận gia hạn.")
