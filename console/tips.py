"""One tip: what was told, what was done, and what an officer can do next."""

from collections.abc import Mapping
from typing import Any

from console import acting, corrections, floods, guidance, history, photos, stations, twins, words
from console.marking import pieces
from console.refusals import DispositionMissingError, NoSuchStationError, SeveralStationsError
from console.visit import BASE, Answer, Go, Show, Visit
from desk import assignment, canned, clocks, facts, queue
from desk import stations as offices

_WORTH_SHOWING = 5  # percent; a second guess below it distracts more than it tells


def show(visit: Visit) -> Answer:
    """Break the seal and show everything; the audit log remembers who looked."""
    opened = queue.open_tip(visit.desk, visit.who, acting.tip_id(visit))
    report, tip = {"told": ""} | opened.report, opened.tip
    action = visit.query.get("do", "") if not visit.alert else visit.form.get("do", "")
    holder = offices.find(visit.desk, tip.station_code)
    known, late = facts.of(visit.desk, opened), queue.is_late(visit.desk, tip)
    return Show(
        "tip.html",
        {
            "tip": tip,
            "holder": holder.name if holder else tip.station_code,
            "claimed_by": opened.claimed_by,
            "mine": tip.claimed_by == visit.who.id,
            "report": report,
            "teller": opened.lines[0].author,
            "told_names": words.TOLD_NAMES,
            "late": late,
            "now": visit.desk.at,
            "today": visit.desk.today,
            "pictures": photos.of_line(report, opened.photos),
            "pieces": pieces(report["text"], known.evidence),
            "guesses": _guesses(report["top"]),
            "next_step": guidance.next_step(opened, known, visit.who.id, late=late),
            "colleagues": assignment.candidates(visit.desk, visit.who, tip),
            "may_assign": assignment.may(visit.desk, visit.who, tip),
            "questions": canned.QUESTIONS,
            "question_names": words.QUESTION_NAMES,
            "endings": canned.ENDINGS,
            "extensions": clocks.EXTENSIONS,
            "events": history.events(visit.desk, opened),
            "deeds": history.deeds(visit.desk, opened),
            "version": acting.version(visit, tip.id),
            "dispositions": words.DISPOSITION_NAMES,
            "limit": queue.REPLY_LIMIT,
            "do": action,
            "typed": visit.form if visit.alert else {},
            **corrections.values(visit, opened, known),
            **twins.values(visit, opened),
            **floods.values(visit, opened),
            **_transfer_choices(visit, action),
        },
    )


def claim(visit: Visit) -> Answer:
    """Take the tip; the slower of two officers reads who was faster."""
    queue.claim(visit.desk, visit.who, acting.tip_id(visit))
    return acting.back(visit, "Bạn đã nhận tin này.")


def ask(visit: Visit) -> Answer:
    """Ask the sender."""
    form = visit.form
    text = form.get("text", "").strip() or canned.QUESTIONS.get(form.get("canned", ""), "")
    queue.ask(visit.desk, visit.who, acting.tip_id(visit), text)
    acting.check_version(visit)
    return acting.back(visit, "Đã gửi câu hỏi. Người báo sẽ thấy khi nhập mã tra cứu.")


def note(visit: Visit) -> Answer:
    """Write something down for colleagues."""
    queue.note(visit.desk, visit.who, acting.tip_id(visit), visit.form.get("text", ""))
    acting.check_version(visit)
    return acting.back(visit, "Đã lưu ghi chú.")


def transfer(visit: Visit) -> Answer:
    """Hand the tip to another station; it leaves this queue at once."""
    typed = visit.form.get("code") or visit.form.get("to", "")
    found = stations.pick(visit.desk, typed, visit.where.province_code)
    if not found:
        raise NoSuchStationError
    if len(found) > 1:
        raise SeveralStationsError
    name = queue.transfer(
        visit.desk, visit.who, acting.tip_id(visit), found[0].code, visit.form.get("text", "")
    )
    stands_in = "" if name == found[0].name else f" ({found[0].name} chưa mở kênh)"
    return Go(f"{BASE}/queue", said=f"Đã chuyển tin cho {name}{stands_in}.")


def close(visit: Visit) -> Answer:
    """Close the tip with a word to the sender."""
    disposition = visit.form.get("disposition", "")
    if disposition not in queue.DISPOSITIONS:
        raise DispositionMissingError
    text = visit.form.get("text", "").strip() or canned.ENDINGS[disposition]
    queue.close(visit.desk, visit.who, acting.tip_id(visit), disposition, text)
    acting.check_version(visit)
    return acting.back(visit, "Đã kết thúc tin. Người báo sẽ thấy lời nhắn khi nhập mã tra cứu.")


def _guesses(top: list[tuple[str, float]]) -> list[tuple[str, int]]:
    """What the machine thinks, in percent. Never 100: it is a guess."""
    rounded = [(category, min(99, round(100 * sure))) for category, sure in top]
    return rounded[:1] + [guess for guess in rounded[1:] if guess[1] >= _WORTH_SHOWING]


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
