"""Who works where, one-time links for new colleagues, and chats that hear that something waits."""

from uuid import UUID

from console import channels, words
from console.refusals import NoSuchChoiceError, NoSuchGroupError, NoSuchStationError
from console.visit import BASE, Answer, Go, Show, Visit
from desk import departures, duty, officers, roles, stations
from storage.models import Station


def show(visit: Visit) -> Answer:
    """Colleagues; for a province also its communes, each with its state."""
    return Show("officers.html", _values(visit))


def invite(visit: Visit) -> Answer:
    """Make a link and show it this once: only its hash is kept."""
    code = visit.form.get("station", "")
    station = stations.find(visit.desk, code)
    if station is None:
        raise NoSuchStationError
    token = officers.invite(visit.desk, visit.who, code, visit.form.get("role", ""))
    link = f"{visit.facts.public_url}{BASE}/join/{token}"
    hours = int(officers.INVITE_TIME.total_seconds() // 3600)
    return Show(
        "officers.html", _values(visit) | {"link": link, "link_for": station.name, "hours": hours}
    )


def group_code(visit: Visit) -> Answer:
    """Make a code for the station's chat and show it this once."""
    code = duty.invite_chat(visit.desk, visit.who)
    hours = int(duty.CODE_LIFE.total_seconds() // 3600)
    return Show("officers.html", _values(visit) | {"code": code, "hours": hours})


def cut_group(visit: Visit) -> Answer:
    """Tell a chat nothing any more."""
    try:
        chat = UUID(visit.form.get("chat", ""))
    except ValueError:
        raise NoSuchGroupError from None
    if not duty.cut(visit.desk, visit.who, chat):
        raise NoSuchGroupError
    return Go(f"{BASE}/officers", said="Đã ngắt. Nhóm này không được báo nữa.")


def leave(visit: Visit) -> Answer:
    """Take log-in, keys and tips from a colleague who leaves."""
    try:
        officer = UUID(visit.form.get("officer", ""))
    except ValueError:
        raise NoSuchChoiceError from None
    name = departures.leave(visit.desk, visit.who, officer)
    said = f"Đã thu quyền đăng nhập của {name}. Các tin người ấy giữ đã về hàng đợi."
    return Go(f"{BASE}/officers", said=f"{said} {_closed(visit, officer)}".strip())


def _closed(visit: Visit, officer: UUID) -> str:
    """What else happened if nobody is left there who can open tips."""
    gone = officers.find(visit.desk, officer)
    station = stations.find(visit.desk, gone.station_code) if gone else None
    if station is None or stations.is_active(station):
        return ""
    return (
        f"{station.name} không còn ai mở được tin: tin đang chờ và tin mới sẽ về công an tỉnh "
        "cho đến khi có người mới vào."
    )


def _values(visit: Visit) -> dict[str, object]:
    is_province = visit.where.kind == "province"
    there = officers.colleagues(visit.desk, visit.where.code)
    return {
        "colleagues": [one for one in there if one.state == "active"],
        "gone": [one for one in there if one.state == "left"],
        "roles": _offered(visit),
        "rights": words.ROLE_RIGHTS,
        "communes": _communes(visit) if is_province else [],
        "link": "",
        "code": "",
        "groups": duty.connected(visit.desk, visit.where.code),
        "may_connect": channels.has_groups(visit),
        "channels": words.CHANNEL_NAMES,
    }


def _offered(visit: Visit) -> list[str]:
    """Whom the officer at the keyboard can let in here: only who holds the key can hand it on."""
    wanted = roles.AT[visit.where.kind]
    return [role for role in wanted if visit.who.reads or role not in roles.READERS]


def _communes(visit: Visit) -> list[Station]:
    """Those without officers last: the province sees first who works already."""
    under = stations.of_province(visit.desk, visit.where.code)
    communes = [station for station in under if station.kind == "commune"]
    return sorted(communes, key=lambda station: not stations.is_active(station))
