"""Notices: the list, one notice with its next step, and what sends it."""

from datetime import datetime
from uuid import UUID

from console import channels, form, history, words
from console.refusals import BadHourError
from console.visit import BASE, Answer, Go, Show, Visit
from desk import campaigns, drafts, notices
from desk.drafts import PARTS, WHOLE_LIMIT
from desk.errors import NoSuchNoticeError
from desk.notices import FEW, Seen
from desk.topics import topic_name

_RECALLED = "Thông báo đã thu hồi. Trang xã còn ghi việc này trong 7 ngày."
_STOPPED = "Thông báo đã thu hồi trước giờ gửi. Chưa ai được đọc."


def listed(visit: Visit) -> Answer:
    """Newest notices of the station, or of the province, page by page."""
    rows = notices.listed(visit.desk, visit.who, form.id_of(visit.query.get("after", "")))
    return Show(
        "notices.html",
        {
            "rows": rows,
            "states": words.NOTICE_STATES,
            "next": rows[-1].id if len(rows) == notices.PAGE else None,
            "first": "after" in visit.query,
            "channel_states": visit.facts.channels(),
            "channels": words.CHANNEL_NAMES,
        },
    )


def show(visit: Visit) -> Answer:
    """One notice: its words, who wrote and read it, what can be done next, how far it is."""
    seen = notices.look(visit.desk, visit.who, _id(visit))
    row = seen.notice
    text = drafts.text_of(row)
    sending = campaigns.progress(visit.desk, row.id)
    return Show(
        "notice.html",
        {
            "notice": row,
            "seen": seen,
            "lengths": [(called, len(getattr(row, name)), limit) for name, called, limit in PARTS],
            "whole": (len(text), WHOLE_LIMIT),
            "shown": visit.facts.previews(text),
            "channel_notes": words.CHANNEL_NOTES,
            "state": words.NOTICE_STATES[row.state],
            "next_step": next_step(seen),
            "over": row.state == "published" and campaigns.is_over(visit.desk, row),
            "stopped": notices.was_stopped(row),
            "places": _places(visit, row.communes),
            "recall_text": drafts.recall_text(row),
            "to_whom": to_whom(seen),
            "reach": "" if seen.reach is None else reach_text(seen.reach),
            "sending": sending,
            "broken": channels.broken(visit),
            "live": any(s.state == "running" for s in sending),
            "campaign_states": words.CAMPAIGN_STATES,
            "channels": words.CHANNEL_NAMES,
            "deeds": history.of_notice(visit.desk, seen.deeds),
            "typed": visit.form if visit.alert else {},
            "page_url": f"{visit.facts.public_url}/xa/{row.communes[0]}",
        },
    )


def submit(visit: Visit) -> Answer:
    """Ask for approval."""
    notices.submit(visit.desk, visit.who, _id(visit), _revision(visit))
    return back(visit, "Đã gửi duyệt. Một cán bộ khác cần đọc và duyệt.")


def approve(visit: Visit) -> Answer:
    """Approve: now, or at an hour."""
    start = _hour(visit.form.get("start", "")) if visit.form.get("when") == "later" else None
    notices.approve(visit.desk, visit.who, _id(visit), _revision(visit), start)
    return back(visit, "Đã duyệt. Thông báo được gửi đúng giờ, trong khoảng 7 giờ đến 21 giờ.")


def give_back(visit: Visit) -> Answer:
    """Back to its writer."""
    remark = visit.form.get("remark", "")
    notices.give_back(visit.desk, visit.who, _id(visit), _revision(visit), remark)
    return back(visit, "Đã trả lại cho người viết.")


def recall(visit: Visit) -> Answer:
    """Take it back."""
    reason = visit.form.get("reason", "")
    notices.recall(visit.desk, visit.who, _id(visit), _revision(visit), reason)
    return back(visit, "Đã thu hồi. Người đã nhận sẽ được báo.")


def pause(visit: Visit) -> Answer:
    """Hold what is being sent."""
    return _command(visit, "pause", "Đã tạm dừng gửi.")


def resume(visit: Visit) -> Answer:
    """Go on."""
    return _command(visit, "resume", "Đang gửi tiếp.")


def stop(visit: Visit) -> Answer:
    """Send to nobody else."""
    return _command(visit, "stop", "Đã dừng hẳn. Người chưa nhận sẽ không nhận nữa.")


def next_step(seen: Seen) -> str:
    """What an officer who has never seen this page should do now."""
    match seen.notice.state:
        case "draft":
            return "Đọc lại bản xem trước. Vừa ý thì bấm “Gửi duyệt”."
        case "waiting" if seen.may_approve:
            return "Đọc kỹ từng phần. Đúng thì duyệt; chưa đúng thì trả lại và ghi lý do."
        case "waiting":
            return "Đang chờ một cán bộ khác của đơn vị, hoặc công an tỉnh, đọc và duyệt."
        case "scheduled":
            return "Đã duyệt, đang chờ đến giờ gửi. Cần dừng lại thì bấm “Thu hồi”."
        case "published":
            return "Đã công bố. Phát hiện sai thì bấm “Thu hồi” ngay."
    return _STOPPED if notices.was_stopped(seen.notice) else _RECALLED


def to_whom(seen: Seen) -> str:
    """Its audience in words."""
    row = seen.notice
    kind = words.AUDIENCES[row.audience] if row.audience else "Mọi người đăng ký"
    return f"{kind} đã chọn “{topic_name(row.topic)}”" if row.only_topic else kind


def reach_text(reach: int) -> str:
    """A count people may see."""
    return f"khoảng {reach}" if reach >= FEW else f"< {FEW}"


def back(visit: Visit, said: str, notice: UUID | None = None) -> Go:
    """To the notice's page."""
    return Go(f"{BASE}/notices/{notice or _id(visit)}", said=said)


def _command(visit: Visit, step: str, said: str) -> Answer:
    seen = notices.look(visit.desk, visit.who, _id(visit))
    campaigns.command(visit.desk, visit.who, seen.notice, step)
    return back(visit, said)


def _places(visit: Visit, communes: list[str]) -> list[str]:
    known = visit.desk.tools.gazetteer.communes
    return [known[code].name for code in communes if code in known]


def _hour(typed: str) -> datetime:
    """What a field of type datetime-local holds, as typed in Việt Nam."""
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=words.VIETNAM)
    except ValueError:
        raise BadHourError from None


def _revision(visit: Visit) -> int:
    typed = visit.form.get("revision", "")
    return int(typed) if typed.isdecimal() and typed.isascii() else 0


def _id(visit: Visit) -> UUID:
    try:
        return UUID(visit.path["notice"])
    except ValueError:
        raise NoSuchNoticeError from None
