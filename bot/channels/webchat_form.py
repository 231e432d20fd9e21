"""The web chat's form: the only fields we take from a request, and what each may hold."""

import asyncio
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from bot.channels.base import MalformedError
from bot.channels.clean import clean
from desk.tips import TEXT_LIMIT
from nlp.boundaries import Spot

# The field lets in what a tip may hold, in UTF-16 units as browsers count. Percent-encoded, none
# takes more than 9 bytes, so that it always fits.
TEXT_UNITS = TEXT_LIMIT
BODY_BYTES = 64 * 1024
FIELDS_AT_MOST = 8
# Seconds for a form of words to come in, and no longer: whoever keeps it open holds up the others.
WORDS_SECONDS = 60.0
_FORM_TYPE = "application/x-www-form-urlencoded"

_RANDOM = re.compile(r"[A-Za-z0-9_-]{22}")  # 128 bits
_DIGEST = re.compile(r"([0-9a-f]{64})?")
_CHOICE = re.compile(r"[!-~]{0,64}")
# What the page's script writes: degrees and metres, "10.62344,106.57012,25".
_SPOT = re.compile(r"(-?\d{1,2}\.\d{1,6}),(-?\d{1,3}\.\d{1,6}),(\d{1,7})")


DANGER = "danger_yes"


class TooBigError(Exception):
    """The body is longer than any page of ours sends."""


@dataclass(frozen=True, slots=True)
class Form:
    """One press of a button or of "Gửi".

    `key` is the conversation, known to this page alone; `nonce` is new on each page, so that a
    second press of the same button is the same message. `known`: the page showed a conversation.
    """

    key: str
    nonce: str
    known: bool = False
    text: str = ""
    choice: str = ""
    at: Spot | None = None
    pictures: str = ""  # a digest of the files that came along

    @classmethod
    def fresh(cls, text: str = "") -> "Form":
        """For somebody who just came; `text` is already in the field."""
        return cls(_random(), _random(), text=text)

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> "Form":
        """From the fields of a request; what we did not ask for is not looked at.

        Raises:
            MalformedError: a field is missing, or not as our page sends it.
        """
        key, nonce, choice = (_field(raw, name) for name in ("key", "nonce", "choice"))
        wrong = [name for name, value in (("key", key), ("nonce", nonce)) if not _is_random(value)]
        if not _CHOICE.fullmatch(choice):
            wrong.append("choice")
        pictures = _field(raw, "pictures")  # of a page that waits for an answer to them
        if not _DIGEST.fullmatch(pictures):
            wrong.append("pictures")
        if wrong:
            raise MalformedError(", ".join(wrong))
        known, text = _field(raw, "known") == "1", clean(_field(raw, "text"))
        return cls(key, nonce, known, text, choice, _spot(_field(raw, "at")), pictures)

    def following(self, *, keep_text: bool) -> "Form":
        """The form on the page that answers this one."""
        return Form(self.key, _random(), known=True, text=self.text if keep_text else "")

    @property
    def dedupe_key(self) -> str:
        """The same for a second press. Other words are another message, so that none is lost.

        On a page gone back to any button shows how things stand; only danger is always heard.
        """
        words = ("" if self.choice or self.at else self.text) + self.pictures
        if self.choice == DANGER:
            words += DANGER
        return f"{self.key} {self.nonce} {sha256(words.encode()).hexdigest()}"


async def fields(request: web.Request, at_most: int = FIELDS_AT_MOST) -> dict[str, str]:
    """The fields of a posted form.

    Raises:
        TooBigError: longer than BODY_BYTES.
        MalformedError: not a form, or not all of it within a minute.
    """
    if request.content_type != _FORM_TYPE:
        raise MalformedError("content type")
    try:
        async with asyncio.timeout(WORDS_SECONDS):
            body = await _body(request)
    except TimeoutError:
        raise MalformedError("too slow") from None
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=at_most,
        )
    except ValueError as error:  # not ASCII, or too many fields
        raise MalformedError("body") from error
    return dict(pairs)


async def _body(request: web.Request) -> bytearray:
    body = bytearray()
    async for piece in request.content.iter_chunked(BODY_BYTES):
        body += piece
        if len(body) > BODY_BYTES:
            raise TooBigError
    return body


def _field(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name, "")
    if not isinstance(value, str):
        raise MalformedError(name)
    return value


def _spot(value: str) -> Spot | None:
    found = _SPOT.fullmatch(value)
    if value and found is None:
        raise MalformedError("at")
    return Spot(*map(float, found.groups())) if found else None


def _is_random(value: str) -> bool:
    return _RANDOM.fullmatch(value) is not None


def _random() -> str:
    return secrets.token_urlsafe(16)
