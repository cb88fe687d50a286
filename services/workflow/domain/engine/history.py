"""The history of an instance: one step per command, each sealed over the one before.

A step: {case_no, seq (from 1), at, actor, command, key, body, hash}. body is canonical JSON of the command's other
parts, the process version it ran on, and the digest of the document after it; so the last step also vouches for
the document that is kept. key: what the command may be repeated under, unique in the instance; "" for none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from gdbos_contracts.jsontext import canonical
from services.workflow.domain.engine.documents import Doc
from services.workflow.domain.engine.replay import Command

Json = Mapping[str, Any]
_SEALED = ("case_no", "seq", "at", "actor", "command", "key", "body")
_BEFORE = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode
"""How documents were written for their digests up to 0.1; it differs in the exponents of numbers."""


def digest(doc: Doc) -> str:
    """SHA-256 of the document; the same before it was stored and after."""
    return hashlib.sha256(canonical(doc).encode()).hexdigest()


def body_of(command: Command, version: int, doc: Doc, **facts: Any) -> str:
    return canonical({**command.to_data(), **facts, "version": version, "doc": digest(doc)})


def seal(before: str, step: Json) -> str:
    """SHA-256 over the seal before and every field, each with its length."""
    texts = [str(step[name]) for name in _SEALED]
    return hashlib.sha256("".join([before, *(f"{len(text)}:{text}" for text in texts)]).encode()).hexdigest()


def broken_at(steps: Iterable[Json], last: str, doc: Doc) -> int | None:
    """The number of the first step that is missing or was altered; None when all of it holds.

    last: the seal kept with the instance. A document that is not the one of the last step counts as the number
    after it.
    """
    before, number, body = "", 0, ""
    for step in steps:
        number += 1
        if step["seq"] != number or seal(before, step) != step["hash"]:
            return number
        before, body = step["hash"], step["body"]
    if before != last or (body and not _vouched(json.loads(body)["doc"], doc)):
        return number + 1
    return None


def _vouched(said: str, doc: Doc) -> bool:
    return said in (digest(doc), hashlib.sha256(_BEFORE(doc).encode()).hexdigest())
