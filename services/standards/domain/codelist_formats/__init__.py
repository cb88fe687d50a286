"""Code lists in and out, losslessly: JSON, CSV, OASIS Genericode 1.0, W3C SKOS (RDF/XML)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gdbos_contracts.errors import BadInput, Fault, TooLarge
from services.standards.domain.codelist import CodeList
from services.standards.domain.codelist_formats import genericode, separated, skos


@dataclass(frozen=True, slots=True)
class Format:
    media_type: str
    write: Callable[[CodeList], str]
    read: Callable[[str], Any]


def _to_json(found: CodeList) -> str:
    return json.dumps(found.to_data(), ensure_ascii=False, indent=1)


FORMATS: Mapping[str, Format] = {
    "json": Format("application/json", _to_json, json.loads),
    "csv": Format("text/csv", separated.write, separated.read),
    "genericode": Format("application/xml", genericode.write, genericode.read),
    "skos": Format("application/rdf+xml", skos.write, skos.read),
}
MOST_BYTES = 8 << 20
"""Of a text in UTF-8: room for every town of the country, less than a broker's message."""


def written(found: CodeList, format: str) -> str:
    """The list as text. KeyError for an unknown format; BadInput for a character that XML cannot hold."""
    try:
        return FORMATS[format].write(found)
    except ValueError as error:
        raise unreadable("", "characters", str(error)) from error


def taken(text: str, format: str, pointer: str = "") -> CodeList:
    """The list that a text holds. TooLarge; BadInput with the faults of the text or of the list below `pointer`."""
    return CodeList.from_data(plain(text, FORMATS[format].read, pointer), pointer)


def plain(text: str, read: Callable[[str], Any], pointer: str = "") -> Any:
    """What `read` makes of a text. TooLarge; BadInput where it cannot be read."""
    if len(text) > MOST_BYTES or len(text.encode(errors="replace")) > MOST_BYTES:
        raise TooLarge(faults=[_said(pointer, "too_large", f"> {MOST_BYTES >> 20} MiB")])
    try:
        return read(text)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise unreadable(pointer, "unreadable", f"{type(error).__name__}: {error}") from error


def unreadable(pointer: str, code: str, why: str) -> BadInput:
    return BadInput(faults=[_said(pointer, code, why)])


def _said(pointer: str, code: str, why: str) -> Fault:
    message = {"zh-Hans": f"无法读写：{why}", "zh-Hant": f"無法讀寫：{why}", "en": f"cannot be read: {why}"}
    return Fault(pointer, f"code_list.{code}", message)
