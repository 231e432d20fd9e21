"""Where photographs wait for a thread that rebuilds them, and why some are refused."""

from concurrent.futures import Executor

from bot.threads import in_thread
from desk.photos import Photo

FILE_BYTES = 10 * 2**20  # a telephone's photograph of 12 megapixels has 3 to 6 MB
AT_ONCE = 12  # photographs waiting for a thread; more are refused and may be sent again


class NotAPhotoError(Exception):
    """Not a picture we take: another kind of file, broken, or too large. Nothing of it is kept."""


class BusyError(Exception):
    """Too many photographs at once; it may be sent again."""


class Darkroom:
    """Rebuilds photographs in threads of its own, so that nobody's log-in waits for them."""

    def __init__(self, workers: Executor) -> None:
        """Args: workers: one or two threads; each holds one decoded picture, up to 150 MB."""
        self._workers = workers
        self._waiting = 0

    async def develop(self, file: bytes) -> Photo:
        """The photograph in this file.

        Raises:
            NotAPhotoError: not one we take.
            BusyError: try again.
        """
        if len(file) > FILE_BYTES:
            raise NotAPhotoError
        if self._waiting >= AT_ONCE:
            raise BusyError
        self._waiting += 1
        try:
            return await in_thread(self._workers, _rebuilt, file)
        finally:
            self._waiting -= 1


def _rebuilt(file: bytes) -> Photo:
    # Only when a photograph comes: decoders take 5 MB that a process which sends has no use for.
    from bot import pixels  # noqa: PLC0415 # as above

    return pixels.rebuild(file)
