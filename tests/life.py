"""The whole life of a tip, lived through the real program, with words planted all along the way.

Sent, read, asked about, cut off by two crashes, answered, backed up, closed. What is left of it is
searched by `tests/test_canary.py`.
"""

import secrets
import socket
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address

from psycopg.conninfo import conninfo_to_dict

from desk.desk import Tools
from storage import postgres
from tests import records
from tests.citizen import Answer, Citizen, request
from tests.notices import SHIPPER
from tests.officer import Console
from tests.program import HOST, Program, until
from tests.scanner import Hit, Scanner

ADDRESS = "127.0.0.77"  # all of 127/8 is this machine, so a citizen can have a number of their own
HEADERS = {
    "user agent": "User-Agent: Mozilla/5.0 (Linux; Android 14; {}) Mobile",
    "referer": "Referer: https://mail.example.vn/inbox/{}",
    "origin": "Origin: https://{}.example.vn",
    "language": "Accept-Language: vi-x-{};q=0.9",
    "accept": "Accept: text/html, application/x-{}",
    "forwarded for": "X-Forwarded-For: {}, 10.1.2.3",
    "forwarded": 'Forwarded: for="{}";proto=https',
    "forwarded host": "X-Forwarded-Host: {}.example.vn",
    "real ip": "X-Real-IP: {}",
    "cloud": "CF-Connecting-IP: {}",
    "via": "Via: 1.1 {}",
    "login": "Authorization: Bearer {}",
    "proxy login": "Proxy-Authorization: Basic {}",
    "mail": "From: {}@example.vn",
    "subscriber": "X-UP-Calling-Line-ID: {}",
    "device": "X-Device-Id: {}",
    "model": 'Sec-CH-UA-Model: "{}"',
    "request": "X-Request-ID: {}",
    "trace": "traceparent: 00-{}-01",
    "tag": 'If-None-Match: "{}"',
    "client": "X-Client-IP: {}",
    "true client": "True-Client-IP: {}",
    "number of a telephone": "X-MSISDN: {}",
    "profile": "X-Wap-Profile: https://{}.example.vn/profile.xml",
    "platform": 'Sec-CH-UA-Platform-Version: "{}"',
    "build": 'Sec-CH-UA-Full-Version-List: "{}"',
    "app": "X-Requested-With: vn.example.{}",
    "browser of an app": "X-Zalo-User: {}",
    "cookie": "Cookie: uid={}; tl_desk={}; theme=dark",
    "name of a header": "X-{}: 1",
}
FIELDS = ("telephone", "e-mail", "name of a field")
ELSEWHERE = ("query", "path", "method", "broken header", "file name", "user in a url")
TEXTS = ("tip", "answer", "question", "note", "closing", "draft")


def words(names: tuple[str, ...]) -> dict[str, str]:
    """A word for each name that stands nowhere else in the world."""
    return {name: f"kn{secrets.token_hex(9)}" for name in names}


@dataclass
class Life:
    """What the whole life of a tip left, and what must not be found in it."""

    program: Program
    identity: dict[str, str]
    texts: dict[str, str]
    receipt: str
    other_receipt: str
    keys: tuple[str, str]  # of the conversation that sent a tip, and of one left in the middle
    bookmark: str  # the path of the page on which notices are read
    shown: list[Answer]  # to officers
    citizens: list[str]  # what the receipts' holders read at the end
    dump: bytes

    @property
    def secrets(self) -> dict[str, str]:
        """What finds a conversation or a tip."""
        receipts = {"receipt": self.receipt, "other receipt": self.other_receipt}
        bare = {f"bare {name}": code.replace("-", "") for name, code in receipts.items()}
        small = {f"small {name}": code.lower() for name, code in (receipts | bare).items()}
        pages = {"bookmark": self.bookmark.removeprefix("/nhan/")}
        return receipts | bare | small | pages | {"sent": self.keys[0], "unsent": self.keys[1]}

    def written(self, planted: dict[str, str]) -> list[Hit]:
        """Hits in everything the program wrote."""
        scanner = Scanner(planted, digests=True)
        return [*scanner.folder(self.program.folder), *scanner.look(self.dump, "the SQL dump")]

    def shown_to_officers(self, planted: dict[str, str]) -> list[Hit]:
        """Hits in every response an officer's browser got."""
        scanner = Scanner(planted, digests=True)
        pages = (repr(answer.headers).encode() + b"\n" + answer.body for answer in self.shown)
        return scanner.look(b"\n\n".join(pages), "pages of officers")


