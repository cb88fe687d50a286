"""What is immutable and public is sent again without asking; nothing else is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from gateway.shelf import Shelf

FOR_EVER = ("Cache-Control", "public, max-age=31536000, immutable")


class Behind:
    """An application that gives one answer and counts how often it was asked."""

    def __init__(self, status: str, *headers: tuple[str, str]) -> None:
        self.asked = 0
        self._status, self._headers = status, list(headers)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        start_response(
            self._status, [("Content-Type", "application/json"), ("Content-Length", "2"), *self._headers]
        )
        return iter([b"{", b"}"])


def read(shelf: Shelf, **environ: str) -> tuple[str, dict[str, str], bytes]:
    said: list[Any] = []
    request = {"REQUEST_METHOD": "GET", "PATH_INFO": "/a", "QUERY_STRING": "", **environ}
    body = b"".join(shelf(request, lambda status, headers, *_: said.append((status, dict(headers)))))
    return (*said[-1], body)


def test_the_second_read_is_the_first_without_asking() -> None:
    behind = Behind("200 OK", FOR_EVER, ("ETag", '"x"'))
    shelf = Shelf(behind)
    assert read(shelf) == read(shelf) == read(shelf)
    assert read(shelf)[2] == b"{}" and behind.asked == 1


@pytest.mark.parametrize("tags", ['"x"', 'W/"x"', '"y", "x"', "*"])
def test_who_has_it_is_told_so(tags: str) -> None:
    shelf = Shelf(Behind("200 OK", FOR_EVER, ("ETag", '"x"')))
    read(shelf)
    status, headers, body = read(shelf, HTTP_IF_NONE_MATCH=tags)
    assert status.startswith("304") and body == b"" and headers["ETag"] == '"x"'
    assert read(shelf, HTTP_IF_NONE_MATCH='"other"')[0] == "200 OK"


@pytest.mark.parametrize(
    "behind",
    [
        Behind("200 OK", ("Cache-Control", "private, immutable"), ("ETag", '"x"')),
        Behind("200 OK", ("Cache-Control", "no-store"), ("ETag", '"x"')),
        Behind("200 OK", FOR_EVER),
        Behind("200 OK", FOR_EVER, ("ETag", '"x"'), ("Set-Cookie", "a=b")),
        Behind("200 OK", FOR_EVER, ("ETag", '"x"'), ("Content-Length", str(1 << 20))),
        Behind("404 NOT FOUND", FOR_EVER, ("ETag", '"x"')),
        Behind("304 NOT MODIFIED", FOR_EVER, ("ETag", '"x"')),
    ],
)
def test_what_is_not_for_everybody_for_ever_is_asked_each_time(behind: Behind) -> None:
    shelf = Shelf(behind)
    read(shelf)
    read(shelf)
    assert behind.asked == 2


def test_another_method_or_a_query_is_asked() -> None:
    behind = Behind("200 OK", FOR_EVER, ("ETag", '"x"'))
    shelf = Shelf(behind)
    for environ in ({}, {"REQUEST_METHOD": "DELETE"}, {"QUERY_STRING": "lang=en"}):
        read(shelf, **environ)
    assert behind.asked == 3


def test_the_shelf_has_an_end() -> None:
    behind = Behind("200 OK", FOR_EVER, ("ETag", '"x"'))
    shelf = Shelf(behind, most=2)
    for path in ("/a", "/b", "/a", "/c", "/a", "/b"):
        read(shelf, PATH_INFO=path)
    assert behind.asked == 4  # /b had to go for /c
