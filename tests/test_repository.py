"""What a fresh machine, a container and a reader rely on, as far as it shows without them."""

import importlib
import json
import re
import subprocess
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped] # its stubs are not worth a locked package

from bot.settings import Settings

ROOT = Path(__file__).parent.parent
LOCKS = sorted(ROOT.glob("requirements*.lock"))
SCRIPTS = ("tools/setup.sh", ".ci/run")
TARGETS = {
    *("run", "demo", "test", "check", "fmt", "browser", "journeys", "screenshots", "bench"),
    *("bench-peers", "drill", "drill-whole", "train", "gazetteer", "lock", "changelog"),
    *("image", "clean", "help"),
}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def instructions(name: str) -> list[str]:
    """The Dockerfile's instructions, one line each."""
    joined = read(name).replace("\\\n", " ")
    return [line.strip() for line in joined.splitlines() if line.strip() and line[0] != "#"]


DOCKERFILE = instructions("Dockerfile")
LAST_STAGE = DOCKERFILE[max(i for i, line in enumerate(DOCKERFILE) if line.startswith("FROM")) :]


def test_make_alone_prints_every_target() -> None:
    told = subprocess.run(
        ["make", "--no-print-directory"],  # noqa: S607 # make is where the PATH says
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert set(re.findall(r"^  make ([\w-]+)", told, re.MULTILINE)) == TARGETS


def test_clean_never_touches_the_data() -> None:
    recipe = read("Makefile").split("\nclean:")[1].split("\n\n")[0].split("\n", 1)[1]
    assert "var" not in recipe


def test_both_commands_of_the_readme_exist() -> None:
    for readme in ("README.md", "README.en.md"):
        assert re.findall(r"^make (\w+)", read(readme), re.MULTILINE)[:2] == ["demo", "test"]


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_can_be_run_and_read(script: str) -> None:
    assert (ROOT / script).stat().st_mode & 0o111, "not executable"
    shell = read(script).splitlines()[0].rpartition("/")[2].split()[-1]
    subprocess.run([shell, "-n", script], cwd=ROOT, check=True)  # noqa: S603 # one of two names


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_a_version_and_a_hash(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text().replace("\\\n", " "))
    packages = [entry for entry in entries if not entry.startswith("#") and entry.strip()]
    loose = [p.split()[0] for p in packages if "==" not in p.split()[0] or "--hash=" not in p]

    assert packages
    assert loose == []


def test_the_development_lock_holds_what_the_program_runs_with() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[\w.-]+==[^\s;]+", read(name), re.MULTILINE))

    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=]", line)[0].lower() for line in wanted}

    locked = set(re.findall(r"^([\w.-]+)==", read("requirements-dev.lock"), re.MULTILINE))
    assert names - locked == set()


def test_page_scripts_are_pinned_exactly_and_checked_by_content() -> None:
    wanted = json.loads(read("package.json"))["dependencies"]
    locked = json.loads(read("package-lock.json"))["packages"]

    for name, version in wanted.items():
        entry = locked[f"node_modules/{name}"]
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert entry["version"] == version
        assert entry["integrity"].startswith("sha512-")
        assert "resolved" not in entry


def test_every_link_in_the_documents_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("changes/README.md")]
    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))
        if not (page.parent / link).exists()
    ]
    assert broken == []


def test_every_setting_is_explained_to_operators() -> None:
    settings = importlib.import_module("bot.settings").Settings.model_fields
    explained = re.findall(r"^\| `([A-Z_]+)` \|", read("docs/deploy.md"), re.MULTILINE)

    assert sorted(explained) == sorted(name.upper() for name in settings)


def test_nobody_commits_a_python_version() -> None:
    # uv would fetch another Python and rebuild .venv under the one that is running.
    assert not (ROOT / ".python-version").exists()


def test_what_the_image_copies_exists_and_is_let_in() -> None:
    allowed = [rule[1:] for rule in instructions(".dockerignore") if rule.startswith("!")]
    copied = [line.split()[1:-1] for line in DOCKERFILE if line.startswith("COPY")]
    sources = [s for words in copied if not words[0].startswith("--from") for s in words]

    assert [s for s in sources if not (ROOT / s).exists()] == []
    assert [s for s in sources if s not in allowed] == []
    assert [a for a in allowed if a not in sources] == [], "let in, and copied nowhere"
    assert not any(fnmatch(secret, rule) for secret in ("var", ".env") for rule in allowed)


def test_the_image_holds_every_package_the_program_imports() -> None:
    packages = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["root_packages"]
    assert [p for p in packages if f"COPY {p} {p}" not in LAST_STAGE] == []


def test_the_image_runs_as_an_ordinary_user_and_says_whether_it_is_well() -> None:
    user = [line.split()[1] for line in LAST_STAGE if line.startswith("USER")]
    health = [line for line in LAST_STAGE if line.startswith("HEALTHCHECK")]

    assert user == ["tiengloa"]
    assert any("useradd --uid 10001" in line for line in LAST_STAGE)
    assert len(health) == 1
    assert "/health" in health[0]
    assert "VOLUME /data" in LAST_STAGE
    assert not any(re.search(r"\b(gcc|build-essential|apt-get|npm)\b", line) for line in LAST_STAGE)


def test_compose_keeps_the_database_inside_and_the_chat_on_loopback() -> None:
    services = yaml.safe_load(read("compose.yaml"))["services"]

    assert services["db"]["image"] == "postgres:18"
    assert "ports" not in services["db"]
    assert all(port.startswith("127.0.0.1:") for port in services["bot"]["ports"])
    assert services["bot"]["depends_on"]["db"]["condition"] == "service_healthy"
    assert {"DATABASE_URL", "DATABASE_OWNER_URL"} <= set(services["bot"]["environment"])


def test_compose_hands_every_setting_on_that_the_image_does_not_fix() -> None:
    handed = yaml.safe_load(read("compose.yaml"))["services"]["bot"]["environment"]
    fixed = {"HOST", "PORT", "DATA_DIR"}

    assert set(handed) | fixed == {name.upper() for name in Settings.model_fields}
    assert not set(handed) & fixed


def test_compose_takes_every_secret_from_the_env_file() -> None:
    asked = set(re.findall(r"\$\{(\w+)", read("compose.yaml")))
    offered = re.findall(r"^(\w+)=(.*)$", read(".env.example"), re.MULTILINE)

    assert asked | {"OPERATOR_NAME"} == {name for name, _ in offered}
    assert [name for name, value in offered if value] == [], "an example secret gets used"
    assert ".env" in read(".gitignore").split()
