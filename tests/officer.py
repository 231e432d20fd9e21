"""An officer at the console over real HTTP: log-in, forms with tokens, and every byte seen."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from http import HTTPStatus
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

import pyotp

from bot.demo import PASSWORD
from desk.clocks import VIETNAM
from desk.drafts import Words
from tests.citizen import FORM, Answer, request
from tests.world import totp

TIP = re.compile(r"/desk/tips/[0-9a-f-]{36}")


@dataclass
class Forms(HTMLParser):
    """The forms of a page that send something: where each goes, and what it carries unseen."""

    html: str
    found: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.sends = False
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102 # of HTMLParser
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.sends = given.get("method", "get").lower() == "post"
        if tag == "form" and self.sends:
            self.found.append((given.get("action", ""), {}))
        if tag == "input" and given.get("type") == "hidden" and self.found and self.sends:
            self.found[-1][1][given["name"]] = given.get("value", "")


def readable(answer: Answer) -> str:
    """A page as its reader sees it: without the marks the machine puts around words."""
    return unescape(re.sub(r"</?mark>", "", answer.text))


class Console:
    """One officer's browser. `seen` is every response as it came: headers and body."""

    def __init__(self, port: int) -> None:
        """Nobody is logged in."""
        self._port = port
        self.cookies: dict[str, str] = {}
        self.seen: list[Answer] = []
        self.path = ""

    @property
    def last(self) -> Answer:
        """What is on screen."""
        return self.seen[-1]

    def get(self, path: str) -> Answer:
        """Open a page, wherever it leads."""
        return self._follow(self._request("GET", path, None), path)

    def post(self, action: str, fields: Mapping[str, str]) -> Answer:
        """Fill in the form on screen that goes there, and send it."""
        forms = [carried for to, carried in Forms(self.last.text).found if to in (action, "")]
        assert forms, f"no form to {action} on {self.path}"
        body = urlencode({**forms[0], **fields}).encode()
        return self._follow(self._request("POST", action, body), action)

    def log_in(self, username: str, password: str = PASSWORD, code: str = "") -> Answer:
        """Log in as a sample officer."""
        self.get("/desk/login")
        fields = {"username": username, "password": password}
        answer = self.post("/desk/login", {**fields, "code": code or totp(username).now()})
        assert self.path == "/desk/queue", f"{answer.status} {self.path}"
        return answer

    def join(self, link: str, name: str, username: str, province: str = "") -> pyotp.TOTP:
        """Use a one-time link; the authenticator."""
        path = urlsplit(link).path
        secret = Forms(self.get(path).text).found[0][1]["secret"]
        app = pyotp.TOTP(secret)
        fields = {"name": name, "username": username, "province": province}
        self.post(path, {**fields, "password": PASSWORD, "again": PASSWORD, "code": app.now()})
        return app

    def confirm_recovery(self) -> list[str]:
        """Write the recovery key down and type two of its groups; all of its groups."""
        page = self.get("/desk/recovery").text
        groups = re.findall(r'<span class="group">([^<]+)</span>', page)
        self.post("/desk/recovery", {"step": "written"})
        asked = [int(number) for number in re.findall(r"Nhóm số (\d+)", self.last.text)]
        typed = {f"group{i}": groups[number - 1] for i, number in enumerate(asked)}
        self.post("/desk/recovery", {"step": "confirm", **typed})
        return groups

    def tips(self, tab: str = "new") -> list[str]:
        """Paths of the tips in a tab of the queue."""
        return TIP.findall(self.get(f"/desk/queue?tab={tab}").text)

    def find(self, text: str, tab: str = "new") -> str:
        """The path of the tip with this text; opens tips until it is found."""
        for path in self.tips(tab):
            if text in readable(self.get(path)):
                return path
        raise AssertionError("no tip with this text in the queue")

    def act(self, tip: str, deed: str, **fields: str) -> Answer:
        """Claim, ask, note, transfer or close the tip."""
        self.get(tip)
        return self.post(f"{tip}/{deed}", fields)

    def writes(self, words: Words, at: datetime) -> str:
        """A notice for everybody in the commune, sent for approval; its path."""
        self.get("/desk/notices/new")
        expires = (at.astimezone(VIETNAM) + timedelta(days=30)).date().isoformat()
        aim = {"topic": "shopping", "who": "all", "audience": "", "expires": expires}
        self.post("/desk/notices/new", {**asdict(words), **aim, "do": "submit"})
        assert re.fullmatch(r"/desk/notices/[0-9a-f-]{36}", self.path), self.last.text
        return self.path

    def approves(self, notice: str) -> None:
        """A second officer has read it: it goes out now."""
        self.get(notice)
        self.post(f"{notice}/approve", {"when": "now"})
        assert "Đã duyệt" in self.last.text, self.last.text

    def _request(self, method: str, path: str, body: bytes | None) -> Answer:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = [("Cookie", jar)] if jar else []
        if body is not None:
            headers.append(("Content-Type", FORM))
        answer = request(self._port, method, path, body, headers)
        self.seen.append(answer)
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                self._keep(SimpleCookie(value))
        return answer

    def _follow(self, answer: Answer, path: str) -> Answer:
        self.path = path
        if answer.status != HTTPStatus.SEE_OTHER:
            return answer
        return self.get(dict(answer.headers)["Location"])

    def _keep(self, given: SimpleCookie) -> None:
        for name, morsel in given.items():
            if morsel["max-age"] == "0":
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value
