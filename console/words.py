"""The console's Vietnamese for ids of the program: categories, states, deeds, hours."""

import json
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from desk.clocks import VIETNAM as VIETNAM  # noqa: PLC0414 # pages take it from here
from desk.queue import DISPOSITIONS
from desk.subscriptions import AUDIENCES as AUDIENCES  # noqa: PLC0414 # templates take it from here

CATEGORIES_FILE = Path(__file__).parent.parent / "data/taxonomy/categories.json"
_HOUR = timedelta(hours=1)
_DAYS_FROM = 48  # hours; below it people count hours

TAB_NAMES = {
    "new": "Mới",
    "taken": "Đang xử lý",
    "waiting": "Chờ người báo trả lời",
    "late": "Quá hạn",
    "closed": "Đã kết thúc",
    "spam": "Nghi tin rác",
}
DISPOSITION_NAMES = dict(
    zip(
        DISPOSITIONS,
        (
            "Đã xử lý",
            "Đã chuyển cơ quan khác",
            "Không đủ thông tin",
            "Trùng tin khác",
            "Tin rác",
        ),
        strict=True,
    )
)
STATE_NAMES = {
    "new": "Mới",
    "taken": "Đang xử lý",
    "waiting": "Chờ người báo trả lời",
    "answered": "Người báo đã viết thêm",
    "closed": "Đã kết thúc",
}
ROLE_NAMES = {
    "officer": "Cán bộ",
    "chief": "Chỉ huy",
    "province": "Cán bộ tỉnh",
    "editor": "Biên tập viên",
    "admin": "Quản trị",
}
ROLE_RIGHTS = {
    "officer": "nhận, hỏi, chuyển, kết thúc tin",
    "chief": "thêm quyền mời người",
    "province": "đọc tin của tỉnh, mời người",
    "editor": "viết thông báo, không xem tin báo",
    "admin": "quản lý đơn vị và cán bộ, không xem tin báo",
}
LINE_NAMES = {
    "question": "Hỏi người báo",
    "answer": "Người báo trả lời",
    "addition": "Người báo bổ sung",
    "note": "Ghi chú nội bộ",
    "facts": "Dữ kiện",
    "reminder": "Hẹn xem lại",
    "formal": "Nguồn tin về tội phạm",
    "transfer": "Chuyển tin",
    "close": "Kết thúc",
}
DEED_NAMES = {
    "tip.entered": "nhập tin theo lời kể",
    "tip.opened": "mở tin",
    "tip.photo": "xem ảnh",
    "tip.printed": "in",
    "tip.claimed": "nhận tin",
    "tip.asked": "hỏi người báo",
    "tip.noted": "ghi chú",
    "tip.transferred": "chuyển tin",
    "tip.closed": "kết thúc",
    "tip.facts": "ghi dữ kiện",
    "tip.category": "sửa loại việc",
    "corrections.exported": "xuất các lần sửa loại việc (không có chữ nào của tin)",
    "tip.urgent": "đánh dấu khẩn",
    "tip.calm": "bỏ dấu khẩn",
    "tip.not_spam": "xác nhận không phải rác",
    "tip.assigned": "giao tin",
    "tip.released": "trả tin về hàng đợi",
    "tip.reminder_set": "hẹn xem lại",
    "tip.reminder_done": "đã xem lại",
    "tip.accepted": "tiếp nhận là nguồn tin về tội phạm",
    "tip.handed_over": "chuyển cơ quan điều tra",
    "tip.extended": "gia hạn giải quyết",
    "tips.searched": "tìm trong các tin",
    "faq.worded": "thêm cách hỏi cho câu",
    "faq.dropped": "bỏ một câu máy chưa hiểu",
    "words.added": "dạy máy từ địa phương",
    "words.removed": "bỏ từ địa phương",
    "contacts.imported": "nạp số trực ban, địa chỉ đơn vị",
    "hamlets.imported": "nạp danh sách ấp, thôn, khu phố",
    "officer.invited": "mời cán bộ",
    "officer.joined": "vào làm việc",
    "officer.left": "thu quyền đăng nhập của",
    "officer.locked": "bị khóa đăng nhập vì sai nhiều lần",
    "officer.signed_in": "đăng nhập",
    "officer.password_changed": "đổi mật khẩu",
    "officer.reset_asked": "xin cấp lại đăng nhập cho",
    "officer.reset_approved": "duyệt cấp lại đăng nhập cho",
    "officer.reset_done": "đặt lại đăng nhập:",
    "station.activated": "mở đơn vị",
    "station.hours": "đổi giờ trực",
    "tip.escalated": "máy báo lên trực ban tỉnh",
    "duty.code": "lấy mã nối nhóm trực",
    "duty.connected": "nối nhóm báo trực",
    "duty.disconnected": "ngắt nhóm báo trực",
}
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
TOLD_NAMES = {"desk": "Kể tại trụ sở", "phone": "Gọi điện đến"}
ONGOING_NAMES = {"unknown": "Chưa rõ", "yes": "Đang diễn ra", "no": "Đã xong"}
FORMAL_STEPS = {
    "accepted": "Tiếp nhận là nguồn tin về tội phạm",
    "handed_over": "Đã chuyển cơ quan điều tra",
    "extended": "Gia hạn giải quyết",
}
QUESTION_NAMES = {
    "where": "Hỏi thêm nơi xảy ra",
    "when": "Hỏi thêm thời gian",
    "vehicle": "Hỏi xe, biển số",
    "looks": "Hỏi đặc điểm người",
    "still": "Hỏi có còn tiếp diễn",
    "safe": "Hỏi có ai gặp nguy hiểm",
}
# What was not sent because the log-in had ended (`console.kept`).
KEPT_NAMES = {
    "/tips/{tip}/note": "Ghi chú về một tin",
    "/tips/{tip}/ask": "Câu hỏi cho người báo tin",
    "/tips/{tip}/transfer": "Chuyển một tin",
    "/tips/{tip}/close": "Kết thúc một tin",
    "/tips/{tip}/facts": "Dữ kiện của một tin",
    "/walk-in": "Tin theo lời kể",
    "/search": "Tìm trong các tin",
    "/notices/new": "Thông báo mới",
    "/notices/{notice}/edit": "Sửa một thông báo",
    "/notices/{notice}/back": "Trả lại một thông báo",
    "/notices/{notice}/recall": "Thu hồi một thông báo",
}
KEPT_OTHER = "Nội dung đã viết"
PAPER_NAMES = {"slip": "phiếu tiếp nhận", "record": "biên bản tiếp nhận"}
NOTICE_STATES = {
    "draft": "Nháp",
    "waiting": "Chờ duyệt",
    "scheduled": "Đã duyệt, chờ giờ gửi",
    "published": "Đã công bố",
    "recalled": "Đã thu hồi",
}
NOTICE_DEEDS = {
    "notice.written": "viết nháp",
    "notice.rewritten": "sửa",
    "notice.submitted": "gửi duyệt",
    "notice.approved": "duyệt",
    "notice.given_back": "trả lại",
    "notice.published": "công bố",
    "notice.recalled": "thu hồi",
    "campaign.paused": "tạm dừng gửi",
    "campaign.running": "gửi tiếp",
    "campaign.stopped": "dừng hẳn",
    "campaign.expired": "ngừng gửi vì thông báo hết hiệu lực",
}
CAMPAIGN_STATES = {
    "running": "Đang gửi",
    "paused": "Tạm dừng",
    "stopped": "Đã dừng",
    "expired": "Hết hiệu lực, đã ngừng gửi",
    "done": "Đã gửi xong",
}
CHANNEL_NAMES = {"telegram": "Telegram", "zalo": "Zalo", "web": "Trò chuyện"}
CHANNEL_NOTES = {
    "telegram": "Gửi thẳng vào máy người đăng ký qua Telegram.",
    "web": "Chỉ hiện khi gửi thử: người đăng ký trên web đọc ở trang riêng.",
}
DAYS = {"1": "Hôm nay", "7": "7 ngày qua", "30": "30 ngày qua"}
CLOCK_NAMES = {
    "take": "Hạn nhận tin",
    "handle": "Hạn xử lý",
    "hand_over": "Hạn chuyển cơ quan điều tra",
    "settle": "Hạn giải quyết nguồn tin",
}
EMPTY_NARROW = "Không có tin nào hợp với bộ lọc. Bỏ bớt điều kiện lọc để xem thêm."
EMPTY_TABS = {
    "new": "Chưa có tin mới. Trang này tự cập nhật; bạn có thể để mở.",
    "late": "Không có tin nào quá hạn.",
    "spam": "Máy không nghi tin nào là rác. Tin gấp không bao giờ nằm ở thẻ này.",
    "taken": "Chưa có tin nào đang xử lý. Sang thẻ “Mới”, mở một tin rồi bấm “Nhận tin”.",
    "waiting": "Không có tin nào chờ người báo trả lời.",
    "closed": "Chưa có tin nào đã kết thúc. Tin đã kết thúc được giữ 90 ngày rồi xóa.",
}


