"""The two models of Telegram's limit; nobody outside knows which it is (channels §1.2)."""

from collections import deque
from collections.abc import Callable

Now = Callable[[], float]


class TokenBucket:
    """So many a second on average, so many at once."""

    def __init__(self, rate: float, burst: float, now: Now) -> None:
        self._rate, self._burst, self._now = rate, burst, now
        self._left, self._at = burst, now()

    def wait(self) -> float:
        """Take one; 0, or the seconds until there is one."""
        now = self._now()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return (1 - self._left) / self._rate
        self._left -= 1
        return 0.0


class SlidingWindow:
    """Never more than `limit` + 1 within any second: where a second begins nobody can agree on."""

    def __init__(self, limit: int, now: Now, window: float = 1.0) -> None:
        self._limit, self._window, self._now = limit, window, now
        self._taken: deque[float] = deque()
        self.most = 0

    def wait(self) -> float:
        """Take one; 0, or the seconds until there is one."""
        now = self._now()
        while self._taken and self._taken[0] <= now - self._window:
            self._taken.popleft()
        if len(self._taken) > self._limit:
            return self._taken[0] + self._window - now
        self._taken.append(now)
        self.most = max(self.most, len(self._taken))
        return 0.0
