"""Whatever is killed while citizens send tips: nothing acknowledged is lost, nothing is doubled."""

import random
import shutil
import time
from pathlib import Path

import pytest

from desk.desk import Tools
from tests import records
from tests.citizen import RACHKIEN, Citizen
from tests.drill.kills import Crowd, Report, kill_while_sending
from tests.program import Program, copied, made  # noqa: F401 # a fixture

SEED = 2


def drill(program: Program, base_tools: Tools, kills: int) -> Report:
    """Half of the kills take PostgreSQL along; then every tip is looked at."""
    kinds = [True, False] * (kills // 2)
    random.Random(SEED).shuffle(kinds)  # noqa: S311 # a repeatable drill
    program.start()
    with records.opened(program.data, base_tools) as found:
        before = found.texts(RACHKIEN)
    crowd = Crowd(program.port, SEED)

    report = kill_while_sending(program, crowd, kinds, SEED)

    books = crowd.books
    assert books.failures == []
    assert books.changed == [], "the same form showed another receipt"
    assert report.interruptions >= kills, "a kill that nobody noticed proves nothing"
    with records.opened(program.data, base_tools) as found:
        opened = {receipt: found.text_of(receipt) for receipt in books.receipts}
        held = found.texts(RACHKIEN) - before
    assert opened == books.receipts, "a receipt opens exactly its tip"
    assert [text for text, times in held.items() if times > 1] == []
    assert set(books.receipts.values()) <= set(held)
    assert set(held) - set(books.receipts.values()) <= books.abandoned
    return report


def test_twenty_kills_while_citizens_send_lose_and_double_no_tip(
    made: Path,  # noqa: F811 # the fixture
    base_tools: Tools,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with copied(made, tmp_path) as program:
        report = drill(program, base_tools, 20)
    with capsys.disabled():
        print(f"\n{report}")  # noqa: T201 # a drill shows its figures


@pytest.mark.drill
def test_fifty_kills_while_citizens_send_lose_and_double_no_tip(
    made: Path,  # noqa: F811 # the fixture
    base_tools: Tools,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with copied(made, tmp_path) as program:
        report = drill(program, base_tools, 50)
    with capsys.disabled():
        print(f"\n{report}")  # noqa: T201 # as above


def test_a_backup_taken_under_load_restores_every_receipt_seen_before_it(
    made: Path,  # noqa: F811 # the fixture
    base_tools: Tools,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    backup, keys = tmp_path / "tips.tar", tmp_path / "keys.tar"
    folder = tmp_path / "p"
    folder.mkdir()
    with copied(made, folder) as program:
        program.start()
        crowd = Crowd(program.port, SEED)
        crowd.start()
        try:
            while len(crowd.known()) < 10:
                time.sleep(0.05)
            seen = crowd.known()
            written = program.bot("backup", str(backup), "--keys", str(keys))
        finally:
            books = crowd.stop()
        assert written.returncode == 0, written.stderr
        assert books.failures == []
        program.kill(postgres=True)

        began = time.monotonic()
        shutil.rmtree(program.data)
        restored = program.bot("restore", str(backup), "--keys", str(keys))
        assert restored.returncode == 0, restored.stderr
        program.start()
        seconds = time.monotonic() - began

        with records.opened(program.data, base_tools) as found:
            assert {receipt: found.text_of(receipt) for receipt in seen} == seen
        newest = Citizen(program.port)
        assert any("Tình trạng:" in line for line in newest.look_up(list(seen)[-1]).lines)
        assert newest.tell("Sau khi khôi phục vẫn có trộm xe ở chợ Rạch Kiến")
    with capsys.disabled():
        print(f"\nrestored {len(seen)} receipts and started in {seconds:.1f} s")  # noqa: T201 # as above
