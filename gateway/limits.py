"""How often an address may ask without saying who it is, and how often anybody may guess: token buckets 令牌桶.

They are kept in this process: N processes of the gateway together let N times as much through. Who needs one count
for all sets it in the proxy in front.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from flask import g, request

from gdbos_contracts.errors import TooManyRequests
from gdbos_runtime.settings import Settings

MOST_KEPT = 50_000
ATTEMPTS, ATTEMPTS_SECONDS = 10, 300.0
"""Wrong passwords for one name from one address, and the time in which as many are forgiven."""
_COSTLESS = frozenset({"static", "health.healthz", "health.readyz", "health.prometheus"})

Now = Callable[[], float]


@dataclass(slots=True)
class Guess:
    """`right` is said by whoever was asked: a right one costs nothing."""

    right: bool = False


class Buckets:
    """A bucket of `most` tokens for each key, filled again in `seconds`; without tokens (0) nothing is counted.

    Of too many keys the one that was used longest ago is forgotten, and begins anew with a full bucket.
    """

    def __init__(self, most: int, seconds: float, now: Now = time.monotonic, kept: int = MOST_KEPT) -> None:
        self._most = most
        self._rate = most / seconds
        self._now = now
        self._kept = kept
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> None:
        """One token; TooManyRequests with `retry_after`, in whole seconds, when there is none."""
        if not self._most:
            return
        now, left = self._now(), self._left(key)
        if left < 1:
            raise TooManyRequests(more={"retry_after": ceil((1 - left) / self._rate)})
        self._put(key, now, left - 1)

    @contextmanager
    def guess(self, key: str) -> Iterator[Guess]:
        """A token that is given back for a right guess. It is taken first, so that guesses at one time count too."""
        self.take(key)
        guess = Guess()
        try:
            yield guess
        finally:
            if guess.right:
                self._give_back(key)

    def _give_back(self, key: str) -> None:
        if self._most and key in self._held:
            self._put(key, self._now(), self._left(key) + 1)

    def _left(self, key: str) -> float:
        at, left = self._held.get(key, (0.0, float(self._most)))
        return min(float(self._most), left + (self._now() - at) * self._rate)

    def _put(self, key: str, now: float, left: float) -> None:
        self._held[key] = (now, min(float(self._most), left))
        self._held.move_to_end(key)
        if len(self._held) > self._kept:
            self._held.popitem(last=False)


class Limits:
    """The gateway's three counts: anonymous requests, guesses of one address or account, passwords of one name."""

    def __init__(self, settings: Settings, now: Now = time.monotonic) -> None:
        self._anonymous = Buckets(settings.anonymous_per_minute, 60.0, now)
        self._guesses = Buckets(settings.guesses_per_minute, 60.0, now)
        self._passwords = Buckets(ATTEMPTS, ATTEMPTS_SECONDS, now)

    def enter(self, endpoint: str | None) -> None:
        """Count a request of nobody in particular."""
        if g.principal is None and endpoint not in _COSTLESS:
            self._anonymous.take(address())

    @contextmanager
    def guess(self) -> Iterator[Guess]:
        """A question whose answer could be found by trying: a code, a number, a password."""
        key = f"account {g.principal.id}" if g.principal else address()
        with self._guesses.guess(key) as guess:
            yield guess

    @contextmanager
    def password(self, username: str) -> Iterator[Guess]:
        """A password for this name from this address, which is a guess of the address, too."""
        with self.guess() as guess, self._passwords.guess(f"{username}|{address()}") as attempt:
            yield attempt
            guess.right = attempt.right


def address() -> str:
    """Who asks, as far as the network tells: an IPv4 address, or the /64 that an IPv6 subscriber has."""
    told = request.remote_addr or ""
    try:
        found = ip_address(told)
    except ValueError:
        return told
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else told
