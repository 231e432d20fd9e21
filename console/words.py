"""The console's Vietnamese for ids of the program: categories, states, deeds, hours."""

import json
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from desk.queue import DISPOSITIONS, TABS
from desk.subscriptions import AUDIENCES as AUDIENCES  # noqa: PLC0414 # templates take it from here

CATEGORIES_FILE = Path(__file__).parent.parent / "data/taxonomy/categories.json"
VIETNAM = timezone(timedelta(hours=7))  # Asia/Ho_Chi_Minh; no summer time since 1975

TAB_NAMES = dict(zip(TABS, ("Mới", "Đang xử lý", "Chờ người báo trả lời", "Đã đóng"), strict=True))
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
    "answered": "Người báo đã trả lời",
    "closed": "Đã đóng",
}
ROLE_NAMES = {"officer": "Cán bộ", "chief": "Chỉ huy", "province": "Cán bộ tỉnh"}
LINE_NAMES = {
    "question": "Hỏi người báo",
    "answer": "Người báo trả lời",
    "addition": "Người báo bổ sung",
    "note": "Ghi chú nội bộ",
    "transfer": "Chuyển tin",
    "close": "Kết thúc",
}
DEED_NAMES = {
    "tip.opened": "mở tin",
    "tip.claimed": "nhận tin",
    "tip.asked": "hỏi người báo",
    "tip.noted": "ghi chú",
    "tip.transferred": "chuyển tin",
    "tip.closed": "kết thúc",
    "tip.escalated": "máy báo lên trực ban tỉnh",
    "duty.code": "lấy mã nối nhóm trực",
    "duty.connected": "nối nhóm báo trực",
    "duty.disconnected": "ngắt nhóm báo trực",
}
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
}
CAMPAIGN_STATES = {
    "running": "Đang gửi",
    "paused": "Tạm dừng",
    "stopped": "Đã dừng",
    "done": "Đã gửi xong",
}
CHANNEL_NAMES = {"telegram": "Telegram", "zalo": "Zalo", "web": "Trò chuyện"}
CHANNEL_NOTES = {
    "telegram": "Gửi thẳng vào máy người đăng ký qua Telegram.",
    "web": "Chỉ hiện khi gửi thử: người đăng ký trên web đọc ở trang riêng.",
}
EMPTY_TABS = {
    "new": "Chưa có tin mới. Trang này tự cập nhật; bạn có thể để mở.",
    "taken": "Chưa có tin nào đang xử lý. Sang thẻ “Mới”, mở một tin rồi bấm “Nhận tin”.",
    "waiting": "Không có tin nào chờ người báo trả lời.",
    "closed": "Chưa có tin nào đã đóng. Tin đã đóng được giữ 90 ngày rồi xoá.",
}


@cache
def categories() -> dict[str, str]:
    """Category id → its name, from the closed list."""
    rows = json.loads(CATEGORIES_FILE.read_text(encoding="utf-8"))
    return {row["id"]: row["name"] for row in rows}


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


def moment(at: datetime) -> str:
    """As "14:05, 21/11/2026": for what officers did."""
    return at.astimezone(VIETNAM).strftime("%H:%M, %d/%m/%Y")
