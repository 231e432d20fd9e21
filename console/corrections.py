"""Correcting what the machine suggests about a tip: one press each, or all facts in one form."""

from dataclasses import replace

from console import acting, stations, words
from console.refusals import NoSuchChoiceError, NoSuchStationError, SeveralPlacesError
from console.visit import Answer, Visit
from desk import facts as rules
from desk import queue
from desk import stations as offices
from desk.facts import Facts, Known
from desk.queue import Opened


def facts(visit: Visit) -> Answer:
    """Save the form."""
    form = visit.form
    if form.get("ongoing", "unknown") not in rules.ONGOING:
        raise NoSuchChoiceError
    found = Facts(
        place=_place(visit, form.get("place", "")),
        place_words=form.get("place_words", "").strip(),
        when=form.get("when", "").strip(),
        who=form.get("who", "").strip(),
        ongoing=form.get("ongoing", "unknown"),
    )
    rules.save(visit.desk, visit.who, acting.tip_id(visit), found)
    acting.check_version(visit)
    return acting.back(visit, "Đã lưu dữ kiện.")


def category(visit: Visit) -> Answer:
    """Another category."""
    id_ = visit.form.get("category", "")
    if id_ not in words.chosen_categories():
        raise NoSuchChoiceError
    rules.set_category(visit.desk, visit.who, acting.tip_id(visit), id_)
    return acting.back(visit, f"Loại việc bây giờ là: {words.category(id_)}.")


def urgency(visit: Visit) -> Answer:
    """Urgent, or not."""
    urgent = visit.form.get("urgent") == "1"
    rules.set_urgent(visit.desk, visit.who, acting.tip_id(visit), urgent=urgent)
    return acting.back(visit, "Đã đánh dấu KHẨN." if urgent else "Đã bỏ dấu khẩn.")


def place(visit: Visit) -> Answer:
    """The place the text itself names; everything else stays as suggested or saved."""
    opened = queue.open_tip(visit.desk, visit.who, acting.tip_id(visit))
    known = rules.of(visit.desk, opened)
    moved = replace(known.facts, place=_place(visit, visit.form.get("place", "")))
    rules.save(visit.desk, visit.who, opened.tip.id, moved)
    return acting.back(visit, "Đã sửa nơi xảy ra.")


def not_spam(visit: Visit) -> Answer:
    """Back among the new ones."""
    rules.not_spam(visit.desk, visit.who, acting.tip_id(visit))
    return acting.back(visit, "Đã đưa tin về thẻ “Mới”.")


def values(visit: Visit, opened: Opened, known: Known) -> dict[str, object]:
    """What the form shows."""
    kept = known.facts
    typed = visit.form if visit.alert and visit.form.get("do") == "facts" else {}
    fields = {
        "place": f"{kept.place} · {_place_name(visit, kept.place)}" if kept.place else "",
        "place_words": kept.place_words,
        "when": kept.when,
        "who": kept.who,
        "ongoing": kept.ongoing,
    }
    other = known.other_place
    return {
        "known": known,
        "fields": {name: typed.get(name, value) for name, value in fields.items()},
        "ongoing_names": words.ONGOING_NAMES,
        "categories": words.chosen_categories(),
        "field_limit": rules.FIELD_LIMIT,
        "other_place": (other, _place_name(visit, other)) if other else None,
        "elsewhere": _elsewhere(visit, opened, kept.place),
    }


def _elsewhere(visit: Visit, opened: Opened, place: str | None) -> str:
    """The open station that looks after the place, if it is not the one that holds the tip."""
    station = offices.find(visit.desk, place) if place else None
    if station is None or station.kind == "province" or not offices.is_active(station):
        return ""
    if station.code == opened.tip.station_code or opened.report["about_station"]:
        return ""
    return station.name


def _place(visit: Visit, typed: str) -> str | None:
    """The commune or province somebody wrote; empty: nobody knows."""
    if not typed.strip():
        return None
    found = stations.pick(visit.desk, typed, visit.where.province_code)
    if not found:
        raise NoSuchStationError
    if len(found) > 1:
        raise SeveralPlacesError
    return found[0].code


def _place_name(visit: Visit, code: str) -> str:
    """The place a station looks after: "Xã Rạch Kiến"."""
    station = offices.find(visit.desk, code)
    name = station.name.removeprefix("Công an ") if station else code
    return name[:1].upper() + name[1:]
