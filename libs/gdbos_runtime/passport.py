"""The headers of a call: who asks (signed), until when, which trace, which language."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from gdbos_contracts.errors import Forbidden
from gdbos_contracts.principal import Principal
from gdbos_contracts.text import DEFAULT_LANGUAGE, LANGUAGES
from gdbos_runtime import tracing
from gdbos_runtime.context import Context

PRINCIPAL, DEADLINE, TRACE = "gdbos.principal", "gdbos.deadline", "traceparent"
LANGUAGE, CASE = "gdbos.language", "gdbos.case"


class BadHeader(ValueError):
    """A header has a value that no caller of ours writes."""


def headers(context: Context, deadline: float, key: bytes) -> dict[str, Any]:
    """`deadline` is epoch seconds."""
    return {
        PRINCIPAL: sign(context.principal, key),
        DEADLINE: repr(deadline),
        TRACE: tracing.child(context.traceparent),
        LANGUAGE: context.language,
        CASE: context.case_no,
    }


def read(given: Mapping[str, Any], key: bytes) -> Context:
    """The context of a call; Forbidden for a principal that we did not sign, BadHeader for other nonsense."""
    texts = {name: given.get(name, "") for name in (PRINCIPAL, DEADLINE, TRACE, LANGUAGE, CASE)}
    for name, value in texts.items():
        if not isinstance(value, str) or len(value) > 8192:
            raise BadHeader(f"header {name} is not a short text")
    try:
        deadline = float(texts[DEADLINE]) if texts[DEADLINE] else time.time() + 10.0
    except ValueError:
        raise BadHeader(f"header {DEADLINE} is not a number") from None
    language = texts[LANGUAGE] if texts[LANGUAGE] in LANGUAGES else DEFAULT_LANGUAGE
    return Context(_verified(texts[PRINCIPAL], key), texts[TRACE], deadline, language, texts[CASE])


def sign(principal: Principal, key: bytes) -> str:
    body = json.dumps(principal.to_data(), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return f"{_mac(body, key)}.{body}"


@lru_cache(maxsize=4096)
def _verified(text: str, key: bytes) -> Principal:
    mac, _, body = text.partition(".")
    if not hmac.compare_digest(mac.encode(), _mac(body, key).encode()):
        raise Forbidden
    return Principal.from_data(json.loads(body))


def _mac(body: str, key: bytes) -> str:
    return hmac.new(key, body.encode(), hashlib.sha256).hexdigest()
