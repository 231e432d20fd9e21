"""What operators get wrong, and what machines do to them: one clear sentence, and no traceback."""

import os
import signal
import socket
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from storage import postmaster
from tests.citizen import AGAIN, Citizen, NoAnswerError
from tests.officer import Console
from tests.program import HOST, Program, copied, free_port, get, made, until  # noqa: F401 # a fixture

NOWHERE = {
    "DATABASE_URL": "postgresql://an:sample@127.0.0.1:{port}/tips",
    "DATABASE_OWNER_URL": "postgresql://owner:sample@127.0.0.1:{port}/tips",
}


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Nothing made, nothing started."""
    return Program(tmp_path)


@pytest.fixture(scope="module")
def running(
    made: Path,  # noqa: F811 # the fixture
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Program]:
    """One that runs for the whole module: nothing done to it may disturb it."""
    with copied(made, tmp_path_factory.mktemp("running")) as found:
        found.anew().start()
        yield found


@pytest.fixture
def own(
    made: Path,  # noqa: F811 # the fixture
    tmp_path: Path,
) -> Iterator[Program]:
    """One to be stopped and killed."""
    with copied(made, tmp_path) as found:
        found.start()
        yield found


def told(done: CompletedProcess[str], code: int = 1) -> str:
    """What a failed command says: a few plain lines, and nothing of Python."""
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert "───" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 3, done.stderr
    return done.stderr


def test_settings_that_do_not_exist_are_all_named(program: Program) -> None:
    said = told(program.bot("settings", OPERATOR_NANE="x", TELEGRAM_TOKENS="x"))

    assert "OPERATOR_NANE is not a setting (did you mean OPERATOR_NAME?)" in said
    assert "TELEGRAM_TOKENS is not a setting" in said


def test_settings_that_cannot_be_are_all_named_with_the_value_seen(program: Program) -> None:
    said = told(program.bot("settings", PORT="70000", WORKERS="eight", LOG_LEVEL="loud"))

    assert "PORT is '70000': input should be less than or equal to 65535" in said
    assert "WORKERS is 'eight': input should be a valid integer" in said
    assert "LOG_LEVEL is 'loud'" in said


@pytest.mark.parametrize(
    ("command", "name", "value", "sentence"),
    [
        ("run", "HOST", "no.such.host.example", "HOST is 'no.such.host.example'"),
        ("run", "DATABASE_URL", "postgresql://a:sample@h/d", "DATABASE_OWNER_URL go together"),
        ("demo", "OPERATOR_NAME", "Công an xã", "so it takes no OPERATOR_NAME"),
    ],
)
def test_a_setting_that_does_not_work_here_is_named_and_no_secret_repeated(
    program: Program, command: str, name: str, value: str, sentence: str
) -> None:
    said = told(program.bot(command, **{name: value}))

    assert sentence in said
    assert "sample" not in said


def test_an_unknown_line_in_the_env_file_is_named(program: Program) -> None:
    (program.folder / ".env").write_text("OPERATOR_NAM=Công an\nWORKERS=many\n", encoding="utf-8")
    del program.settings["WORKERS"]

    said = told(program.bot("run"))

    assert "OPERATOR_NAM in .env is not a setting (did you mean OPERATOR_NAME?)" in said
    assert "WORKERS is 'many'" in said


def test_a_port_in_use_is_named_with_a_free_one_to_try(program: Program) -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        said = told(program.bot("run", PORT=str(port)))

    assert f"PORT is {port}, and another program listens on" in said
    assert f"PORT={port + 1}" in said
    assert program.processes() == {}


def test_a_database_that_refuses_at_start_is_one_sentence_without_its_password(
    program: Program,
) -> None:
    port = str(free_port())
    urls = {name: url.format(port=port) for name, url in NOWHERE.items()}

    said = told(program.bot("run", **urls))

    assert "database" in said
    assert port in said
    assert "sample" not in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("run", "--only", "chanels"), "--only knows channels, web, sender, sweeps; not chanels"),
        (("nlp", "translate"), "nlp knows classify, locate, answer, check; not translate"),
        (("backup", "no/such/folder/b.tar"), "cannot write no/such/folder/b.tar"),
        (("officers", "invite", "--station", "99999"), "no station '99999'"),
        (("officers", "invite", "--station", "28114"), "Đơn vị này đã hoạt động"),
        (("corrections", "export", "no.jsonl"), "KEEP_CORRECTIONS is false"),
    ],
)
def test_a_command_that_cannot_be_done_says_why_in_a_sentence(
    running: Program, words: tuple[str, ...], sentence: str
) -> None:
    assert sentence in told(running.bot(*words))


@pytest.mark.parametrize(
    "words", [("stations", "list"), ("officers", "list", "--station", "28114"), ("audit", "verify")]
)
def test_a_command_about_a_folder_where_nothing_has_run_says_so_and_leaves_it_empty(
    program: Program, words: tuple[str, ...]
) -> None:
    said = told(program.bot(*words))

    assert "nothing has run in" in said
    assert "python -m bot run" in said
    assert not list(program.data.rglob("PG_VERSION"))


def test_a_backup_that_is_not_there_is_named(program: Program) -> None:
    said = told(program.bot("restore", "nowhere.tar"))

    assert "cannot read nowhere.tar: No such file or directory" in said


def test_a_restore_beside_a_running_program_is_refused_and_changes_nothing(
    running: Program, tmp_path: Path
) -> None:
    receipt = Citizen(running.port).tell("Có nhóm trộm xe máy ở chợ đêm qua")
    assert running.bot("backup", str(tmp_path / "b.tar")).returncode == 0

    told(running.bot("restore", str(tmp_path / "b.tar")))

    assert any("Tình trạng" in line for line in Citizen(running.port).look_up(receipt).lines)


@pytest.mark.parametrize("words", [("fly",), ("run", "--fast"), ("nlp",), ("restore",)])
def test_a_command_that_does_not_exist_is_a_usage_error(
    program: Program, words: tuple[str, ...]
) -> None:
    done = program.bot(*words)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "Usage" in done.stderr


def test_a_second_program_on_the_same_folder_is_told_who_has_it(running: Program) -> None:
    assert running.child is not None

    said = told(running.bot("run", PORT=str(free_port())))

    assert f"is in use by process {running.child.pid}" in said
    assert get(running.port, "/health") == HTTPStatus.OK


def test_a_fresh_data_folder_is_private_all_the_way_down(program: Program) -> None:
    with program:
        modes = {path: path.stat().st_mode & 0o077 for path in program.data.rglob("*")}

    assert program.data.stat().st_mode & 0o077 == 0
    assert [str(path) for path, mode in modes.items() if mode and not path.is_socket()] == []


def test_a_data_folder_others_can_read_is_refused(own: Program) -> None:
    own.stop()
    own.data.chmod(0o755)

    said = told(own.bot("run"))

    assert "has mode 0755" in said
    assert f"chmod 0700 '{own.data}'" in said


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_within_ten_seconds_and_leaves_no_process_behind(
    own: Program, how: signal.Signals
) -> None:
    console = Console(own.port)
    console.log_in("hoa")
    jar = "; ".join(f"{name}={value}" for name, value in console.cookies.items())
    # Somebody is in the middle of a form, and an officer's page listens for alerts.
    with (
        socket.create_connection((HOST, own.port)) as half,
        socket.create_connection((HOST, own.port)) as live,
    ):
        half.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\nkey=")
        live.sendall(f"GET /desk/live HTTP/1.1\r\nHost: a\r\nCookie: {jar}\r\n\r\n".encode())
        assert b"text/event-stream" in live.recv(4096)

        assert own.stop(how) == 0

    assert own.processes() == {}


def test_a_database_that_dies_is_answered_by_a_page_and_comes_back_by_itself(
    own: Program,
) -> None:
    citizen = Citizen(own.port)
    citizen.review("Có nhóm trộm xe máy ở chợ đêm qua")
    file = postmaster.running(own.data / "postgres")
    assert file is not None
    os.kill(file.pid, signal.SIGKILL)
    pages: set[object] = set()

    def comes_back() -> bool:
        try:
            citizen.again() if pages else citizen.press("send")
        except NoAnswerError as error:
            pages.add(error.args[0])
            return False
        return True

    until(comes_back, "it does not come back")

    # Not stored; or stored, and dealt with later. A page says which, and the same button goes on.
    assert pages
    assert pages <= set(AGAIN)
    assert citizen.page.code
    assert get(own.port, "/ready") == HTTPStatus.OK
    assert own.child is not None
    assert own.child.poll() is None
    assert "database.died" in own.said()
    assert "Traceback" not in own.said()
