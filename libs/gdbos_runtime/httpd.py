"""A hardened HTTP server: eventlet's WSGI with limits on connections, headers, bodies and time."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Iterable
from typing import Any

import eventlet
from eventlet import wsgi
from eventlet.timeout import Timeout
from nameko.extensions import Extension

from gdbos_runtime import logs, metrics
from gdbos_runtime.settings import Settings

BODY_LIMIT = 1 << 20
UPLOAD_LIMIT = (20 << 20) + (64 << 10)
"""20 MiB of file and the frame of a multipart body around it."""
HEADER_SECONDS, BODY_SECONDS, IDLE_SECONDS = 10, 60, 15
STOP_SECONDS, BACKLOG = 15, 1024

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

_BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n"
    b"Content-Type: application/problem+json\r\nContent-Length: 80\r\n\r\n"
    b'{"type":"urn:gdbos:problem:unavailable","status":503,"title":"Too many clients"}'
)


class Protocol(wsgi.HttpProtocol):  # type: ignore[misc]
    """A request line and its headers must arrive within ten seconds in all, however slowly they drip."""

    def parse_request(self) -> bool:
        with Timeout(HEADER_SECONDS, ConnectionResetError(errno.ECONNRESET, "headers took too long")):
            return bool(super().parse_request())


class Door:
    """The listening socket: survives running out of descriptors and turns away what is over the limit."""

    def __init__(self, listening: socket.socket, most: int) -> None:
        self._listening = listening
        self._most = most
        self._held = 0
        self.open = True
        self.family = listening.family

    def accept(self) -> tuple[Any, Any]:
        while self.open:
            try:
                client, address = self._listening.accept()
            except OSError as error:
                if error.errno in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM):
                    logs.get(__name__).error("out_of_descriptors")
                    eventlet.sleep(0.2)
                    continue
                if error.errno in (errno.ECONNABORTED, errno.EINTR):
                    continue
                raise
            if self._held < self._most:
                self._held += 1
                metrics.HTTP_CONNECTIONS.set(self._held)
                return client, address
            self._turn_away(client)
        raise OSError(errno.EBADF, "closed")

    def left(self) -> None:
        self._held -= 1
        metrics.HTTP_CONNECTIONS.set(self._held)

    def close(self) -> None:
        self.open = False
        self._listening.close()

    def getsockname(self) -> Any:
        return self._listening.getsockname()

    @staticmethod
    def _turn_away(client: Any) -> None:
        try:
            client.settimeout(0.5)
            client.sendall(_BUSY)
        except OSError:
            pass  # gone already
        finally:
            client.close()


class Body:
    """The request body with a limit on its size and on the time it takes."""

    def __init__(self, stream: Any, limit: int) -> None:
        self._stream = stream
        self._left = limit
        self._timeout = BODY_SECONDS

    def read(self, size: int = -1) -> bytes:
        wanted = self._left + 1 if size is None or size < 0 else min(size, self._left + 1)
        return self._counted(self._stream.read, wanted)

    def readline(self, size: int = -1) -> bytes:
        wanted = self._left + 1 if size is None or size < 0 else min(size, self._left + 1)
        return self._counted(self._stream.readline, wanted)

    def __iter__(self) -> Any:
        return iter(self.readline, b"")

    def _counted(self, read: Callable[[int], bytes], wanted: int) -> bytes:
        with Timeout(self._timeout, ConnectionResetError(errno.ECONNRESET, "the body took too long")):
            chunk = read(wanted)
        self._left -= len(chunk)
        if self._left < 0:
            raise BodyTooLarge
        return chunk


class BodyTooLarge(OSError):
    """More bytes came than the route takes."""


def limited(application: Application, is_upload: Callable[[str], bool]) -> Application:
    """`application` behind the limits; a declared length over the limit is refused before it is read."""

    def guarded(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        limit = UPLOAD_LIMIT if is_upload(environ.get("PATH_INFO", "")) else BODY_LIMIT
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > limit:
            return _too_large(start_response)
        environ["wsgi.input"] = Body(environ["wsgi.input"], limit)
        environ["eventlet.minimum_write_chunk_size"] = 1  # server-sent events leave at once
        try:
            return application(environ, start_response)
        except BodyTooLarge:
            return _too_large(start_response)

    return guarded


def _too_large(start_response: Any) -> list[bytes]:
    body = (
        b'{"type":"urn:gdbos:problem:too_large","title":"The content is too large","status":413,"code":"too_large",'
        b'"errors":[{"pointer":"","code":"too_large","message":"The content is too large"}]}'
    )
    headers = [
        ("Content-Type", "application/problem+json"),
        ("Content-Length", str(len(body))),
        ("Connection", "close"),
    ]
    start_response("413 Content Too Large", headers)
    return [body]


class WsgiServer(Extension):  # type: ignore[misc]
    """Serves `service_class.application()` as long as the container runs."""

    def setup(self) -> None:
        self._settings = Settings.current()
        self._door: Door | None = None

    def serve(self, application: Application, is_upload: Callable[[str], bool]) -> None:
        listening = bound(self._settings)
        listening.listen(BACKLOG)
        self._door = Door(listening, self._settings.max_connections)
        self._pool = eventlet.GreenPool(self._settings.max_connections + 1)
        self._thread = eventlet.spawn(
            wsgi.server,
            self._door,
            limited(application, is_upload),
            log=_Quiet(),
            protocol=Protocol,
            custom_pool=_Counted(self._pool, self._door),
            keepalive=IDLE_SECONDS,
            socket_timeout=IDLE_SECONDS,
            url_length_limit=1 << 15,
            debug=False,
            log_output=False,
        )

    def stop(self) -> None:
        """No new connections; those at work have fifteen seconds to end."""
        if self._door is None:
            return
        self._door.close()
        self._thread.kill()
        with Timeout(STOP_SECONDS, False):
            self._pool.waitall()


class _Counted:
    """A pool that tells the door when a connection has left."""

    def __init__(self, pool: Any, door: Door) -> None:
        self._pool = pool
        self._door = door

    def spawn(self, function: Any, *args: Any) -> Any:
        thread = self._pool.spawn(function, *args)
        thread.link(lambda _thread: self._door.left())
        return thread

    def waitall(self) -> None:
        """The extension waits itself, with a limit."""


class _Quiet:
    """wsgi's own log quotes requests and exceptions, which may hold personal data."""

    def info(self, *args: Any) -> None: ...
    def debug(self, *args: Any) -> None: ...
    def write(self, *args: Any) -> None: ...


def bound(settings: Settings) -> socket.socket:
    """A socket on the house's port, not yet listening; OSError when another has it. Workers share theirs."""
    listening = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if settings.workers > 1:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listening.bind((settings.host, settings.port))
    return listening
