"""Writing a notice: the four-part form, for whom, and until when."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from uuid import UUID

from console import notices as pages
from console import rivals, samples, words
from console import stations as finder
from console.refusals import BadDayError, UnclearCommuneError
from console.visit import Answer, Show, Visit
from desk import contacts, drafts, notices
from desk.drafts import PARTS, WHOLE_LIMIT, Aim, Words
from desk.errors import NoSuchNoticeError, WrongStepError
from desk.topics import topics
from storage.models import Notice

_USUAL_LIFE = timedelta(days=30)
_EDITABLE = ("draft", "waiting")
_OFFERED = 8  # communes a search shows; the form has room for a province's (console.form)
_PICKED = "pick-"  # a ticked commune's field is this and its code
_HINTS = {
    "title": "Nguy hiểm gì, nhắm vào ai. Không dọa nạt.",
    "trick": "2–4 bước ngắn và một câu mẫu kẻ gian hay nói.",
    "signs": "3 dấu hiệu ai cũng tự nhận ra được.",
    "todo": "Làm gì để tránh; lỡ chuyển tiền rồi thì làm gì.",
    "contact": "Trực ban của đơn vị, 113, 156.",
}


def new(visit: Visit) -> Answer:
    """A form that is empty or filled from the library, or what was typed."""
    sent = visit.alert or "do" in visit.form
    typed = visit.form if sent else samples.filled(visit, _fresh(visit))
    return _form(visit, typed, "notices/new", samples.shelf(visit))


def create(visit: Visit) -> Answer:
    """Store a draft; the second button asks for approval at once, the third only searches."""
    if visit.form.get("do") == "find":
        return new(visit)
    id_ = notices.write(visit.desk, visit.who, *_draft(visit))
    return _stored(visit, id_, 1)


def edit(visit: Visit) -> Answer:
    """The form of a draft; what was typed comes back with what a colleague saved meanwhile."""
    seen = notices.look(visit.desk, visit.who, _id(visit))
    row, action = seen.notice, f"notices/{seen.notice.id}/edit"
    if row.state not in _EDITABLE:
        raise WrongStepError
    stored = _typed(visit, row)
    if not visit.form or not visit.alert or visit.form.get("revision") == stored["revision"]:
        return _form(visit, visit.form or stored, action)
    same_places = _same_places(visit, row)
    rival = rivals.found(seen.author, stored, visit.form, same_places=same_places)
    return _form(visit, {**visit.form, "revision": stored["revision"]}, action, rival=rival)


def change(visit: Visit) -> Answer:
    """Store what was changed."""
    if visit.form.get("do") == "find":
        return edit(visit)
    revision = visit.form.get("revision", "")
    number = int(revision) if revision.isascii() and revision.isdecimal() else 0
    notices.rewrite(visit.desk, visit.who, _id(visit), number, _draft(visit))
    return _stored(visit, _id(visit), number + 1)


def _stored(visit: Visit, id_: UUID, revision: int) -> Answer:
    if visit.form.get("do") == "submit":
        notices.submit(visit.desk, visit.who, id_, revision)
        return pages.back(visit, "Đã gửi duyệt. Một cán bộ khác cần đọc và duyệt.", id_)
    return pages.back(visit, "Đã lưu nháp.", id_)


def _form(
    visit: Visit,
    typed: Mapping[str, str],
    action: str,
    shelf: samples.Shelf | None = None,
    rival: rivals.Rival | None = None,
) -> Show:
    known = {name: typed.get(name, "") for name, _, _ in PARTS}
    return Show(
        "notice_form.html",
        {
            "action": action,
            "parts": [
                (name, called, limit, _HINTS[name], known[name]) for name, called, limit in PARTS
            ],
            "whole_limit": WHOLE_LIMIT,
            "whole": len(drafts.text_of(Words(**known))),
            "frame": len(drafts.text_of(Words("", "", "", "", ""))),
            "topics": topics(),
            "audiences": words.AUDIENCES,
            "typed": typed,
            "is_province": visit.where.kind == "province",
            "shelf": shelf,
            "rival": rival,
            "offered": _offered(visit, typed),
            "province": visit.where.province_code,
        },
    )


def _fresh(visit: Visit) -> Mapping[str, str]:
    today = visit.desk.today
    return {
        "contact": contacts.line_of(visit.desk, visit.where),
        "expires": (today + _USUAL_LIFE).isoformat(),
        "who": "all",
        "where": "all",
    }


def _typed(visit: Visit, row: Notice) -> Mapping[str, str]:
    """A stored draft as its form would send it."""
    aim = drafts.aim_of(row)
    everywhere = set(row.communes) == set(_all_communes(visit))
    names = visit.desk.tools.gazetteer.communes
    parts = asdict(Words(*(getattr(row, name) for name, _, _ in PARTS)))
    return parts | {
        "topic": aim.topic,
        "who": "topic" if aim.only_topic else "all",
        "audience": aim.audience or "",
        "expires": aim.expires_on.isoformat(),
        "where": "all" if everywhere else "some",
        "places": "" if everywhere else "\n".join(f"{c} {names[c].name}" for c in row.communes),
        "revision": str(row.revision),
    }


def _draft(visit: Visit) -> tuple[Words, Aim]:
    form = visit.form
    try:
        expires = date.fromisoformat(form.get("expires", ""))
    except ValueError:
        raise BadDayError from None
    aim = Aim(
        communes=_communes(visit),
        topic=form.get("topic", ""),
        expires_on=expires,
        only_topic=form.get("who") == "topic",
        audience=form.get("audience") or None,
    )
    return Words(*(form.get(name, "") for name, _, _ in PARTS)), aim


def _communes(visit: Visit) -> tuple[str, ...]:
    """Where it goes: the officer's commune; for a province all of it, or one commune per line."""
    if visit.where.kind == "commune":
        return (visit.where.code,)
    if visit.form.get("where") != "some":
        return _all_communes(visit)
    lines = [line for line in visit.form.get("places", "").splitlines() if line.strip()]
    typed = [_commune(visit, line.strip()) for line in [*lines, *_picked(visit.form)]]
    return tuple(dict.fromkeys(typed))


