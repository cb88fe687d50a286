"""Sets documents with Typst, off the event loop: layouts are published data, values come as JSON."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst

from gdbos_contracts.errors import Fault
from gdbos_runtime.offload import offload
from services.workflow.domain.faults import fault
from services.workflow.ports.papers import CannotPrint

Json = Mapping[str, Any]
ROOT = Path(__file__).with_name("layouts")
STANDARD, ACCESSIBLE = "a-2a", "ua-1"
FONTS = (
    "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN", "FangSong", "SimSun",
    "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei",
)  # fmt: skip
"""Families with Chinese characters, the better for paper before the others."""
_OPENING = '#import "/paper.typ": *'
_CLOSED = re.compile(r"\b(import|include|read|eval|plugin|sys|std|json|yaml|toml|csv|xml|cbor)\b")
"""A layout says how a paper looks; files, packages and code made at run time are not open to it."""
_VALUE = re.compile(r'\bvalue\(\s*"([^"]*)"(?:\s*,\s*"([^"]*)")?')
_MISSING = "panicked with: missing value: "
_SAMPLE = "示例"
_SAMPLE_AT = "2026-01-01T00:00:00+08:00"


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


@lru_cache(maxsize=1)
def families() -> tuple[str, ...]:
    """Of FONTS, those on this machine."""
    found = set(_fonts().families())
    return tuple(name for name in FONTS if name in found)


@lru_cache(maxsize=1)
def _built_in() -> str:
    return (ROOT / "document.typ").read_text(encoding="utf-8")


class TypstTypesetter:
    @property
    def ready(self) -> bool:
        return bool(families())

    def pdf(self, layout: str, paper: Json) -> bytes:
        return offload(_set, layout or _built_in(), paper, [STANDARD])

    def check(self, layout: str, names: Collection[str], pointer: str) -> list[Fault]:
        if not layout:
            return []
        found = _refused(layout, names, pointer)
        if found or not families():
            return found
        try:
            offload(_set, layout, _sample(layout, names), [STANDARD, ACCESSIBLE])
        except CannotPrint as error:
            return [fault(pointer, *error.args)]
        return []

    def elements(self, layout: str) -> list[str]:
        return sorted({name for first, name in _VALUE.findall(layout) if first == "answers" and name})


def _refused(layout: str, names: Collection[str], pointer: str) -> list[Fault]:
    opening, _, rest = layout.partition("\n")
    if opening.strip() != _OPENING:
        return [fault(pointer, "layout_opening", _OPENING)]
    closed = sorted(set(_CLOSED.findall(rest)))
    strange = sorted({first for first, _ in _VALUE.findall(rest)} - set(names))
    return [fault(pointer, "layout_closed", word) for word in closed] + [
        fault(pointer, "template_name", name) for name in strange
    ]


def _sample(layout: str, names: Collection[str]) -> dict[str, Any]:
    """A paper on which every known name has a text, so that whatever stops the print is the layout's own."""
    values: dict[str, Any] = dict.fromkeys(names, _SAMPLE)
    for first, name in _VALUE.findall(layout):
        if name:
            inner = values[first] if isinstance(values[first], dict) else {}
            values[first] = {**inner, name: _SAMPLE}
    return {
        "title": _SAMPLE, "agency": _SAMPLE, "number": "1", "code": "0", "at": _SAMPLE_AT, "notice": "",
        "address": "http://127.0.0.1/", "link": "http://127.0.0.1/", "values": values,
        "body": [{"kind": "paragraph", "text": _SAMPLE}],
    }  # fmt: skip


def _set(layout: str, paper: Json, standards: Sequence[Any]) -> bytes:
    data = {
        "paper": {name: paper[name] for name in ("title", "agency", "number", "code", "address", "notice")}
        | {"qr": _code(paper["link"])},
        "values": paper["values"],
        "body": paper["body"],
        "fonts": families(),
    }
    text = json.dumps(_visible(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    moment = int(datetime.fromisoformat(paper["at"]).timestamp())
    compiler = typst.Compiler(layout.encode(), root=ROOT, font_paths=_fonts(), sys_inputs={"data": text})
    try:
        made = compiler.compile(format="pdf", pdf_standards=list(standards), timestamp=moment)
    except typst.TypstError as error:
        raise _cause(error.message) from error
    assert isinstance(made, bytes)
    return made


def _cause(message: str) -> CannotPrint:
    if message.startswith(_MISSING):
        return CannotPrint("missing_value", message.removeprefix(_MISSING))
    if "could not be displayed" in message:
        return CannotPrint("no_glyph", "")
    return CannotPrint("template", message[:200])


def _code(link: str) -> str:
    out = io.BytesIO()
    segno.make(link, error="m").save(out, kind="svg", xmldecl=False, border=2)
    return out.getvalue().decode()


def _visible(data: Any) -> Any:
    """Without control characters, which no font has, and without those that turn the direction of a line around."""
    if isinstance(data, str):
        return "".join(c if c == "\n" or unicodedata.category(c) not in _UNSEEN else " " for c in data)
    if isinstance(data, Mapping):
        return {str(key): _visible(each) for key, each in data.items()}
    if isinstance(data, (list, tuple)):
        return [_visible(each) for each in data]
    return data


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn"})
