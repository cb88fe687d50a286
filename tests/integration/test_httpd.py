"""The HTTP server's limits, over real sockets."""

from __future__ import annotations

import http.client
import resource
import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import eventlet
import pytest
from support.ports import free_port

from gdbos_runtime import httpd
from gdbos_runtime.settings import Settings


def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    body = environ["wsgi.input"].read()
    if environ["PATH_INFO"] == "/broken":
        raise ValueError("of 110101199003077352")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(len(body)).encode()]


@pytest.fixture
def port(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(httpd, "HEADER_SECONDS", 0.5)
    monkeypatch.setattr(httpd, "BODY_SECONDS", 0.5)
    server = httpd.WsgiServer()
    server._settings = replace(settings, host="127.0.0.1", port=free_port(), max_connections=20)
    server._door = None
    server.serve(application, lambda path: path == "/upload")
    yield server._settings.port
    server.stop()


def ask(port: int, path: str = "/", body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.request("POST" if body is not None else "GET", path, body, headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_a_body_within_the_limit_passes(port: int) -> None:
    assert ask(port, "/", b"x" * httpd.BODY_LIMIT) == (200, str(httpd.BODY_LIMIT).encode())


def test_a_larger_body_is_refused_unread(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), 5) as client:
        client.sendall(
            f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {httpd.BODY_LIMIT + 1}\r\n\r\n".encode()
        )
        assert b" 413 " in client.recv(1000)


def test_a_larger_chunked_body_is_refused(port: int) -> None:
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", port), 5) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            for _ in range(40):
                client.sendall(chunk)
        except OSError:
            pass  # the server need not read on
        assert b" 413 " in client.recv(1000)


def test_an_upload_may_be_larger(port: int) -> None:
    assert ask(port, "/upload", b"x" * (2 << 20)) == (200, str(2 << 20).encode())


def test_the_text_of_an_exception_stays_inside(port: int) -> None:
    status, body = ask(port, "/broken")
    assert status == 500
    assert b"110101" not in body and b"ValueError" not in body


def test_headers_that_drip_are_cut_off(port: int) -> None:
    assert ask(port)[0] == 200
    with socket.create_connection(("127.0.0.1", port), 5) as client:
        client.sendall(b"GET / HTTP/1.1\r\n")
        with eventlet.Timeout(4, AssertionError("still open")):
            try:
                for n in range(100):
                    client.sendall(f"X-{n}: 1\r\n".encode())
                    eventlet.sleep(0.1)
            except OSError:
                return
    raise AssertionError("the server read for ever")


def test_a_body_that_never_comes_is_cut_off(port: int) -> None:
    assert ask(port)[0] == 200
    with socket.create_connection(("127.0.0.1", port), 5) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n123")
        with eventlet.Timeout(4, AssertionError("still open")):
            while client.recv(1000):
                pass


def test_connections_over_the_cap_hear_503_and_the_rest_work(port: int) -> None:
    held = [socket.create_connection(("127.0.0.1", port), 5) for _ in range(20)]
    eventlet.sleep(0.05)
    status, _ = ask(port)
    assert status == 503
    for client in held:
        client.close()
    eventlet.sleep(0.05)
    assert ask(port)[0] == 200


def test_it_survives_running_out_of_descriptors(port: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    waiting: list[socket.socket] = [socket.socket() for _ in range(3)]
    used = max(s.fileno() for s in waiting)
    resource.setrlimit(resource.RLIMIT_NOFILE, (used + 1, hard))
    try:
        for client in waiting:
            client.connect(("127.0.0.1", port))
        eventlet.sleep(0.3)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for client in waiting:
            client.close()
    eventlet.sleep(0.3)
    assert ask(port)[0] == 200
