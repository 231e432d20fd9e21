"""What somebody wrote when their log-in had ended: theirs again, to be sent, after the next one.

Nobody else who logs in on that machine sees it: `desk.kept` seals it to whoever wrote it.
"""

from collections.abc import Mapping
from urllib.parse import quote

from console import words
from console.visit import BASE, Answer, Go, Route, Show, Visit
from desk import kept
from desk.kept import Form, Kept

# Never written into a page again; a test compares them with the templates.
SECRETS = frozenset(
    {"password", "again", "old", "new", "code", "recovery", "secret", "carried", "group0", "group1"}
)
_OURS = frozenset({"csrf", "kept"})  # of the page, not of its reader
ENDED = "Đã hết giờ đăng nhập. Mời bạn đăng nhập lại."
OF_ANOTHER = (
    "Trang này do một người khác mở khi còn đăng nhập trên máy này, nên chưa có gì được gửi. "
    "Chữ đã viết được giữ cho người ấy."
)


def is_worth(form: Mapping[str, str]) -> bool:
    """Whether a person wrote something here, and no secret."""
    return not SECRETS & form.keys() and any(_is_text(said) for said in form.values())


def form_of(route: Route, path: Mapping[str, str], fields: Mapping[str, str]) -> Form:
    """A form as it was sent."""
    said = {name: value for name, value in fields.items() if name not in _OURS}
    return Form(route.path, path, said)


def show(visit: Visit) -> Answer:
    """What was not sent, each with its words: send it, or drop it."""
    rows = kept.waiting(visit.desk, visit.who)
    return Show("kept.html", {"rows": [_row(one) for one in rows], "days": kept.KEPT_FOR.days})


def drop(visit: Visit) -> Answer:
    """It is not wanted any more."""
    kept.drop(visit.desk, visit.who, visit.form.get("id", ""))
    return Go(f"{BASE}/kept", said="Đã bỏ.")


def sent(visit: Visit) -> None:
    """The desk has taken it."""
    if visit.signed is not None and "kept" in visit.form:
        kept.drop(visit.desk, visit.signed, visit.form["kept"])


def _row(one: Kept) -> dict[str, object]:
    path = {name: quote(part, safe="") for name, part in one.form.path.items()}
    page = next((f"{BASE}/{n}s/{path[n]}" for n in ("tip", "notice") if n in path), "")
    return {
        "id": one.id,
        "at": one.at,
        "title": words.KEPT_NAMES.get(one.form.route, words.KEPT_OTHER),
        "page": page,
        "action": BASE + one.form.route.format(**path),
        "fields": one.form.fields,
        "texts": [said for said in one.form.fields.values() if _is_text(said)],
    }


def _is_text(said: str) -> bool:
    """Words of a person, not an id, a number or a choice of ours."""
    return not said.isascii() or " " in said.strip() or "\n" in said
