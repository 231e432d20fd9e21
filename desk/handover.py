"""A station's key from hand to hand: into a one-time link, and from it to whoever used it."""

from desk.desk import Desk
from storage import stations, vault
from storage.models import Officer


def enclose(desk: Desk, token: str, station: str, private: bytes) -> None:
    """Wrap a station's key to whoever will use the link."""
    held = vault.pair_from_secret(token.encode(), "invite")
    holder = f"invite:{vault.digest(token.encode()).hex()}"
    stations.put_key(desk.session, station, holder, vault.wrap(held.public, private))


def take(desk: Desk, token: str, officer: Officer) -> None:
    """Re-wrap the station key from the invitation to the officer who used it."""
    holder = f"invite:{vault.digest(token.encode()).hex()}"
    wrapped = stations.key_of(desk.session, officer.station_code, holder)
    if wrapped is None:
        return
    private = vault.unwrap(vault.pair_from_secret(token.encode(), "invite").private, wrapped)
    give(desk, officer, private)
    stations.drop_key(desk.session, officer.station_code, holder)


def give(desk: Desk, officer: Officer, private: bytes) -> None:
    """Wrap their station's key to an officer."""
    wrapped = vault.wrap(officer.public_key, private)
    stations.put_key(desk.session, officer.station_code, f"officer:{officer.id}", wrapped)
