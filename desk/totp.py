"""Six digits from an authenticator app (RFC 6238): the second factor of a log-in."""

import secrets
from datetime import datetime

import pyotp

SECONDS = 30  # RFC 6238


def new_secret() -> str:
    """A secret for an authenticator app, base 32 as RFC 6238 apps expect."""
    return pyotp.random_base32()


def uri(secret: str, username: str) -> str:
    """What the QR code for the authenticator app says."""
    return pyotp.TOTP(secret).provisioning_uri(name=username or "can-bo", issuer_name="Tiếng Loa")


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The time step a code belongs to: now, or one either side for a clock that is off."""
    totp, now = pyotp.TOTP(secret), int(at.timestamp()) // SECONDS
    typed = "".join(code.split())
    for step in (now, now - 1, now + 1):
        if secrets.compare_digest(totp.at(step * SECONDS).encode(), typed.encode()):
            return step
    return None
