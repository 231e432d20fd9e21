"""Everything logged while a channel is opened, used, abused and cut off: no word of people in it.

The program is begun the way a province begins: by the link it prints, a password, an authenticator
app and a recovery key on paper.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

import pytest

from bot.demo import PASSWORD
from desk import inbox
from desk.desk import Tools
from desk.inbox import Lane
from tests import records
from tests.citizen import Citizen, NoAnswerError, request
from tests.officer import Console, Forms
from tests.program import Program, until
from tests.scanner import Scanner

LINK = re.compile(r"http://[\d.:]+/desk/join/(\S+)")
TIP = "Bà Tư lưới báo nhóm trộm xe bên bến đò Kinh Nước Mặn 0912345678"
ANSWER = "Hai người áo xám chạy xe wave đỏ 61C1"
QUESTION = "Xe chạy về hướng nào sau lúc nửa khuya"
PROVINCE = "80"


@dataclass(frozen=True)
class Logged:
    """What was logged, and what must not be in it."""

    program: Program
    secrets: dict[str, str]
    sentences: dict[str, str]
    printed: str  # to the terminal, while the first link still works


@pytest.fixture(scope="module")
def logged(base_tools: Tools, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logged]:
    with Program(tmp_path_factory.mktemp("logs"), LOG_LEVEL="debug").anew() as program:
        found = open_province(program)
        found |= tell_and_answer(program, found)
        abuse(program, base_tools)
        # What an officer typed wrongly is as secret as what was right.
        found |= {"password": PASSWORD, "wrong password": "mat khau go nham 4471"}
        console = Console(program.port)
        for _ in range(2):
            console.get("/desk/login")
            fields = {"username": "ngan", "password": found["wrong password"], "code": "000000"}
            console.post("/desk/login", fields)
        printed = program.said("stdout")
        assert program.stop() == 0
        sentences = {"tip": TIP, "answer": ANSWER, "question": QUESTION}
        yield Logged(program, found, sentences, printed)


def open_province(program: Program) -> dict[str, str]:
    """The first officer of all uses the printed link; every secret on the way."""
    link = LINK.search(program.said("stdout"))
    assert link is not None
    console = Console(program.port)
    app = console.join(link[0], "Nguyễn Thị Ngân", "ngan", PROVINCE)
    groups = console.confirm_recovery()
    assert console.get("/desk/queue").status == HTTPStatus.OK
    carried = Forms(console.last.text).found[0][1]["csrf"]
    cookies = {f"cookie {name}": value for name, value in console.cookies.items()}
    recovery = {f"recovery {i}": "-".join(groups[i : i + 3]) for i in range(len(groups) - 2)}
    return {"link": link[1], "authenticator": app.secret, "form": carried, **cookies, **recovery}


def tell_and_answer(program: Program, found: dict[str, str]) -> dict[str, str]:
    """A tip to the province desk, a question, an answer by receipt, a crash in between."""
    citizen = Citizen(program.port, [("User-Agent", "Trinhduyet/77.31 (Nguoibao)")])
    receipt = citizen.tell(TIP)
    key, nonce = citizen.last["key"], citizen.last["nonce"]
    console = Console(program.port)
    console.cookies = {"tl_desk": found["cookie tl_desk"]}
    tip = console.find(TIP)
    console.act(tip, "claim")
    console.act(tip, "ask", text=QUESTION)
    program.kill(postgres=True)
    program.start()
    citizen.look_up(receipt)
    citizen.press("add")
    citizen.say(ANSWER)
    agent = "Trinhduyet/77.31"
    return {"receipt": receipt, "key": key, "nonce": nonce, "agent": agent, "tip": tip[-36:]}


def abuse(program: Program, base_tools: Tools) -> None:
    """Things that fail: a row nobody can read, an error of SQL, a database that dies."""
    citizen = Citizen(program.port)
    citizen.come()
    citizen.say(TIP)
    with records.opened(program.data, base_tools) as found:
        with found.office.begin("intake") as desk:
            inbox.put(desk, Lane("web", citizen.key), "poison", {"text": [TIP], "choice": ""})
        found.run(
            "ALTER TABLE conversation ADD CONSTRAINT broken CHECK (channel <> 'web') NOT VALID"
        )
        for _ in range(4):
            with suppress(NoAnswerError, AssertionError):
                citizen.say(ANSWER)
        found.run("ALTER TABLE conversation DROP CONSTRAINT broken")
    request(program.port, "GET", f"/desk/tips/{TIP.replace(' ', '%20')[:40].encode().hex()}")
    program.kill(python=False, postgres=True)
    with suppress(NoAnswerError):
        citizen.again()

    until(lambda: "database.restarted" in program.said(), "it does not come back")


def test_the_log_says_that_things_failed(logged: Logged) -> None:
    said = logged.program.said()

    for event in ("inbox.failed", "inbox.broken", "database.died", "database.restarted"):
        assert event in said
    assert "fault='text and choice must be strings'" in said
    assert "IntegrityError at" in said
    assert "database system was not properly shut down" in logged.program.postgres_log()


def test_no_log_holds_a_secret_or_what_opens_something(logged: Logged) -> None:
    scanner = Scanner(logged.secrets)

    assert scanner.look(logged.program.said().encode(), "our log") == []
    assert scanner.look(logged.program.postgres_log().encode(), "PostgreSQL's log") == []


def test_no_log_holds_a_sentence_or_two_words_of_one(logged: Logged) -> None:
    pairs = {
        f"{name} {i}": " ".join(words[i : i + 2])
        for name, text in logged.sentences.items()
        for words in [text.split()]
        for i in range(len(words) - 1)
    }
    scanner = Scanner(logged.sentences | pairs)

    assert scanner.look(logged.program.said().encode(), "our log") == []
    assert scanner.look(logged.program.postgres_log().encode(), "PostgreSQL's log") == []


def test_no_log_holds_an_address_or_a_time_finer_than_a_minute(logged: Logged) -> None:
    said = logged.program.said()

    assert re.findall(r"\b\d{1,3}(?:\.\d{1,3}){3}\b", said) == []
    assert re.findall(r"\d\d:\d\d:\d\d", said) == []


def test_the_terminal_shows_the_first_link_and_no_other_secret(logged: Logged) -> None:
    secrets = {name: word for name, word in logged.secrets.items() if name != "link"}

    assert logged.secrets["link"] in logged.printed
    assert Scanner(secrets | logged.sentences).look(logged.printed.encode(), "stdout") == []


def test_the_first_link_works_once_and_is_not_printed_again(logged: Logged) -> None:
    starts = logged.printed.split("Ctrl-C stops.")

    assert "/desk/join/" in starts[0]
    assert not any("/desk/join/" in said for said in starts[1:])


def test_the_log_files_are_private(logged: Logged) -> None:
    files = list((logged.program.data / "log").iterdir())

    assert files
    assert [file for file in files if file.stat().st_mode & 0o077] == []
