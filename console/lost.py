"""A colleague lost their password: one officer asks, another agrees, the colleague starts anew."""

from uuid import UUID

from console.join import qr, shown_secret
from console.login import landing
from console.refusals import NoSuchChoiceError, PasswordsDifferError
from console.visit import BASE, Answer, Go, KeyNeeded, Show, Visit
from desk import logins, officers, passwords, resets, stations, totp
from desk.resets import Renewing


def show(visit: Visit) -> Answer:
    """Whom to help, and who waits for a second officer."""
    return Show("lost.html", _values(visit))


def ask(visit: Visit) -> Answer:
    """First of four eyes."""
    name = resets.ask(visit.desk, visit.who, visit.form.get("username", ""))
    said = f"Đã ghi yêu cầu cấp lại cho {name}. Hãy nhờ một người khác duyệt ở trang này."
    return Go(f"{BASE}/lost", said=said)


def approve(visit: Visit) -> Answer:
    """Second of four eyes: the link is shown this once."""
    try:
        officer = UUID(visit.form.get("officer", ""))
    except ValueError:
        raise NoSuchChoiceError from None
    token = resets.approve(visit.desk, visit.who, officer)
    link = f"{visit.facts.public_url}{BASE}/reset/{token}"
    return Show("lost.html", _values(visit) | {"link": link})


def form(visit: Visit) -> Answer:
    """A new password, a new authenticator; the recovery key where nobody else holds the key."""
    renewal = resets.find(visit.desk, visit.path["token"])
    station = stations.find(visit.desk, renewal.officer.station_code)
    title = station.name if station else ""
    secret = shown_secret(visit)
    uri = totp.uri(secret, title)
    return Show(
        "reset.html",
        {
            "officer": renewal.officer,
            "title": title,
            "on_paper": renewal.on_paper,
            "password_length": officers.PASSWORD_LENGTH,
            "secret": secret,
            "groups": [secret[i : i + 4] for i in range(0, len(secret), 4)],
            "uri": uri,
            "qr": qr(uri),
        },
    )


def renew(visit: Visit) -> Answer:
    """Check what was typed, make the slow key, then start anew."""
    token, typed = visit.path["token"], visit.form
    if typed.get("password", "") != typed.get("again", ""):
        raise PasswordsDifferError
    renewing = Renewing(
        typed.get("password", ""),
        shown_secret(visit),
        typed.get("code", ""),
        typed.get("recovery", ""),
    )
    resets.check(visit.desk, token, renewing)
    salt = passwords.new_salt()

    def then(later: Visit, key: bytes) -> Show | Go:
        signed = resets.renew(later.desk, token, renewing, salt, key)
        cookie = logins.open_session(later.desk, signed, later.browser)
        return Go(landing(signed), said="Đã đặt lại. Tin cũ vẫn đọc được.", cookie=cookie)

    return KeyNeeded(renewing.password, salt, then)


def _values(visit: Visit) -> dict[str, object]:
    there = officers.colleagues(visit.desk, visit.where.code)
    return {
        "colleagues": [o for o in there if o.state == "active" and o.id != visit.who.id],
        "waiting": resets.waiting(visit.desk, visit.who),
        "hours": int(officers.INVITE_TIME.total_seconds() // 3600),
        "link": "",
    }
