"""Prints documents: sandboxed Jinja2, everything escaped, no loop without an end."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Template, TemplateError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gdbos_contracts.errors import Fault
from gdbos_contracts.text import pick
from services.workflow.domain.faults import fault

_BUILT_IN = Path(__file__).with_name("document.html")
_DAY = re.compile(r"(\d{4})-0?(\d{1,2})-0?(\d{1,2})")


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(autoescape=True, finalize=_written)
    environment.filters["text"] = pick
    return environment


def _written(value: Any) -> Any:
    """A day as official documents write it, 2026年11月5日: no zero before month or day (GB/T 9704 7.3.5.4)."""
    found = _DAY.fullmatch(value) if isinstance(value, str) else None
    return "{}年{}月{}日".format(*found.groups()) if found else value


@lru_cache(maxsize=500)
def _compiled(template: str) -> Template:
    return _environment().from_string(template or _BUILT_IN.read_text(encoding="utf-8"))


class JinjaPrinter:
    def html(self, template: str, data: Mapping[str, Any]) -> str:
        """The document; a template that fails on these data gives way to the built-in one, so that a fault in a
        pack's wording never stops a case."""
        try:
            return _compiled(template).render(**data)
        except TemplateError:
            return _compiled("").render(**data)

    def check(self, template: str, names: Collection[str], pointer: str) -> list[Fault]:
        try:
            asked = meta.find_undeclared_variables(_environment().parse(template))
        except TemplateError as error:
            return [fault(pointer, "template", str(error)[:200])]
        return [
            fault(pointer, "template_name", name)
            for name in sorted(asked - set(names) - set(_environment().globals))
        ]

    def elements(self, template: str) -> list[str]:
        """Those read as `answers["…"]`, `answers.…` or `answers.get("…")`."""
        tree = _environment().parse(template)
        read = [_key(node) for node in tree.find_all((nodes.Getitem, nodes.Getattr, nodes.Call))]
        return sorted({name for name in read if name})


def _key(node: nodes.Node) -> str:
    """The constant by which this node reads an answer; "" for any other node."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr) and node.node.attr == "get":
        holder, key = node.node.node, node.args[0] if node.args else None
    elif isinstance(node, nodes.Getitem):
        holder, key = node.node, node.arg
    elif isinstance(node, nodes.Getattr) and node.attr not in _METHODS:
        holder, key = node.node, nodes.Const(node.attr)
    else:
        return ""
    answers = isinstance(holder, nodes.Name) and holder.name == "answers"
    return str(key.value) if answers and isinstance(key, nodes.Const) else ""


_METHODS = ("get", "items", "keys", "values")
