"""What the console knows about where it runs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SampleLogin:
    """Somebody who can log in to the demo; `code` is the six digits of this moment."""

    where: str
    name: str
    username: str
    password: str
    code: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice as one channel shows it.

    `messages` in order; `length` of the longest one, counted as this channel counts, and the
    channel's `limit` (0: none); `buttons` under the last one.
    """

    channel: str
    messages: tuple[str, ...]
    length: int
    limit: int
    buttons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChannelState:
    """Whether a channel with a token works, since when, and what an administrator can do.

    `ok` is None until it has been asked for the first time.
    """

    channel: str
    ok: bool | None
    since: datetime
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A line of a sheet: what it is about, and what is said. `wide`: below each other."""

    label: str
    text: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What goes on paper. `above` is whom the station belongs to; `signs`: title and name."""

    operator: str | None
    above: str
    station: str
    title: str
    under: str
    parts: tuple[Part, ...]
    foot: tuple[str, ...]
    signs: tuple[tuple[str, str], ...]
    printed: str


def _none_shown(_text: str) -> list[Shown]:
    return []


def _no_channels() -> list[ChannelState]:
    return []


@dataclass(frozen=True, slots=True)
class Facts:
    """Told once, by whoever starts the program.

    `operator` is who runs this channel, None for a trial; `public_url` is what people type,
    without a slash at the end; `secure_cookies` is false only on plain http on loopback.
    `sample_logins` is set in the demo alone: its log-in page shows them. `previews` shows a
    notice's text as each channel would; `channels` tells how those with a token are; `paper` makes
    a PDF of a sheet, None where there are no fonts.
    """

    operator: str | None
    public_url: str
    secure_cookies: bool
    sample_logins: Callable[[], list[SampleLogin]] | None = None
    previews: Callable[[str], list[Shown]] = _none_shown
    channels: Callable[[], list[ChannelState]] = _no_channels
    paper: Callable[[Sheet], bytes] | None = None
