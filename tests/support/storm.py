"""Clients that submit with retries while a killer kills: what was acknowledged is remembered."""

from __future__ import annotations

import json
import random
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from support.site import Site

PAUSE = 0.05
"""Between two tries of one client: a real one would wait as long as Retry-After says."""


@dataclass(slots=True)
class Storm:
    """`wanted` submissions by `clients` threads under keys of their own; `acknowledged`: key → case number."""

    site: Site
    token: str
    body: dict[str, Any]
    wanted: int
    clients: int = 12
    acknowledged: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    tries: int = 0
    _lock: Any = field(default_factory=threading.Lock)
    _left: int = 0

    def run(self, kills: Sequence[Callable[[], None]], seed: int) -> None:
        """Spread the kills over the submissions; return when every key has its answer."""
        self._left = self.wanted
        threads = [threading.Thread(target=self._client, daemon=True) for _ in range(self.clients)]
        for thread in threads:
            thread.start()
        rng = random.Random(seed)
        for number, kill in enumerate(kills, 1):
            self._reach(self.wanted * number // (len(kills) + 1))
            time.sleep(rng.uniform(0.0, 0.2))
            kill()
        for thread in threads:
            thread.join(300)
        assert not any(thread.is_alive() for thread in threads), "clients still wait for an answer"

    def _reach(self, count: int) -> None:
        until = time.monotonic() + 120
        while len(self.acknowledged) < count:
            assert time.monotonic() < until, (
                f"stuck at {len(self.acknowledged)} of {self.wanted}\n{self.site.log}"
            )
            time.sleep(0.01)

    def _client(self) -> None:
        while self._take():
            key = str(uuid.uuid4())
            self._submit(key)

    def _take(self) -> bool:
        with self._lock:
            self._left -= 1
            return self._left >= 0

    def _submit(self, key: str) -> None:
        """Until it is acknowledged; whatever goes wrong, the same key again."""
        while True:
            self.tries += 1
            try:
                answer = self.site.ask(
                    "POST", "/api/v1/applications", self.body, self.token, Idempotency_Key=key
                )
            except OSError:
                time.sleep(PAUSE)
                continue
            except Exception as error:  # noqa: BLE001 - half an answer of a killed server
                self.errors.append(type(error).__name__)
                time.sleep(PAUSE)
                continue
            if answer.status == 201:
                self.acknowledged[key] = json.loads(answer.text)["case_no"]
                return
            if answer.status not in (401, 409, 500, 503, 504):
                self.errors.append(f"{answer.status} {answer.text[:200]}")
                return
            time.sleep(PAUSE)
