"""What the console knows about where it runs."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SampleLogin:
    """Somebody who can log in to the demo; `code` is the six digits of this moment."""

    where: str
    name: str
    username: str
    password: str
    code: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Told once, by whoever starts the program.

    `operator` is who runs this channel, None for a trial; `public_url` is what people type,
    without a slash at the end; `secure_cookies` is false only on plain http on loopback.
    `sample_logins` is set in the demo alone: its log-in page shows them.
    """

    operator: str | None
    public_url: str
    secure_cookies: bool
    sample_logins: Callable[[], list[SampleLogin]] | None = None
