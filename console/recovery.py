"""The recovery key of a province: shown, written down, hidden, and two groups typed from paper."""

import binascii
from base64 import b64decode, b64encode

from console.visit import BASE, Answer, Go, Show, Visit
from desk import activation
from desk.errors import WrongRecoveryError

PER_ROW = 5


def show(visit: Visit) -> Answer:
    """A new key, or after a slip the fields to type two of its groups."""
    if not activation.needs_recovery(visit.desk, visit.who):
        return Go(f"{BASE}/queue")
    if visit.alert:
        return _after_slip(visit)
    made = activation.new_recovery(visit.cookie)
    return _page("recovery.html", made.groups, made.asked, made.carried)


def go_on(visit: Visit) -> Answer:
    """Between the two halves: hide the key, show the same key again, or confirm it."""
    step, carried = visit.form.get("step", ""), _carried(visit)
    if step == "confirm":
        typed = tuple(visit.form.get(f"group{n}", "") for n in range(activation.GROUPS_TO_TYPE))
        activation.confirm_recovery(visit.desk, visit.who, visit.cookie, carried, typed)
        return Go(f"{BASE}/queue", said="Đã mở kênh nhận tin của tỉnh.")
    groups, asked = activation.recover_groups(visit.cookie, carried)
    template = "recovery.html" if step == "again" else "recovery_typed.html"
    return _page(template, groups, asked, carried)


def _after_slip(visit: Visit) -> Show:
    try:
        carried = _carried(visit)
        groups, asked = activation.recover_groups(visit.cookie, carried)
    except WrongRecoveryError:  # not even a key of this log-in: begin anew
        made = activation.new_recovery(visit.cookie)
        return _page("recovery.html", made.groups, made.asked, made.carried)
    return _page("recovery_typed.html", groups, asked, carried)


def _page(template: str, groups: tuple[str, ...], asked: tuple[int, ...], carried: bytes) -> Show:
    rows = [groups[i : i + PER_ROW] for i in range(0, len(groups), PER_ROW)]
    return Show(
        template,
        {
            "rows": rows,
            "per_row": PER_ROW,
            "asked": asked,
            "carried": b64encode(carried).decode(),
        },
    )


def _carried(visit: Visit) -> bytes:
    try:
        return b64decode(visit.form.get("carried", ""), validate=True)
    except binascii.Error:
        raise WrongRecoveryError from None
