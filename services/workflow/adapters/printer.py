"""Prints documents: sandboxed Jinja2, everything escaped, no loop without an end."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gdbos_contracts.errors import Fault
from gdbos_contracts.text import pick
from services.workflow.domain.faults import fault

_BUILT_IN = Path(__file__).with_name("document.html")


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(autoescape=True)
    environment.filters["text"] = pick
    return environment


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

    def check(self, template: str, pointer: str) -> list[Fault]:
        try:
            _environment().parse(template)
        except TemplateError as error:
            return [fault(pointer, "template", str(error)[:200])]
        return []
