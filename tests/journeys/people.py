"""Lan and the officers in front of a real browser: what they press, write, and should read."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import Error, Locator, Page, expect

from bot.demo import PASSWORD
from tests.journeys.looks import whole
from tests.world import totp

TOTP_SECONDS = 30  # RFC 6238
Tell = Callable[[str, str], None]  # who, what


class DeviationError(AssertionError):
    """A person did not see what they should have seen; the sentence says who and what."""


def nothing(_who: str, _what: str) -> None:
    """Nobody listens."""


class Person:
    """Somebody who looks at a page."""

    def __init__(self, name: str, page: Page, tell: Tell = nothing) -> None:
        """Args: tell: hears of every step."""
        self.name = name
        self.page = page
        self._tell = tell

    def says(self, what: str) -> None:
        """Tell what has just been done."""
        self._tell(self.name, what)

    def opens(self, path: str) -> None:
        """Type an address."""
        self.page.goto(path)
        self.says(f"opens {path}")

    def reads(self, words: str) -> None:
        """These words are on the page."""
        try:
            expect(self.page.get_by_text(words).first).to_be_visible()
        except AssertionError:
            raise self.deviation(f"should read “{words}”") from None
        whole(self.page)
        self.says(f"reads “{words}”")

    def button(self, label: str) -> Locator:
        """The button with this on it."""
        found = self.page.get_by_role("button", name=label).first
        try:
            found.wait_for()
        except Error:
            raise self.deviation(f"looks for the button “{label}”") from None
        whole(self.page)
        return found

    def deviation(self, wanted: str) -> DeviationError:
        """What went wrong, with what is on screen instead."""
        screen = " ".join(self.page.locator("main").inner_text().split())
        return DeviationError(f"{self.name} {wanted}, but the page says: {screen[:700]}")


class Citizen(Person):
    """A citizen at the web chat, with or without JavaScript."""

    def comes(self) -> None:
        """Open the first page."""
        self.opens("/")

    def presses(self, label: str) -> None:
        """Press a button and wait for the answer."""
        button = self.button(label)
        self.says(f"presses “{button.inner_text()}”")
        self._answered(button)

    def writes(self, text: str, *, unseen: bool = False) -> None:
        """Type into the field and press its button. Args: unseen: not to be told."""
        self.page.locator("#text").fill(text)
        self.says(f"writes “{'…' if unseen else text}”")
        self._answered(self.page.locator("button.send"))

    def copies_receipt(self) -> str:
        """The receipt: from the clipboard if there is a script, else off the screen."""
        shown = self.page.locator("code").inner_text()
        copy = self.page.locator("button.copy")
        if not copy.is_visible():
            self.says(f"copies the receipt {shown[:4]}-… by hand")
            return shown
        copy.click()
        copied = str(self.page.evaluate("navigator.clipboard.readText()"))
        if copied != shown:
            raise self.deviation("has something else than the receipt on the clipboard")
        self.says(f"copies the receipt {shown[:4]}-… with the button")
        return copied

    def _answered(self, button: Locator) -> None:
        """Each answer brings a new nonce."""
        nonce = self.page.locator("input[name=nonce]")
        before = nonce.input_value()
        button.click()
        try:
            expect(nonce).not_to_have_value(before)
        except AssertionError:
            raise self.deviation("waits for an answer") from None
        whole(self.page)


class Officer(Person):
    """An officer at the desk, with or without JavaScript."""

    def __init__(self, name: str, username: str, page: Page, tell: Tell = nothing) -> None:
        """Not logged in."""
        super().__init__(name, page, tell)
        self.username = username

    def logs_in(self) -> None:
        """Name, password, and the six digits of the authenticator."""
        self.page.goto("/desk/login")
        self.types_in(fresh_code(self.username))
        self.says("logs in with name, password and six digits")
        self.button("Đăng xuất")

    def types_in(self, code: str, password: str = PASSWORD) -> None:
        """Fill in the log-in form and send it."""
        self.page.get_by_label("Tên đăng nhập").fill(self.username)
        self.page.get_by_label("Mật khẩu").fill(password)
        self.page.get_by_label("Mã 6 số").fill(code)
        self.presses("Đăng nhập")

    def presses(self, label: str) -> None:
        """Press a button."""
        self.button(label).click()

    def opens_tip(self, words: str, tab: str = "new") -> str:
        """Look through the queue for the tip with these words, newest first; its path."""
        self.page.goto(f"/desk/queue?tab={tab}")
        rows = self.page.locator("a.row")
        paths = [str(row.get_attribute("href")) for row in rows.all()]
        for path in reversed(paths):
            self.page.goto(path)
            if words in self.page.locator(".report .text").inner_text():
                self.says(f"finds the tip among {len(paths)} in the queue and opens it")
                return path
        raise self.deviation("looks for the tip in the queue")

    def unfolds(self, deed: str) -> Locator:
        """The form for a deed, which waits folded behind its name."""
        form = self.page.locator(f"form[action$='/{deed}']")
        if not form.is_visible():
            self.page.locator("details").filter(has=form).locator("summary").click()
        return form

    def claims(self) -> None:
        """Take the tip."""
        self.presses("Nhận tin")
        self.says("presses “Nhận tin”")

    def asks(self, text: str) -> None:
        """Ask the sender."""
        form = self.unfolds("ask")
        form.locator("textarea").fill(text)
        form.locator("button").click()
        self.says(f"asks “{text}”")

    def transfers(self, to: str, reason: str) -> None:
        """Hand the tip to another station."""
        form = self.unfolds("transfer")
        form.get_by_label("Chuyển đến").fill(to)
        form.locator("textarea").fill(reason)
        form.locator("button").click()
        self.says(f"transfers the tip to “{to}”")

    def closes(self, how: str, words: str) -> None:
        """Close the tip with a word to the sender."""
        form = self.unfolds("close")
        form.get_by_label(how).check()
        form.locator("textarea").fill(words)
        self.page.once("dialog", lambda dialog: dialog.accept())
        form.locator("button").click()
        self.says(f"closes it as “{how}”: “{words}”")


_last_step: dict[str, int] = {}


def fresh_code(username: str) -> str:
    """Six digits this officer has not used yet: a code counts once, and one ahead is taken too."""
    step = _last_step.get(username, 0) + 1
    while step > _now() + 1:
        time.sleep(1)
    step = _last_step[username] = max(step, _now())
    return totp(username).at(datetime.fromtimestamp(step * TOTP_SECONDS, UTC))


def _now() -> int:
    return int(time.time()) // TOTP_SECONDS
