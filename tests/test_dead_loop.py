"""A part that ends by itself stops the whole program, so that whoever watches it starts it anew."""

from pathlib import Path

from tests.dying import END
from tests.program import SHUTDOWN, copied, made  # noqa: F401 # a fixture


def test_a_part_that_ends_by_itself_stops_the_program_with_a_sentence_and_a_code(
    made: Path,  # noqa: F811 # the fixture
    tmp_path: Path,
) -> None:
    with copied(made, tmp_path) as program:
        program.module = ("tests.dying",)
        program.start()
        (program.folder / END).touch()
        assert program.child is not None
        code = program.child.wait(SHUTDOWN)
        left = program.processes()

    assert code == 1
    assert "“sweeps” ended by itself" in program.said()
    assert "loop.ended" in program.said()
    assert "Traceback" not in program.said()
    assert left == {}, "its database has stopped too"
