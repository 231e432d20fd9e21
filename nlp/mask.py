"""One thing that is to be masked: what it is, and where it stands."""

from typing import Literal, NamedTuple

Kind = Literal["phone", "plate", "account", "id", "url", "email", "handle"]


class Mask(NamedTuple):
    """Characters `start` up to `end` of the folded text."""

    start: int
    end: int
    kind: Kind
