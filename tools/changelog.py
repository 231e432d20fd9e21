"""Gather changes/*.md into CHANGELOG.md: under Unreleased, or, given a version, as a release.

A fragment is `changes/<topic>.<kind>.md` and holds one sentence for somebody who uses the program.
"""

import sys
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
KINDS = ("added", "changed", "fixed", "removed", "security")
UNRELEASED = "## Unreleased"


class FragmentError(Exception):
    """A file in changes/ whose name says no kind."""


def gather(folder: Path) -> dict[str, list[str]]:
    """The sentences by kind, in the order of `KINDS` and then of file names.

    Raises:
        FragmentError: the name is not `<topic>.<kind>.md`.
    """
    sentences: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for file in fragments(folder):
        topic, _, kind = file.stem.rpartition(".")
        if not topic or kind not in KINDS:
            raise FragmentError(
                f"{file.name}: name it <topic>.<kind>.md; kinds are {', '.join(KINDS)}"
            )
        sentences[kind].append(" ".join(file.read_text(encoding="utf-8").split()))
    return {kind: found for kind, found in sentences.items() if found}


def fragments(folder: Path) -> list[Path]:
    """The fragment files; the folder's README is none."""
    return sorted(file for file in folder.glob("*.md") if file.name != "README.md")


def section(heading: str, sentences: dict[str, list[str]]) -> str:
    """One section of the changelog, as Markdown that ends in a line break."""
    parts = [f"## {heading}\n"]
    for kind, found in sentences.items():
        parts.append(f"\n### {kind.capitalize()}\n\n" + "".join(f"- {line}\n" for line in found))
    return "".join(parts)


def rewrite(changelog: str, unreleased: str, release: str = "") -> str:
    """Replace the Unreleased section, and put a release under it if there is one."""
    before, _, rest = changelog.partition(UNRELEASED)
    _, heading, older = rest.partition("\n## ")
    sections = [unreleased, release, (heading + older).lstrip("\n")]
    return before + "\n".join(part for part in sections if part)


def main(root: Path, version: str | None, today: date) -> None:
    """Rewrite the changelog; a release takes the fragments away."""
    file = root / "CHANGELOG.md"
    sentences = gather(root / "changes")
    if version:
        release = section(f"{version} ({today.isoformat()})", sentences)
        text = rewrite(file.read_text(encoding="utf-8"), f"{UNRELEASED}\n", release)
    else:
        text = rewrite(
            file.read_text(encoding="utf-8"), section(UNRELEASED.removeprefix("## "), sentences)
        )
    file.write_text(text, encoding="utf-8")
    for done in fragments(root / "changes") if version else ():
        done.unlink()


if __name__ == "__main__":
    try:
        main(ROOT, sys.argv[1] if len(sys.argv) > 1 else None, datetime.now(UTC).date())
    except FragmentError as error:
        sys.exit(str(error))
