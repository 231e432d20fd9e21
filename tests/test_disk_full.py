"""A disk without room: tips are refused with a clear page, none is lost, and space mends it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.citizen import AGAIN, Citizen, NoAnswerError
from tests.program import Program, copied, made, until  # noqa: F401 # a fixture

# A small disk that only this program sees; it is gone with its last process.
MOUNT = (
    'mount -t tmpfs -o size=120m,mode=700 tips "$1" && cp -a "$2/." "$1" && shift 2 && exec "$@"'
)
TRIES = 300


def namespace() -> list[str]:
    """How to be allowed to mount; empty if this machine forbids it."""
    root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    command = [shutil.which("unshare") or "unshare", "--mount", *root]
    try:
        done = subprocess.run([*command, "true"], capture_output=True, check=False)  # noqa: S603 # our own words
    except FileNotFoundError:
        return []
    return command if done.returncode == 0 else []


@pytest.fixture
def program(
    made: Path,  # noqa: F811 # the fixture
    tmp_path: Path,
) -> Iterator[Program]:
    unshare = namespace()
    if not unshare:
        pytest.skip("no small disk to fill: this account may not mount one")
    with copied(made, tmp_path) as found:
        kept = tmp_path / "kept"
        found.data.rename(kept)
        found.data.mkdir(mode=0o700)
        found.prefix = (*unshare, "sh", "-c", MOUNT, "sh", str(found.data), str(kept))
        found.start()
        yield found


def test_a_full_disk_refuses_tips_with_a_page_and_loses_none_and_space_mends_it(
    program: Program,
) -> None:
    assert program.child is not None
    inside = Path(f"/proc/{program.child.pid}/root{program.data}")
    receipts = [Citizen(program.port).tell("Có nhóm trộm xe máy ở chợ đêm qua")]
    filler = fill(inside)

    refused, status = None, None
    for number in range(TRIES):
        citizen = Citizen(program.port)
        try:
            receipts.append(citizen.tell(f"Có nhóm trộm xe máy số {number} ở chợ đêm qua"))
        except NoAnswerError as error:
            refused, status = citizen, error.args[0]
            break
    assert refused is not None, f"{TRIES} tips fitted on a full disk"
    # Not stored; or stored, and waiting to be dealt with. Either is a page that says which.
    assert status in AGAIN
    assert program.child.poll() is None
    filler.unlink()

    def taken() -> bool:
        try:
            return bool(refused.again())
        except NoAnswerError:
            return False

    until(taken, "space does not mend it")
    assert Citizen(program.port).tell("Có chỗ rồi, nhóm trộm xe vẫn ở chợ Rạch Kiến")
    for receipt in receipts:
        assert any("Tình trạng" in line for line in Citizen(program.port).look_up(receipt).lines)
    assert "Traceback" not in program.said()


def fill(folder: Path) -> Path:
    """Use up the last byte."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as out, suppress(OSError):
        while True:
            out.write(bytes(4096))
    return filler
