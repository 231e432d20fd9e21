"""A station's key from hand to hand: into a one-time link, and from it to whoever used it."""

from desk.desk import Desk
from storage import stations, vault
from storage.models import Officer


def enclose(desk: Desk, token: str, station: str, private: bytes) -> None:
    """Wrap a station's key to whoever will use the link."""
    held = vault.pair_from_secret(token.encode(), "invite")
    stations.put_key(desk.session, station, _holder(token), vault.wrap(held.public, private))


def encloses(desk: Desk, token: str, station: str) -> bool:
    """Whether the link hands over a key of this station."""
    return stations.key_of(desk.session, station, _holder(token)) is not None


def take(desk: Desk, token: str, officer: Officer) -> None:
    """Re-wrap the station key from the invitation to the officer who used it."""
    wrapped = stations.key_of(desk.session, officer.station_code, _holder(token))
    if wrapped is None:
        return
    private = vault.unwrap(vault.pair_from_secret(token.encode(), "invite").private, wrapped)
    give(desk, officer, private)
    stations.drop_key(desk.session, officer.station_code, _holder(token))


def give(desk: Desk, officer: Officer, private: bytes) -> None:
    """Wrap their station's key to an officer: somebody there can open its tips."""
    wrapped = vault.wrap(officer.public_key, private)
    stations.put_key(desk.session, officer.station_code, f"officer:{officer.id}", wrapped)
    stations.reopen(desk.session, officer.station_code, desk.today)


def _holder(token: str) -> str:
    return f"invite:{vault.digest(token.encode()).hex()}"
