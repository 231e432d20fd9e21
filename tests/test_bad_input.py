"""What citizens, browsers and thieves of time send: each gets a clear answer, and nothing breaks.

One program serves the whole module: whatever one test sends, the next one must still be answered.
"""

import threading
import unicodedata
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

import pytest

from desk import inbox
from desk.desk import Tools
from desk.inbox import Lane
from handlers.texts import say
from tests import records
from tests.citizen import FORM, RACHKIEN, Answer, Citizen, request
from tests.officer import Console, readable
from tests.program import Program, copied, made, until  # noqa: F401 # a fixture

CLOSED = "Cuộc trò chuyện cũ đã được xóa khỏi máy chủ. Mời bà con bắt đầu lại."
MALFORMED = "Trang vừa rồi bị lỗi nên tin chưa được gửi. Mời bà con bắt đầu lại."
TOO_BIG = "Tin dài quá nên chưa gửi được. Bà con viết dưới 4.000 chữ cái giúp nhé."
SPREE = "Đêm qua nhóm thanh niên trộm xe máy ở chợ"


@pytest.fixture(scope="module")
def program(
    made: Path,  # noqa: F811 # the fixture
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Program]:
    with copied(made, tmp_path_factory.mktemp("bad")) as running:
        running.start()
        yield running


@pytest.fixture
def citizen(program: Program) -> Citizen:
    found = Citizen(program.port)
    found.come()
    return found


@pytest.fixture(scope="module")
def officer(program: Program) -> Console:
    found = Console(program.port)
    found.log_in("hoa")
    return found


def post(program: Program, body: bytes, kind: str = FORM) -> Answer:
    return request(program.port, "POST", "/", body, [("Content-Type", kind)])


def test_a_message_of_a_megabyte_is_refused_with_the_length_that_fits(
    program: Program, citizen: Citizen
) -> None:
    answer = post(program, urlencode(citizen.page.press(text="á" * 2**20)).encode())

    assert answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert answer.page.notices == [TOO_BIG]


def test_a_body_that_never_ends_is_cut_off_without_being_kept_in_memory(program: Program) -> None:
    answer = post(program, b"text=" + b"x" * 30 * 2**20)

    assert answer.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_the_longest_text_that_fits_arrives_whole_also_of_letters_with_two_marks(
    citizen: Citizen, officer: Console
) -> None:
    text = (SPREE + " " + "ặ" * 5000)[:4096]
    citizen.tell(text)

    assert text in readable(officer.get(officer.find(text[-50:])))


def test_decomposed_letters_arrive_composed(citizen: Citizen, officer: Console) -> None:
    text = "Kẻ trộm bẻ khoá nhà cô Ngữ ở Rạch Kiến đêm qua"
    citizen.tell(unicodedata.normalize("NFD", text))

    assert officer.find(text)


def test_emoji_arrive_and_invisible_characters_do_not(citizen: Citizen, officer: Console) -> None:
    sent = (
        "Trộm xe\x00 máy\x07 ở chợ \u202egnod\u202c, hai\u200bngười 👨‍👩‍👧 chạy \ufeffmất 🏍️ số 7731"
    )
    citizen.tell(sent)

    page = readable(officer.get(officer.find("7731")))
    assert "👨‍👩‍👧" in page
    assert "🏍️" in page
    assert not any(sign in page for sign in "\x00\x07\u202e\u202c\u200b\ufeff")


def test_markup_arrives_as_letters(citizen: Citizen, officer: Console) -> None:
    citizen.tell('Trộm xe <script>alert("7732")</script> ở chợ đêm qua')

    page = officer.get(officer.find("7732")).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("choice", ["send", "at:28114", "faq:nothing", "x" * 64, "danger_yes"])
def test_a_button_that_was_not_on_the_page_does_nothing(citizen: Citizen, choice: str) -> None:
    citizen.press("tip")
    before = citizen.page.buttons

    page = citizen.press(choice) if choice not in before else citizen.page

    assert page.code == ""
    if choice not in before:
        assert page.lines[-1].endswith(say("menu.forged"))
        assert page.buttons == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("key", "short"),
        ("key", "a" * 23),
        ("nonce", ""),
        ("nonce", "../../etc/passwd......"),
        ("choice", "tip\r\nSet-Cookie: a=b"),
        ("choice", "y" * 65),
    ],
)
def test_a_field_our_page_never_sends_is_answered_with_a_fresh_page_and_the_text_kept(
    program: Program, citizen: Citizen, field: str, value: str
) -> None:
    body = urlencode({**citizen.page.press(text="vẫn còn đây"), field: value}).encode()

    answer = post(program, body)

    assert answer.status == HTTPStatus.BAD_REQUEST
    assert answer.page.notices == [MALFORMED]
    assert answer.page.typed == "vẫn còn đây"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", FORM),
        (b"\xff\xfe\x00", FORM),
        (b"&".join(b"f%d=1" % i for i in range(99)), FORM),
        (b'{"key": 1}', "application/json"),
        (b"--b\r\n\r\n--b--", "multipart/form-data; boundary=b"),
    ],
)
def test_a_body_that_is_no_form_of_ours_is_a_bad_request(
    program: Program, body: bytes, kind: str
) -> None:
    answer = post(program, body, kind)

    assert answer.status == HTTPStatus.BAD_REQUEST
    assert answer.page.notices == [MALFORMED]


