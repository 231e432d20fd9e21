"""One tip: what was told, what was done, and what an officer can do next."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from console import history, stations, words
from console.marking import pieces
from console.refusals import (
    ChangedMeanwhileError,
    DispositionMissingError,
    NoSuchStationError,
    SeveralStationsError,
)
from console.visit import BASE, Answer, Go, Show, Visit
from desk import audit, queue
from desk import stations as offices
from desk.errors import NoSuchTipError
from desk.queue import Opened
from storage.models import Station

_UNCHANGED = ("tip.opened",)  # reading changes nothing
_WORTH_SHOWING = 5  # percent; a second guess below it distracts more than it tells


def show(visit: Visit) -> Answer:
    """Break the seal and show everything; the audit log remembers who looked."""
    opened = queue.open_tip(visit.desk, visit.who, _id(visit))
    report, tip = opened.report, opened.tip
    action = visit.query.get("do", "") if not visit.alert else visit.form.get("do", "")
    holder = offices.find(visit.desk, tip.station_code)
    place = offices.find(visit.desk, report["place"]) if report["place"] else None
    return Show(
        "tip.html",
        {
            "tip": tip,
            "holder": holder.name if holder else tip.station_code,
            "claimed_by": opened.claimed_by,
            "mine": tip.claimed_by == visit.who.id,
            "report": report,
            "pieces": pieces(report["text"], report["evidence"]),
            "place": _place_name(place) if place else "",
            "guesses": _guesses(report["top"]),
            "next_step": next_step(opened, visit.who.id),
            "events": history.events(visit.desk, opened),
            "deeds": history.deeds(visit.desk, opened),
            "version": _version(visit, tip.id),
            "dispositions": words.DISPOSITION_NAMES,
            "limit": queue.REPLY_LIMIT,
            "do": action,
            "typed": visit.form if visit.alert else {},
            **_transfer_choices(visit, action),
        },
    )


def claim(visit: Visit) -> Answer:
    """Take the tip; the slower of two officers reads who was faster."""
    queue.claim(visit.desk, visit.who, _id(visit))
    return _back(visit, "Bạn đã nhận tin này.")


def ask(visit: Visit) -> Answer:
    """Ask the sender."""
    queue.ask(visit.desk, visit.who, _id(visit), visit.form.get("text", ""))
    _check_version(visit)
    return _back(visit, "Đã gửi câu hỏi. Người báo sẽ thấy khi nhập mã tra cứu.")


def note(visit: Visit) -> Answer:
    """Write something down for colleagues."""
    queue.note(visit.desk, visit.who, _id(visit), visit.form.get("text", ""))
    _check_version(visit)
    return _back(visit, "Đã lưu ghi chú.")


def transfer(visit: Visit) -> Answer:
    """Hand the tip to another station; it leaves this queue at once."""
    typed = visit.form.get("code") or visit.form.get("to", "")
    found = stations.pick(visit.desk, typed, visit.where.province_code)
    if not found:
        raise NoSuchStationError
    if len(found) > 1:
        raise SeveralStationsError
    name = queue.transfer(
        visit.desk, visit.who, _id(visit), found[0].code, visit.form.get("text", "")
    )
    stands_in = "" if name == found[0].name else f" ({found[0].name} chưa mở kênh)"
    return Go(f"{BASE}/queue", said=f"Đã chuyển tin cho {name}{stands_in}.")


def close(visit: Visit) -> Answer:
    """Close the tip with a word to the sender."""
    disposition = visit.form.get("disposition", "")
    if disposition not in queue.DISPOSITIONS:
        raise DispositionMissingError
    queue.close(visit.desk, visit.who, _id(visit), disposition, visit.form.get("text", ""))
    _check_version(visit)
    return _back(visit, "Đã kết thúc tin. Người báo sẽ thấy lời nhắn khi nhập mã tra cứu.")


def next_step(opened: Opened, me: UUID) -> str:
    """What an officer who has never seen this page should do now."""
    tip = opened.tip
    if tip.state == "closed":
        return "Tin đã kết thúc. Bạn không cần làm gì thêm."
    if tip.claimed_by is None:
        return "Bấm “Nhận tin” để đồng đội biết bạn đang xử lý, rồi mới hỏi, chuyển hoặc kết thúc."
    if tip.claimed_by != me:
        return f"{opened.claimed_by} đang xử lý tin này. Bạn có thể ghi chú cho đồng đội."
    if tip.state == "waiting":
        return (
            "Đã hỏi, đang chờ người báo quay lại bằng mã tra cứu. "
            "Trong lúc chờ, hãy xác minh tại chỗ."
        )
    if tip.state == "answered":
        return "Người báo đã trả lời: đọc ở “Diễn biến”, rồi xác minh, hỏi tiếp hoặc kết thúc."
    return (
        "Đọc kỹ, xác minh tại chỗ. Thiếu thông tin thì hỏi người báo; "
        "không thuộc địa bàn thì chuyển."
    )


def _guesses(top: list[tuple[str, float]]) -> list[tuple[str, int]]:
    """What the machine thinks, in percent. Never 100: it is a guess."""
    rounded = [(category, min(99, round(100 * sure))) for category, sure in top]
    return rounded[:1] + [guess for guess in rounded[1:] if guess[1] >= _WORTH_SHOWING]


def _place_name(station: Station) -> str:
    """The place a station looks after: "Xã Rạch Kiến"."""
    name = station.name.removeprefix("Công an ")
    return name[:1].upper() + name[1:]


def _transfer_choices(visit: Visit, action: str) -> Mapping[str, Any]:
    """What the field completes to, and the namesakes to choose from after an unclear name."""
    near = offices.of_province(visit.desk, visit.where.province_code)
    far = [s for s in offices.provinces(visit.desk) if s.code != visit.where.province_code]
    unclear = visit.alert and action == "transfer" and not visit.form.get("code")
    province = visit.where.province_code
    candidates = stations.pick(visit.desk, visit.form.get("to", ""), province) if unclear else []
    return {
        "stations": [s for s in near + far if s.code != visit.where.code],
        "candidates": candidates if len(candidates) > 1 else [],
        "province_names": {s.code: s.name.removeprefix("Công an ") for s in [*far, *near[:1]]},
    }


def _check_version(visit: Visit) -> None:
    """Refuse a second press of the same button, and a page that is older than the tip.

    Called after the deed: writing it waited for whoever was faster, so now their deed is seen.
    """
    now = _version(visit, _id(visit))
    if visit.form.get("version") != str(now - 1):
        raise ChangedMeanwhileError


def _version(visit: Visit, tip_id: UUID) -> int:
    """How many deeds changed the tip so far."""
    return sum(deed.action not in _UNCHANGED for deed in audit.of_tip(visit.desk, tip_id))


def _id(visit: Visit) -> UUID:
    try:
        return UUID(visit.path["tip"])
    except ValueError:
        raise NoSuchTipError from None


def _back(visit: Visit, said: str) -> Go:
    return Go(f"{BASE}/tips/{_id(visit)}", said=said)
