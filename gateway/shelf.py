"""Answers that never change, ready to send: a read of an immutable version costs no RPC and no Flask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from werkzeug.http import parse_etags

from gdbos_runtime import metrics
from gdbos_runtime.httpd import Application

MOST_HELD, MOST_BYTES = 4096, 1 << 16
_NOT_OF_A_304 = frozenset({"content-length", "content-type"})

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Copy:
    """One answer with its headers; `brief` are those of a 304."""

    body: bytes
    headers: Headers
    brief: Headers
    etag: str


class Shelf:
    """Keeps what an application marks as public and immutable, by path, and the least recently asked for goes.

    What needs a permission is never marked public, so nothing on the shelf is kept from anybody.
    """

    def __init__(self, application: Application, most: int = MOST_HELD) -> None:
        self._application = application
        self._most = most
        self._held: OrderedDict[str, Copy] = OrderedDict()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or environ.get("QUERY_STRING"):
            return self._application(environ, start_response)
        path = environ["PATH_INFO"]
        copy = self._held.get(path)
        if copy is None:
            return self._asked(path, environ, start_response)
        self._held.move_to_end(path)
        metrics.SHELF_READS.inc()
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked is not None and parse_etags(asked).contains_weak(copy.etag):
            start_response("304 Not Modified", copy.brief)
            return []
        start_response("200 OK", copy.headers)
        return [copy.body]

    def _asked(self, path: str, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """The application's answer, and a copy of it on the shelf when it may be kept."""
        said: list[tuple[str, Headers]] = []

        def listening(status: str, headers: Headers, *rest: Any) -> Any:
            said.append((status, headers))
            return start_response(status, headers, *rest)

        answer = self._application(environ, listening)
        status, headers = said[0] if said else ("", [])
        named = {name.lower(): value for name, value in headers}
        if status.startswith("200") and _keepable(named):
            answer = [b"".join(answer)]
            self._keep(path, answer[0], headers, named["etag"])
        return answer

    def _keep(self, path: str, body: bytes, headers: Headers, etag: str) -> None:
        brief = [(name, value) for name, value in headers if name.lower() not in _NOT_OF_A_304]
        self._held[path] = Copy(body, headers, brief, etag.strip('"'))
        if len(self._held) > self._most:
            self._held.popitem(last=False)


def _keepable(headers: dict[str, str]) -> bool:
    said = {part.strip() for part in headers.get("cache-control", "").split(",")}
    return (
        {"public", "immutable"} <= said
        and "etag" in headers
        and "set-cookie" not in headers
        and int(headers.get("content-length", MOST_BYTES)) < MOST_BYTES
    )