def test_a_form_sent_twice_is_one_tip_with_one_receipt(
    citizen: Citizen, program: Program, base_tools: Tools
) -> None:
    text = f"{SPREE} biển 7733"
    receipt = citizen.tell(text)

    assert citizen.again().code == receipt
    with records.opened(program.data, base_tools) as found:
        assert found.texts(RACHKIEN)[text] == 1


def test_a_form_sent_six_times_at_once_is_one_tip_with_one_receipt(
    citizen: Citizen, program: Program, base_tools: Tools
) -> None:
    text = f"{SPREE} biển 7734"
    citizen.review(text)
    body = urlencode(citizen.page.press("send")).encode()
    answers: list[Answer] = []
    threads = [
        threading.Thread(target=lambda: answers.append(post(program, body))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({answer.page.code for answer in answers}) == 1
    assert answers[0].page.code
    with records.opened(program.data, base_tools) as found:
        assert found.texts(RACHKIEN)[text] == 1


def test_a_page_whose_conversation_is_gone_says_so_and_keeps_what_was_typed(
    program: Program, citizen: Citizen
) -> None:
    citizen.press("tip")
    fields = {**citizen.page.press(text="chữ đang gõ"), "key": "x" * 22}

    answer = post(program, urlencode(fields).encode())

    assert answer.status == HTTPStatus.GONE
    assert answer.page.notices == [CLOSED]
    assert answer.page.typed == "chữ đang gõ"


def test_a_message_no_handler_can_read_is_put_aside_and_the_next_one_is_answered(
    program: Program, citizen: Citizen, base_tools: Tools
) -> None:
    citizen.press("tip")
    with records.opened(program.data, base_tools) as found:
        with found.office.begin("intake") as desk:
            inbox.put(desk, Lane("web", citizen.key), "poison", {"text": 7, "choice": []})

        page = citizen.press("danger_no")

        assert "tip.what" not in page.lines[-1]
        rows = found.rows("SELECT fault FROM inbox WHERE state = 'quarantined'")
    assert rows == [("text and choice must be strings",)]
    assert any(say("menu.broken") in line for line in page.lines)
    assert page.lines[-1].endswith(say("tip.what"))


def test_a_row_that_no_key_opens_is_put_aside_and_others_are_still_recovered(
    program: Program, base_tools: Tools
) -> None:
    # As after a restore: a backup holds rows in waiting, and never the keys of their days.
    waiting = Lane("web", "w" * 22)
    with records.opened(program.data, base_tools) as found:
        found.run(
            "INSERT INTO inbox (id, channel, address_mac, dedupe_mac, day, state, attempts, sealed)"
            " VALUES (gen_random_uuid(), 'web', '\\x00', '\\x00', '2020-01-01', 'new', 0, '\\x00')"
        )
        with found.office.begin("intake") as desk:
            inbox.put(desk, waiting, "after it", {"text": "", "choice": "tip"})

        def settled() -> bool:
            return found.rows("SELECT count(*) FROM inbox WHERE state = 'new'") == [(0,)]

        until(settled, "the second message was not recovered")
        kept = found.rows("SELECT state, fault FROM inbox WHERE day = '2020-01-01'")
    assert kept == [("quarantined", "KeyGoneError")]


def test_an_old_console_page_is_refused_without_doing_anything(
    program: Program, officer: Console
) -> None:
    tip = officer.tips()[0]
    officer.get(tip)
    body = urlencode({"csrf": "0" * 64}).encode()
    jar = "; ".join(f"{name}={value}" for name, value in officer.cookies.items())

    answer = request(
        program.port, "POST", f"{tip}/claim", body, [("Content-Type", FORM), ("Cookie", jar)]
    )

    assert answer.status == HTTPStatus.FORBIDDEN
    assert tip in officer.tips("new")
