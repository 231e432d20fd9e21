"""An officer's own log-in: another password."""

from console.login import landing
from console.refusals import PasswordsDifferError
from console.visit import Answer, Go, KeyNeeded, Show, Visit
from desk import credentials, officers, passwords


def show(_visit: Visit) -> Answer:
    """The form."""
    return Show("password.html", {"password_length": officers.PASSWORD_LENGTH})


def change(visit: Visit) -> Answer:
    """Count the attempt, make the old slow key, look, make the new one, seal."""
    form = visit.form
    new = form.get("new", "")
    if new != form.get("again", ""):
        raise PasswordsDifferError
    credentials.check_new(new)
    salt = credentials.start(visit.desk, visit.who, visit.browser)
    code = form.get("code", "")

    def opened(later: Visit, key: bytes) -> Answer:
        secret = credentials.open_old(later.desk, later.who, key, code, later.browser)
        fresh = passwords.new_salt()

        def sealed(last: Visit, new_key: bytes) -> Answer:
            cookie = credentials.change(last.desk, last.who, secret, fresh, new_key, last.browser)
            said = "Đã đổi mật khẩu. Những máy khác đang đăng nhập tên bạn đều bị đăng xuất."
            return Go(landing(last.who), said=said, cookie=cookie)

        return KeyNeeded(new, fresh, sealed)

    return KeyNeeded(form.get("old", ""), salt, opened)
