"""Settings: read once from the environment and from `.env`, and by this module alone."""

import difflib
import os
import re
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit, urlunsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

ENV_FILE = Path(".env")
_TOKEN = re.compile(r"\d{3,20}:[A-Za-z0-9_-]{20,80}")
_SECRET = ("DATABASE", "TOKEN", "PROXY")  # in a name: the value is never shown
# Environment variables that begin like ours but are not: most likely a slip of the pen.
_FAMILIES = ("DATABASE_", "OPERATOR_", "TELEGRAM_", "ZALO_")


class SettingsError(Exception):
    """A setting is unknown or wrong; the message says which, the value seen and how to mend it."""


def _is_token(value: SecretStr) -> SecretStr:
    if not _TOKEN.fullmatch(value.get_secret_value()):
        raise ValueError("no token of a Telegram bot; take it from @BotFather again")
    return value


def _is_proxy(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().startswith(("http://", "https://")):
        raise ValueError("no proxy: write http://host:port (SOCKS is not spoken here)")
    return value


def _named(value: str | None) -> str | None:
    """Blanks are no name: nothing may drop the words that it is a trial by accident."""
    return (value or "").strip() or None


def _is_address(value: str) -> str:
    """As browsers write it: they take `HTTPS://Tin.example.vn` for the same."""
    if not value:
        return value
    found = urlsplit(value)
    if found.scheme not in {"http", "https"} or not found.hostname:
        raise ValueError("no address; write it in full, like https://tin.example.vn")
    return urlunsplit(found._replace(netloc=found.netloc.lower()))


class Settings(BaseSettings):
    """What an operator can set. `docs/deploy.md` says the same; a test compares the two."""

    # An empty line in a copy of .env.example, or in compose.yaml, is a setting nobody made.
    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
    )

    host: str = "127.0.0.1"
    """Address the site listens on. Behind a reverse proxy leave it as it is."""

    port: Annotated[int, Field(ge=1, le=65535)] = 8080
    """Port the site listens on."""

    public_url: Annotated[str, AfterValidator(_is_address)] = ""
    """What people type, for example https://tin.example.vn; empty: http://HOST:PORT."""

    data_dir: Path = Path("var")
    """Folder for keys, logs and the embedded database. Only this account may read it."""

    database_url: SecretStr | None = None
    """A PostgreSQL of your own; its password is the secret the roles' passwords come from.
    Empty: an embedded PostgreSQL in DATA_DIR."""

    database_owner_url: SecretStr | None = None
    """The same database as its owner, for migrations and backups; needed with DATABASE_URL."""

    operator_name: Annotated[str | None, AfterValidator(_named)] = None
    """Who runs this channel, as citizens read it. Empty: every screen says it is a trial."""

    legal_basis: Annotated[str | None, AfterValidator(_named)] = None
    """The decision by which this channel takes tips: number, date, unit. For `doctor`."""

    data_controller: Annotated[str | None, AfterValidator(_named)] = None
    """The unit that answers for personal data here, and how citizens reach it. For `doctor`."""

    retention_days: Annotated[int, Field(ge=1, le=3650)] | None = None
    """Days from closing a tip to deleting it, as that unit decided. `doctor` compares them."""

    recovery_key_holder: Annotated[str | None, AfterValidator(_named)] = None
    """Who keeps the paper with the recovery key, and where. Never the key. For `doctor`."""

    telegram_token: Annotated[SecretStr, AfterValidator(_is_token)] | None = None
    """Log-in of a Telegram bot, from @BotFather. Empty: no Telegram, and nothing else changes."""

    telegram_base_url: Annotated[str, Field(pattern="^https?://[^ ]+$")] = (
        "https://api.telegram.org"
    )
    """Where the Bot API is; a Bot API server of your own, if you have one."""

    telegram_proxy: Annotated[SecretStr, AfterValidator(_is_proxy)] | None = None
    """http://user:password@host:port on the way to the Bot API. Empty: none."""

    telegram_webhook: bool = False
    """Have Telegram bring messages to PUBLIC_URL (https) instead of fetching them."""

    telegram_rate: Annotated[float, Field(gt=0, le=1000)] = 30.0
    """Messages a second to all chats together: 30, up to 1000 where Telegram is paid for it."""

    take_days: Annotated[int, Field(ge=1, le=30)] = 1
    """Working days until somebody must have taken a tip that is not urgent."""

    handle_days: Annotated[int, Field(ge=1, le=60)] = 5
    """Working days, from the day a tip came, until its officer must be done."""

    urgent_hours: Annotated[int, Field(ge=1, le=72)] = 2
    """Hours, from taking it, until the officer of an urgent tip must be done."""

    keep_corrections: bool = False
    """Keep hashed words of tips whose category officers corrected, for `corrections export`."""

    log_level: Annotated[str, Field(pattern="^(debug|info|warning|error)$")] = "info"
    """debug, info, warning or error."""

    workers: Annotated[int, Field(ge=1, le=64)] = 8
    """Threads that work on messages and pages; also the database connections per role."""

    @property
    def address(self) -> str:
        """The site's address, without a slash at the end."""
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"


def load() -> Settings:
    """Read the settings.

    Raises:
        SettingsError: with every wrong setting, the value seen and how to mend it.
    """
    unknown = _unknown()
    if unknown:
        raise SettingsError("\n".join(unknown))
    try:
        settings = Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_explain(error))) from None
    if settings.telegram_webhook and not settings.address.startswith("https:"):
        raise SettingsError(
            "TELEGRAM_WEBHOOK needs a PUBLIC_URL that begins with https:, or Telegram cannot bring "
            "messages; unset it to fetch them instead"
        )
    return settings


def masked(settings: Settings) -> dict[str, str]:
    """Name → value, with secrets hidden: what `python -m bot settings` prints."""
    return {
        name.upper(): "" if value is None else str(value)
        for name, value in settings.model_dump().items()
    }


def _known() -> list[str]:
    return [name.upper() for name in Settings.model_fields]


def _unknown() -> list[str]:
    return [
        f"{name} is not a setting{_hint(name)}; python -m bot settings lists them all"
        for name in sorted(os.environ)  # noqa: TID251 # this module alone reads the environment
        if name.startswith(_FAMILIES) and name not in _known()
    ]


def _hint(name: str) -> str:
    close = difflib.get_close_matches(name, _known(), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def _explain(error: ValidationError) -> list[str]:
    found = []
    for problem in error.errors():
        name = ".".join(map(str, problem["loc"])).upper()
        if problem["type"] == "extra_forbidden":
            found.append(f"{name} in {ENV_FILE} is not a setting{_hint(name)}")
            continue
        seen = "(hidden)" if any(word in name for word in _SECRET) else repr(problem["input"])
        found.append(f"{name} is {seen}: {problem['msg'].lower()}; see docs/deploy.md")
    return found
