"""Fixtures for every test: a real database, an office on it, and a world with people."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.desk import Office, Tools
from desk.officers import Signed
from tests import world as worlds
from tests.server import Databases, databases_in
from tests.world import Clock, World


@pytest.fixture(scope="session")
def base_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys") / "keys"


@pytest.fixture(scope="session")
def base_tools(base_keys: Path) -> Tools:
    return worlds.load_tools(base_keys)


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    with databases_in(tmp_path_factory.mktemp("pg") / "data") as found:
        yield found


@pytest.fixture(scope="session")
def _empty(databases: Databases, base_tools: Tools) -> None:
    worlds.build_empty(databases, base_tools)


@pytest.fixture(scope="session")
def _people(databases: Databases, base_tools: Tools, _empty: None) -> tuple[Signed, Signed, Signed]:
    return worlds.build_world(databases, base_tools)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def owner_url(databases: Databases, _people: object) -> Iterator[str]:
    """A database with the world in it and nothing that other tests did."""
    with databases.lent("world") as url:
        yield url


@pytest.fixture
def world(
    owner_url: str,
    base_tools: Tools,
    base_keys: Path,
    clock: Clock,
    tmp_path: Path,
    _people: tuple[Signed, Signed, Signed],
) -> Iterator[World]:
    """Open stations and three officers."""
    keyring = worlds.copy_keys(base_keys, tmp_path / "keys")
    office = worlds.open_office(owner_url, keyring, base_tools, clock)
    with office.store:
        yield World(office, clock, *_people)


@pytest.fixture
def office(
    databases: Databases,
    base_tools: Tools,
    base_keys: Path,
    clock: Clock,
    tmp_path: Path,
    _empty: None,
) -> Iterator[Office]:
    """An office where nobody works yet."""
    keyring = worlds.copy_keys(base_keys, tmp_path / "keys-of-nobody")
    with databases.lent("empty") as url:
        found = worlds.open_office(url, keyring, base_tools, clock)
        with found.store:
            yield found
