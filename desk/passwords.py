"""Passwords as keys: slow to make on purpose, so pages make them outside any transaction."""

from desk.desk import Tools
from storage import vault


def make_key(tools: Tools, password: str, salt: bytes) -> bytes:
    """The key a password gives with this salt: about half a second and 256 MiB."""
    return vault.password_key(password, salt, tools.password_cost)


def new_salt() -> bytes:
    """A salt for a new password."""
    return vault.new_salt()