@cache
def categories() -> dict[str, str]:
    """Category id → its name, from the closed list."""
    rows = json.loads(CATEGORIES_FILE.read_text(encoding="utf-8"))
    return {row["id"]: row["name"] for row in rows}


def chosen_categories() -> dict[str, str]:
    """The categories an officer can choose."""
    return {id_: name for id_, name in categories().items() if id_ != "not_a_tip"}


def category(id_: str) -> str:
    """A category's name."""
    return categories().get(id_, id_)


def hour(at: datetime) -> str:
    """As "14 giờ, 21/11": all a tip remembers of its time."""
    local = at.astimezone(VIETNAM)
    return f"{local.hour} giờ, {local.day}/{local.month}"


def thousands(number: int) -> str:
    """As "4.096"."""
    return f"{number:,}".replace(",", ".")


def due(at: datetime, now: datetime) -> str:
    """How long until a clock runs out, or since it did, as people say it."""
    if at <= now:
        return f"đã quá {_span(now - at)}" if now - at >= _HOUR else "vừa quá"
    return f"còn {_span(at - now)}" if at - now >= _HOUR else "còn dưới 1 giờ"


def _span(time: timedelta) -> str:
    hours = int(time / _HOUR)
    return f"{hours} giờ" if hours < _DAYS_FROM else f"{hours // 24} ngày"


def day(on: date) -> str:
    """As "3/12/2026"."""
    return f"{on.day}/{on.month}/{on.year}"


def moment(at: datetime) -> str:
    """As "14:05, 21/11/2026": for what officers did."""
    return at.astimezone(VIETNAM).strftime("%H:%M, %d/%m/%Y")


def minutes(number: int) -> str:
    """Minutes after midnight as "07:05"; the end of a day as "00:00"."""
    return f"{number // 60 % 24:02}:{number % 60:02}"
