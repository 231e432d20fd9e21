"""The changelog is gathered from fragments, so two people never edit the same line."""

from datetime import date
from pathlib import Path

import pytest

from tools import changelog

MONDAY = date(2026, 3, 2)
OLD = (
    "# Changelog\n\n## Unreleased\n\n### Fixed\n\n- Gone by now.\n\n"
    "## 0.1.0 (2026-01-05)\n\n- First.\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "changes").mkdir()
    (tmp_path / "changes/README.md").write_text("How to write one.")
    (tmp_path / "changes/receipt.added.md").write_text("A receipt\ncan be copied.\n")
    (tmp_path / "changes/queue.fixed.md").write_text("The queue keeps its order.\n")
    (tmp_path / "CHANGELOG.md").write_text(OLD)
    return tmp_path


def test_fragments_replace_what_stood_under_unreleased(root: Path) -> None:
    changelog.main(root, None, MONDAY)

    assert (root / "CHANGELOG.md").read_text() == (
        "# Changelog\n\n## Unreleased\n\n"
        "### Added\n\n- A receipt can be copied.\n\n"
        "### Fixed\n\n- The queue keeps its order.\n\n"
        "## 0.1.0 (2026-01-05)\n\n- First.\n"
    )
    assert len(changelog.fragments(root / "changes")) == 2


def test_gathering_twice_changes_nothing(root: Path) -> None:
    changelog.main(root, None, MONDAY)
    once = (root / "CHANGELOG.md").read_text()
    changelog.main(root, None, MONDAY)

    assert (root / "CHANGELOG.md").read_text() == once


def test_a_release_empties_unreleased_and_takes_the_fragments_away(root: Path) -> None:
    changelog.main(root, "0.2.0", MONDAY)

    assert (root / "CHANGELOG.md").read_text() == (
        "# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-03-02)\n\n"
        "### Added\n\n- A receipt can be copied.\n\n"
        "### Fixed\n\n- The queue keeps its order.\n\n"
        "## 0.1.0 (2026-01-05)\n\n- First.\n"
    )
    assert [file.name for file in (root / "changes").iterdir()] == ["README.md"]


def test_a_first_release_needs_no_earlier_one(root: Path) -> None:
    (root / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n")
    changelog.main(root, "0.1.0", MONDAY)

    assert "## 0.1.0 (2026-03-02)\n\n### Added\n" in (root / "CHANGELOG.md").read_text()


def test_a_fragment_of_no_known_kind_is_told_how_to_be_named(root: Path) -> None:
    (root / "changes/queue.better.md").write_text("Better.")

    with pytest.raises(changelog.FragmentError, match=r"queue\.better\.md: name it <topic>"):
        changelog.main(root, None, MONDAY)
