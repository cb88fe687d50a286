"""Closed-loop HTTP load: n clients, each with its own connection, for some seconds."""

from __future__ import annotations

import http.client
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

Request = Callable[[], tuple[str, bytes, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Figures:
    """`rate` in requests a second, the rest in milliseconds."""

    clients: int
    rate: float
    p50: float
    p95: float
    p99: float
    errors: int

    def __str__(self) -> str:
        return f"{self.clients:3} clients  {self.rate:8.1f}/s  p50 {self.p50:7.1f}  p95 {self.p95:7.1f}  p99 {self.p99:7.1f} ms  errors {self.errors}"


def run(port: int, request: Request, clients: int, seconds: float, wanted: int) -> Figures:
    """`wanted` is the status of a good answer; what else comes is an error."""
    times: list[float] = []
    errors: list[int] = []
    until = time.perf_counter() + seconds

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while time.perf_counter() < until:
            path, body, headers = request()
            began = time.perf_counter()
            try:
                connection.request("POST", path, body, headers)
                answer = connection.getresponse()
                answer.read()
                status = answer.status
            except (OSError, http.client.HTTPException):
                connection.close()
                status = 0
            if status == wanted:
                times.append(time.perf_counter() - began)
            else:
                errors.append(status)

    began = time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - began
    if len(times) < 2:
        return Figures(clients, 0.0, 0.0, 0.0, 0.0, len(errors))
    points = statistics.quantiles(times, n=100)
    return Figures(
        clients, len(times) / spent, *(round(points[n] * 1000, 2) for n in (49, 94, 98)), errors=len(errors)
    )
