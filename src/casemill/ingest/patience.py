"""How long a door waits and how often it tries: limits, the pace a host asks for, and when to give up."""

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any, NamedTuple

log = logging.getLogger(__name__)

MINUTE = 60.0


class Limits(NamedTuple):
    """Seconds, bytes and tries. `timeout` is between two bytes, `whole` for one answer; `attempts` counts failures that
    name no wait, `named_waits` those that do, each capped at `longest_wait`; `first_wait`, `most_wait` and `jitter` are
    our own waits. `pace` holds calls a minute by a part of the path.
    """

    timeout: float = 30.0
    whole: float = 300.0
    attempts: int = 6
    named_waits: int = 10
    longest_wait: float = 120.0
    first_wait: float = 0.5
    most_wait: float = 30.0
    jitter: float = 1.0
    most_bytes: int = 64 << 20
    most_unpacked: int = 128 << 20
    most_attachment: int = 20 << 20
    pace: tuple[tuple[str, int], ...] = ()


USUAL = Limits()


class Again(Exception):
    """An attempt failed in a way that another may not; `wait` is the seconds the server asked for."""

    def __init__(self, why: str, *, status: int = 0, wait: float | None = None, hint: str | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.status = status
        self.wait = wait
        self.hint = hint


class Patience:
    """One call's tries: whether another is worth it, and after how long."""

    def __init__(self, limits: Limits, host: str) -> None:
        self.limits = limits
        self.host = host
        self.failed = 0
        self.named = 0

    @property
    def waits(self) -> dict[str, Any]:
        """Stamina's own settings; `judge` decides when it ends."""
        limits = self.limits
        return {
            "attempts": None,
            "timeout": None,
            "wait_initial": limits.first_wait,
            "wait_max": limits.most_wait,
            "wait_jitter": limits.jitter,
        }

    @property
    def told(self) -> str:
        tries = self.failed + self.named
        return f" ({tries} tries)" if tries > 1 else ""

    def judge(self, error: Exception) -> bool | float:
        """False: give up; seconds: the wait the server named; True: our own wait."""
        if not isinstance(error, Again):
            return False
        if error.wait is not None and error.wait <= self.limits.longest_wait and self.named < self.limits.named_waits:
            self.named += 1
        else:
            self.failed += 1
            if self.failed >= self.limits.attempts:
                return False
        if error.wait is None:
            return True
        wait = min(error.wait, self.limits.longest_wait)
        if wait >= 1:
            log.warning("waiting %.0f s: %s asks for it", wait, self.host)
        return wait


class Pace:
    """Keeps calls below what a host takes a minute, for each part of a path that the limits name."""

    def __init__(
        self,
        limits: Limits,
        host: str,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.host = host
        self.kept = [(part, deque[float](maxlen=most)) for part, most in limits.pace if most > 0]
        self._clock = clock
        self._sleep = sleep

    def keep(self, path: str) -> None:
        """Waits until another call to the path fits into the last minute."""
        for part, times in self.kept:
            if part not in path:
                continue
            if len(times) == times.maxlen and (left := times[0] + MINUTE - self._clock()) > 0:
                if left >= 1:
                    log.warning("waiting %.0f s: %s takes %d of these calls a minute", left, self.host, len(times))
                self._sleep(left)
            times.append(self._clock())
