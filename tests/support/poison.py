"""Messages that no sender of ours writes: every malformed form that was seen to stop a bare Nameko service."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

GOOD_EVENT: dict[str, Any] = {
    "id": "poison",
    "type": "case.submitted",
    "version": 1,
    "source": "workflow",
    "subject": "x",
    "at": "2026-01-01T00:00:00+08:00",
    "data": {},
}
WRONG: tuple[Any, ...] = (None, True, 0, -1, 1.5, "", [], {}, [1], {"a": 1}, "x" * 70_000, 10**30)


@dataclass(frozen=True, slots=True)
class Poison:
    name: str
    body: bytes
    content_type: str | None = "application/json"
    headers: dict[str, Any] = field(default_factory=dict)
    properties: dict[str, Any] = field(default_factory=dict)


def bodies() -> Iterator[Poison]:
    """Bodies that are not a message of any queue: undecodable, random, huge, deep, of the wrong type."""
    rng = random.Random(20260101)
    yield Poison("empty", b"")
    for text in (
        "{",
        "[]",
        "null",
        "1",
        '"x"',
        "{}",
        "nul",
        "{'a':1}",
        '{"a":NaN}',
        "\ufeff{}",
        '{"id":"\\ud800"}',
    ):
        yield Poison(f"text {text[:8]!r}", text.encode("utf-8", "surrogatepass"))
    yield Poison("latin-1", '{"name":"é"}'.encode("latin-1"))
    yield Poison("gb18030", '{"name":"张三"}'.encode("gb18030"))
    yield Poison(
        "pickle",
        b"\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00\x8c\x07builtins\x94.",
        "application/x-python-serialize",
    )
    yield Poison("10 MiB", b'"' + b"a" * (10 << 20) + b'"')
    yield Poison("deep list", b"[" * 200_000)
    yield Poison("deep object", b'{"a":' * 100_000 + b"1" + b"}" * 100_000)
    yield Poison("huge number", b"1" * 10_000)
    for content_type in (None, "", "text/plain", "application/octet-stream", "no/such; charset=\x7f"):
        yield Poison(f"content type {content_type!r}", b"not json", content_type)
    for n in range(40):
        yield Poison(f"random {n}", rng.randbytes(rng.randrange(1, 2000)))


def events() -> Iterator[Poison]:
    """Envelopes with one member missing or of another type."""
    yield from bodies()
    for name in GOOD_EVENT:
        yield Poison(
            f"without {name}", json.dumps({k: v for k, v in GOOD_EVENT.items() if k != name}).encode()
        )
        for wrong in WRONG:
            if isinstance(wrong, type(GOOD_EVENT[name])) and name not in ("id", "type"):
                continue
            if name == "version" and isinstance(wrong, int) and not isinstance(wrong, bool):
                continue
            yield Poison(f"{name} is {str(wrong)[:12]}", json.dumps({**GOOD_EVENT, name: wrong}).encode())
    for type_ in ("case.closed", "no.such", "case.submitted "):
        yield Poison(f"type {type_}", json.dumps({**GOOD_EVENT, "type": type_}).encode())


def calls() -> Iterator[Poison]:
    """Calls without an address, with foreign headers, with arguments that are not one object."""
    good = json.dumps({"args": [{}], "kwargs": {}}).encode()
    address = {"reply_to": "nobody", "correlation_id": "1"}
    for poison in bodies():
        yield Poison(poison.name, poison.body, poison.content_type, {}, address)
    for wrong in WRONG:
        yield Poison(
            f"args {str(wrong)[:12]}", json.dumps({"args": wrong, "kwargs": {}}).encode(), properties=address
        )
        yield Poison(
            f"args [{str(wrong)[:12]}]",
            json.dumps({"args": [wrong, 1], "kwargs": {}}).encode(),
            properties=address,
        )
        yield Poison(f"body {str(wrong)[:12]}", json.dumps(wrong).encode(), properties=address)
    yield Poison("kwargs", json.dumps({"args": [{}], "kwargs": {"a": 1}}).encode(), properties=address)
    yield Poison("no address", good)
    yield Poison("no correlation", good, properties={"reply_to": "x"})
    yield Poison("unsigned", good, properties=address)
    for name in (
        "gdbos.principal",
        "gdbos.deadline",
        "traceparent",
        "gdbos.language",
        "nameko.call_id_stack",
    ):
        for wrong in (5, True, [1], {"a": 1}, "x" * 9000):
            yield Poison(f"header {name} {str(wrong)[:8]}", good, headers={name: wrong}, properties=address)
    for deadline in ("abc", "1e999x", "--"):
        yield Poison(f"deadline {deadline}", good, headers={"gdbos.deadline": deadline}, properties=address)
    for forged in ("", ".", "0." + json.dumps({"id": "admin", "kind": "admin", "name": "x"}), "é.{}"):
        yield Poison(f"principal {forged[:6]}", good, headers={"gdbos.principal": forged}, properties=address)


def send(connection: Any, queue: str, poison: Poison) -> None:
    """Straight into the queue, past every sender of ours."""
    channel = connection.default_channel
    message = channel.prepare_message(
        poison.body,
        content_type=poison.content_type,
        content_encoding="binary",
        headers=dict(poison.headers),
        properties=dict(poison.properties),
    )
    channel.basic_publish(message, exchange="", routing_key=queue)
