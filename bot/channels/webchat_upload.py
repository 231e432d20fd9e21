"""A form with photographs in it: read in memory, within limits, and without anybody's file name."""

import asyncio
from dataclasses import dataclass

from aiohttp import BodyPartReader, MultipartReader, web

from bot.channels.base import MalformedError
from bot.channels.webchat_form import BODY_BYTES, FIELDS_AT_MOST, TooBigError
from bot.darkroom import BusyError
from desk.photos import MOST

FORM_TYPE = "multipart/form-data"
FIELD = "photo"
# Two or three photographs as a telephone takes them; the page's script sends them smaller.
UPLOAD_BYTES = 24 * 2**20
HELD_BYTES = 192 * 2**20  # by all that are being read at once
# Seconds for a form to come in: 24 MiB at a megabit a second. Whoever stops in the middle holds
# room that others need.
SECONDS = 300.0
_PIECE = 2**16


@dataclass(frozen=True, slots=True)
class Posted:
    """The words of a form, and the files as they came."""

    fields: dict[str, str]
    files: list[bytes]


class Uploads:
    """Reads forms; knows how much is being held."""

    def __init__(self) -> None:
        """Nothing is held yet."""
        self._held = 0

    async def read(self, request: web.Request, posted: Posted) -> None:
        """Everything in the form, put into `posted` as it comes: what came before a refusal stays.

        Raises:
            TooBigError: more than a page of ours sends, or more than came in time.
            BusyError: too much is being read already.
            MalformedError: not a form.
        """
        taken = _Taken(self)
        try:
            async with asyncio.timeout(SECONDS):
                await _read(await request.multipart(), taken, posted)
        except TimeoutError as late:
            raise TooBigError from late  # for this network
        except (ValueError, AssertionError, UnicodeDecodeError) as error:
            raise MalformedError("body") from error
        finally:
            self._held -= taken.size

    def hold(self, size: int) -> None:
        """Count bytes; raises BusyError."""
        self._held += size
        if self._held > HELD_BYTES:
            raise BusyError


class _Taken:
    """How much of one form was read."""

    def __init__(self, uploads: Uploads) -> None:
        self._uploads = uploads
        self.size = 0

    def add(self, piece: bytes) -> bytes:
        self.size += len(piece)
        self._uploads.hold(len(piece))
        if self.size > UPLOAD_BYTES:
            raise TooBigError
        return piece


async def _read(form: MultipartReader, taken: _Taken, posted: Posted) -> None:
    fields, files = posted.fields, posted.files
    while (part := await form.next()) is not None:
        if not isinstance(part, BodyPartReader) or len(fields) + len(files) > FIELDS_AT_MOST + MOST:
            raise MalformedError("body")
        body = bytearray()
        while piece := await part.read_chunk(_PIECE):
            body += taken.add(piece)
            if part.name != FIELD and len(body) > BODY_BYTES:
                raise TooBigError
        if part.name != FIELD:
            fields[part.name or ""] = body.decode()
        elif body:  # a field nobody used comes along empty
            files.append(bytes(body))
