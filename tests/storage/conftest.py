import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import migrate
from storage.db import Store
from tests.server import Databases, databases_in
from tests.storage import rows
from tests.storage.running import serve


@pytest.fixture(scope="session")
def backup_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """A server of its own: restoring makes roles, which belong to a whole server."""
    with databases_in(tmp_path_factory.mktemp("backup") / "var") as databases:
        yield databases


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a stopped server in it: initdb once, not once a test."""
    folder = tmp_path_factory.mktemp("made") / "var"
    with serve(folder):
        pass
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    shutil.copytree(made, tmp_path / "var", ignore=shutil.ignore_patterns("postgres-*.log"))
    return tmp_path / "var"


@pytest.fixture(scope="session")
def _migrated(databases: Databases) -> None:
    """Template `migrated`: our tables and roles, and nothing in them."""
    databases.template("migrated", lambda url: migrate.upgrade(url, rows.SECRET))


@pytest.fixture
def bare_url(databases: Databases, _migrated: None) -> Iterator[str]:
    """A database with our tables and no rows; gives the owner's URL."""
    with databases.lent("migrated") as url:
        yield url


@pytest.fixture
def store(bare_url: str) -> Iterator[Store]:
    """The same database as the running program sees it."""
    with rows.store_on(bare_url) as store:
        yield store


@pytest.fixture
def owner(bare_url: str) -> Iterator[rows.Owner]:
    """The same database with nothing hidden."""
    with rows.Owner(bare_url) as owner:
        yield owner
