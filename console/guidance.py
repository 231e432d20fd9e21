"""What an officer who has never seen this page should do now."""

from uuid import UUID

from desk.facts import Known
from desk.queue import Opened


def next_step(opened: Opened, known: Known, me: UUID, *, late: bool) -> str:
    """One or two sentences."""
    step = _step(opened, known, me)
    if late and opened.tip.state != "closed":
        return f"Tin đã quá hạn, cần làm ngay. {step}"
    return step


def _step(opened: Opened, known: Known, me: UUID) -> str:
    tip = opened.tip
    if tip.state == "closed":
        return "Tin đã kết thúc. Bạn không cần làm gì thêm."
    if tip.claimed_by is None:
        return _SUSPECT if tip.suspect else _TAKE
    if tip.claimed_by != me:
        return f"{opened.claimed_by} đang xử lý tin này. Bạn có thể ghi chú cho đồng đội."
    return _STATES.get(tip.state) or _CLOCKS.get(tip.clock) or (_CORRECT if not known.by else _GO)


_TAKE = "Bấm “Nhận tin” để đồng đội biết bạn đang xử lý, rồi mới hỏi, chuyển hoặc kết thúc."
_SUSPECT = "Máy nghi đây là tin rác. Đọc thử: nếu không phải, bấm “Không phải tin rác”."
_STATES = {
    "waiting": "Đã hỏi, đang chờ người báo quay lại bằng mã tra cứu. "
    "Trong lúc chờ, hãy xác minh tại chỗ.",
    "answered": "Người báo đã viết thêm: đọc ở “Diễn biến”, rồi xác minh, hỏi tiếp hoặc kết thúc.",
}
_CLOCKS = {
    "hand_over": "Chuyển hồ sơ cho cơ quan điều tra, rồi bấm “Đã chuyển cơ quan điều tra”.",
}
_CORRECT = (
    "Đọc kỹ, sửa và lưu “Dữ kiện” máy gợi ý, rồi xác minh tại chỗ. "
    "Thiếu gì thì hỏi người báo; không thuộc địa bàn thì chuyển."
)
_GO = (
    "Xác minh tại chỗ. Thiếu gì thì hỏi người báo; không thuộc địa bàn thì chuyển; "
    "xong thì kết thúc."
)
