"""How python-telegram-bot reaches the Bot API here: one aiohttp session, JSON bodies.

Its own HTTPX request scans the whole pool for each message: 19 times fewer messages per second of
processor at 64 in flight (channels §4.1). No error made here quotes an address: the token is in it.
"""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram_errors import TooFastError, UnsentError

# At its debug level PTB logs the token, and updates with the names of people.
logging.getLogger("telegram").setLevel(logging.WARNING)

CONNECT = 10.0  # seconds
READ = 20.0  # seconds
_TOO_MANY = 429
_TIMEOUT = aiohttp.ClientTimeout(sock_connect=CONNECT, sock_read=READ)
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class _Ready:
    """A body that needs no more preparing."""

    body: bytes


class Request(BaseRequest):
    """Posts what PTB prepared. aiohttp never repeats a POST by itself, so nothing goes twice."""

    def __init__(self, proxy: str | None = None) -> None:
        """Args: proxy: http://[user:password@]host:port, or None."""
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds an answer may take unless told otherwise."""
        return READ

    async def initialize(self) -> None:
        """Open the session."""
        if self._session is None:
            # The pacer decides how many are under way.
            connector = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                skip_auto_headers=("Accept", "Accept-Encoding", "User-Agent"),
                timeout=_TIMEOUT,
            )

    async def shutdown(self) -> None:
        """Close the session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(self, url: str, fields: Mapping[str, Any]) -> Any:  # noqa: ANN401 # any JSON
        """One method of the Bot API; its result. Errors are PTB's own, found by PTB.

        PTB's objects for a message, its buttons and the answer took three quarters of a sending.
        """
        ready = _Ready(json.dumps(fields).encode())
        return await self.post(url, cast("RequestData", ready))

    async def file(self, url: str, at_most: int) -> bytes:
        """A file's bytes.

        Raises:
            NetworkError: not to be had, or longer than `at_most`.
        """
        await self.initialize()
        assert self._session is not None  # noqa: S101 # for the type checker
        body = bytearray()
        try:
            async with self._session.get(url, proxy=self._proxy) as response:
                if response.status != HTTPStatus.OK:
                    raise NetworkError(f"status {response.status}")
                async for piece in response.content.iter_chunked(2**16):
                    body += piece
                    if len(body) > at_most:
                        raise NetworkError("too long")
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None
        return bytes(body)

    async def do_request(  # noqa: PLR0913, PLR0917 # PTB's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401 # PTB's marker for "not given"
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002 # as above
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002 # as above
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401, ARG002 # as above
    ) -> tuple[int, bytes]:
        """Status and body of one call.

        Raises:
            UnsentError, TimedOut, TooFastError, NetworkError: by what is known of the message.
        """
        await self.initialize()
        timeout = _TIMEOUT
        if read_timeout is not BaseRequest.DEFAULT_NONE:
            timeout = aiohttp.ClientTimeout(sock_connect=CONNECT, sock_read=read_timeout)
        try:
            assert self._session is not None  # noqa: S101 # for the type checker
            async with self._session.request(
                method, url, proxy=self._proxy, timeout=timeout, **_body(request_data)
            ) as response:
                status, body = response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise UnsentError(type(error).__name__) from None
        except aiohttp.ClientHttpProxyError as error:
            raise UnsentError(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None
        if status == _TOO_MANY:
            raise TooFastError(_retry_after(body))
        return status, body

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as an object; PTB's own method logs what it cannot read.

        Raises:
            TelegramError: no JSON object.
        """
        try:
            found = json.loads(payload.decode())
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise TelegramError("no JSON object")
        return found


def _body(data: RequestData | _Ready | None) -> dict[str, Any]:
    """The request's body: JSON, or a form if files go along."""
    if data is None:
        return {}
    if isinstance(data, _Ready):
        return {"data": data.body, "headers": _JSON}
    if not data.contains_files:
        return {"json": data.parameters}
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}


def _retry_after(body: bytes) -> float:
    """Seconds to wait; five if Telegram does not say."""
    try:
        return float(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 5.0
