"""Sign in with password and authenticator app; sign out."""

from console.visit import BASE, Answer, Go, KeyNeeded, Show, Visit
from desk import kept, logins
from desk.officers import Signed


def home(visit: Visit) -> Answer:
    """The console's address alone."""
    return Go(landing(visit.who))


def landing(signed: Signed) -> str:
    """Where an officer's day begins."""
    page = "queue" if signed.reads else "notices" if signed.writes else "officers"
    return f"{BASE}/{page}"


def show(visit: Visit) -> Answer:
    """The log-in form; in the demo with those who can log in."""
    if visit.signed is not None:
        return Go(landing(visit.signed))
    samples = visit.facts.sample_logins() if visit.facts.sample_logins else []
    chosen = [one for one in samples if one.username == visit.query.get("as")]
    sample = chosen[0] if chosen and not visit.alert else None
    username = sample.username if sample else _username(visit)
    return Show("login.html", {"username": username, "samples": samples, "sample": sample})


def sign_in(visit: Visit) -> Answer:
    """Count the attempt first, then make the slow key, then look at password and code."""
    if visit.signed is not None:
        return Go(landing(visit.signed))
    username, password = _username(visit), visit.form.get("password", "")
    code = visit.form.get("code", "")
    attempt = logins.start_sign_in(visit.desk, username, visit.browser)

    def then(later: Visit, key: bytes) -> Show | Go:
        cookie, signed = logins.sign_in(later.desk, username, key, code, later.browser)
        unsent = kept.count(later.desk, signed)
        return Go(f"{BASE}/kept" if unsent else landing(signed), cookie=cookie)

    return KeyNeeded(password, attempt.salt, then, stranger=attempt.stranger)


def sign_out(visit: Visit) -> Answer:
    """End the log-in: the officer's key is gone from the server."""
    logins.sign_out(visit.desk, visit.cookie)
    return Go(f"{BASE}/login", said="Bạn đã đăng xuất.", cookie="")


def _username(visit: Visit) -> str:
    return visit.form.get("username", "").strip().lower()