def live(program: Program, base_tools: Tools) -> Life:
    """One tip from its first letter to its end."""
    identity = words((*HEADERS, *FIELDS, *ELSEWHERE)) | {"address": ADDRESS}
    identity["telephone"] = f"09{secrets.randbelow(10**10):010d}"
    identity["address as a number"] = str(int(ip_address(ADDRESS)))
    texts = words(TEXTS)
    program.start()
    someone = browsers(program.port, identity)

    citizen = someone()
    bookmark = citizen.subscribe()
    receipt = citizen.tell(f"Có nhóm trộm xe máy biển {texts['tip']} ở chợ đêm qua")
    key = citizen.key
    citizen.press("saved")
    other = someone()
    other_receipt = other.tell("Có người bán pháo nổ lậu ở bến đò tối nay")
    open_draft = someone()
    open_draft.review(f"Nhà bên có sòng bạc {texts['draft']} mỗi tối")
    stray(program.port, identity)

    hoa, minh, ngan = (Console(program.port) for _ in range(3))
    for console, name in ((hoa, "hoa"), (minh, "minh"), (ngan, "ngan")):
        console.log_in(name)
    hoa.approves(minh.writes(SHIPPER, program.clock()))
    until(lambda: SHIPPER.todo in citizen.read(bookmark), "the notice is not on her page")
    tip = hoa.find(texts["tip"])
    hoa.act(tip, "claim")
    hoa.act(tip, "ask", text=f"Xe màu gì, đi về hướng nào {texts['question']}?")
    hoa.act(tip, "note", text=f"Đã báo tổ tuần tra {texts['note']}")
    program.kill(postgres=True)
    program.start()
    back = someone()
    back.look_up(receipt)
    back.press("add")
    back.say(f"Xe màu đỏ, đi về phía cầu {texts['answer']}")
    program.kill()
    program.start()
    hoa.get(tip)
    hoa.act(tip, "close", disposition="handled", text=f"Cảm ơn bà con {texts['closing']}")
    for path in ("/desk/queue?tab=closed", tip, "/desk/officers", "/desk/static/desk.js"):
        hoa.get(path)
    ngan.tips("new")
    read = [someone().look_up(code).html for code in (receipt, other_receipt)]
    for command in (["backup", str(program.folder / "b.tar")], ["doctor"], ["audit", "verify"]):
        program.bot(*command)
    with records.opened(program.data, base_tools) as found:
        dump = sql_dump(found.owner_url)
    assert program.stop() == 0
    shown = hoa.seen + minh.seen + ngan.seen
    keys = (key, open_draft.key)
    return Life(program, identity, texts, receipt, other_receipt, keys, bookmark, shown, read, dump)


def browsers(port: int, identity: dict[str, str]) -> Callable[[], Citizen]:
    """Makes citizens whose browser tells everything it should not."""
    lines = (line.format(identity[name], identity[name]) for name, line in HEADERS.items())
    headers = [(name, value) for name, _, value in (line.partition(": ") for line in lines)]
    more = {
        "phone": identity["telephone"],
        "email": f"{identity['e-mail']}@example.vn",
        identity["name of a field"]: "1",
    }
    query = f"fbclid={identity['query']}&utm_source={identity['query']}"

    def someone() -> Citizen:
        return Citizen(port, headers, more=more, query=query, source=(ADDRESS, 0))

    return someone


def stray(port: int, identity: dict[str, str]) -> None:
    """Requests that are no visit: wrong paths, broken HTTP, a file, a log-in for the console."""
    source = (ADDRESS, 0)
    file = (
        f'--b\r\nContent-Disposition: form-data; name="f"; filename="{identity["file name"]}"\r\n'
    )
    request(port, "GET", f"/{identity['path']}/../{identity['path']}", source=source)
    request(
        port,
        "POST",
        "/",
        f"{file}\r\nx\r\n--b--\r\n".encode(),
        [("Content-Type", "multipart/form-data; boundary=b")],
        source,
    )
    request(port, "GET", f"//{identity['user in a url']}@example.vn/desk", source=source)
    for line in (
        f"{identity['method']} / HTTP/1.1\r\nHost: a\r\n\r\n",
        f"GET / HTTP/1.1\r\nHost: a\r\nX\x01{identity['broken header']}: 1\r\n\r\n",
        f"GET / HTTP/1.1\r\nX-Long: {identity['broken header'] * 2000}\r\n\r\n",
        f"POST / HTTP/1.1\r\nContent-Length: -{identity['broken header']}\r\n\r\n",
    ):
        with socket.create_connection((HOST, port), 5, source) as raw:
            raw.sendall(line.encode("latin-1"))
            with suppress(OSError):
                raw.recv(2**16)


def sql_dump(owner_url: str) -> bytes:
    """The whole database as SQL."""
    secret = conninfo_to_dict(owner_url)["password"]
    where = owner_url.replace(f":{secret}@", "@")
    command = [str(postgres.tool("pg_dump")), "--format=plain", f"--dbname={where}"]
    environment = postgres.environment(PGPASSWORD=str(secret))
    return subprocess.run(command, env=environment, capture_output=True, check=True).stdout  # noqa: S603 # our own words