def _same_places(visit: Visit, row: Notice) -> bool:
    try:
        return set(_communes(visit)) == set(row.communes)
    except UnclearCommuneError:
        return False


def _picked(form: Mapping[str, str]) -> list[str]:
    return [name.removeprefix(_PICKED) for name in form if name.startswith(_PICKED)]


def _offered(visit: Visit, typed: Mapping[str, str]) -> list[tuple[str, str, bool]]:
    """Communes to tick: those that are, then those a search finds; code, name, ticked."""
    known, ticked = visit.desk.tools.gazetteer.communes, _picked(typed)
    lookup, sought = visit.desk.tools.lookup, typed.get("find", "")
    found = lookup.communes(sought, _OFFERED, visit.where.province_code) if sought else ()
    codes = dict.fromkeys([*ticked, *(commune.code for commune in found)])
    return [(code, known[code].name, code in ticked) for code in codes if code in known]


def _commune(visit: Visit, line: str) -> str:
    found = finder.pick(visit.desk, line, visit.where.province_code)
    found = [s for s in found if s.province_code == visit.where.code and s.kind == "commune"]
    if len(found) != 1:
        raise UnclearCommuneError(line=line)
    return found[0].code


def _all_communes(visit: Visit) -> tuple[str, ...]:
    if visit.where.kind == "commune":
        return (visit.where.code,)
    known = visit.desk.tools.gazetteer.communes.values()
    return tuple(sorted(c.code for c in known if c.province_code == visit.where.code))


def _id(visit: Visit) -> UUID:
    try:
        return UUID(visit.path["notice"])
    except ValueError:
        raise NoSuchNoticeError from None
