"""From the engine's errors to what a person can act on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from gdbos_atom.identifiers import CHECKS
from gdbos_atom.pointers import escape, pointer_of
from gdbos_atom.regex import regex_matches
from gdbos_atom.validation.context import Context, locate, of_member
from gdbos_atom.validation.names import format_name, types
from gdbos_atom.validation.violation import Violation
from gdbos_atom.validation.words import WORDS, Words, fill
from gdbos_contracts.text import LANGUAGES, Text, pick

_SAME_AS_CHECK = frozenset({"pattern", "minLength", "maxLength", "format"})
"""Keywords that say less than an identifier rule at the same place."""

_SAID_BY_FORM = frozenset(
    {"type", "enum", "const", "pattern", "format", "minLength", "maxLength", "minimum", "maximum"}
    | {"exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
)
"""Keywords for which the form's own sentence, where it has one, is the better one."""


def explanation(schema: Any, data: Any, errors: Iterable[Any]) -> list[Violation]:
    """Violations in order of pointer; one identifier rule silences the pattern and lengths beside it."""
    found = [violation for error in errors for violation in _violations(schema, error)]
    checked = {v.pointer for v in found if "." in v.code and v.code.partition(".")[0] in CHECKS}
    kept = [v for v in found if v.pointer not in checked or v.code.partition(".")[0] not in _SAME_AS_CHECK]
    unique = {(v.pointer, v.code, v.rule, v.message["en"]): v for v in kept}
    return sorted(unique.values(), key=lambda v: (v.pointer, v.code))


def unreadable() -> Violation:
    """What is not JSON at all, such as half a surrogate pair or a member name that is no text."""
    message, action = fill(WORDS["unreadable"], {})
    return Violation("", "unreadable", message, action=action)


def _violations(schema: Any, error: Any) -> Iterator[Violation]:
    context = locate(schema, error.evaluation_path, error.schema_path, error.instance_path)
    pointer, keyword, value = pointer_of(error.instance_path), _keyword(error), error.kind.value
    if keyword == "required":
        yield _plain(of_member(context, value), f"{pointer}/{escape(value)}", "required", said="required")
    elif keyword in ("additionalProperties", "unevaluatedProperties"):
        for name in value:
            yield _plain(of_member(context, name), f"{pointer}/{escape(name)}", keyword)
    elif keyword in ("additionalItems", "unevaluatedItems") and isinstance(value, list):
        yield from (_plain(context, f"{pointer}/{index}", keyword) for index in value)
    elif keyword == "x-check":
        yield from _identifier(context, pointer, error.kind.message, error.instance)
    elif keyword == "propertyNames":
        yield _plain(context, f"{pointer}/{escape(value.instance)}", keyword)
    elif keyword in ("pattern", "format"):
        yield _shape(context, pointer, keyword, error.instance)
    elif keyword == "type":
        yield _plain(context, pointer, keyword, limit=types(context.node.get("type", value)))
    elif keyword == "enum":
        yield _code(context, pointer, error.instance)
    elif keyword in ("anyOf", "oneOf"):
        branches = value if isinstance(value, list) else []
        causes = tuple(v for branch in branches for e in branch for v in _violations(schema, e))
        yield _plain(context, pointer, keyword, causes=causes)
    else:
        yield _plain(context, pointer, keyword, limit=_limit(context, keyword, value))


def _keyword(error: Any) -> str:
    """The keyword as the schema writes it; a schema that is `false` stands for itself."""
    name = str(error.kind.name)
    if name == "contains":
        return str(error.schema_path[-1])
    return "false" if name == "falseSchema" else name


def _identifier(context: Context, pointer: str, name: str, text: Any) -> Iterator[Violation]:
    check = CHECKS[name]
    for fault in check.check(text):
        _, action = fill(WORDS["x-check"], context.label)
        yield Violation(
            pointer, fault.code, fault.message, context.element, context.rule, check.standard, action
        )


def _shape(context: Context, pointer: str, keyword: str, text: Any) -> Violation:
    """A pattern or format that fails; typing slips that would make it pass are named for themselves."""
    pattern = context.node.get("pattern")
    if keyword == "pattern" and isinstance(text, str) and isinstance(pattern, str):
        for slip, mended in (("full_width", _half_width(text)), ("space", text.strip())):
            if mended != text and regex_matches(pattern, mended):
                return _plain(context, pointer, f"pattern.{slip}", silent=True)
    name = format_name(str(context.node.get("format", ""))) if keyword == "format" else ""
    return _plain(context, pointer, keyword, limit=name)


def _code(context: Context, pointer: str, value: Any) -> Violation:
    """A value outside its options; a code that is only out of force is told apart, with what replaced it."""
    known = context.node.get("x-not-in-force", {})
    span = known.get(value) if isinstance(value, str) else None
    if span is None:
        return _plain(context, pointer, "enum", limit=_limit(context, "enum", ()))
    if "to" not in span:
        return _plain(context, pointer, "enum.not_yet", limit=span.get("from", ""))
    instead = {
        language: " · ".join(f"{c['value']} {pick(c['names'], language)}" for c in span.get("by", ()))
        for language in LANGUAGES
    }
    code = "enum.replaced" if span.get("by") else "enum.retired"
    return _plain(context, pointer, code, limit=span["to"], instead=instead)


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _limit(context: Context, keyword: str, value: Any) -> str:
    """What fills {limit}: the bound, the types or the options, as far as they are short."""
    limit = context.node.get(keyword, value)
    if isinstance(limit, Sequence) and not isinstance(limit, str):
        return " · ".join(str(option) for option in limit[:_MOST_OPTIONS]) + (
            " …" if len(limit) > _MOST_OPTIONS else ""
        )
    return str(limit)


_MOST_OPTIONS = 12


def _plain(
    context: Context,
    pointer: str,
    code: str,
    *,
    limit: Text | str = "",
    said: str = "invalid",
    silent: bool = False,
    instead: Text | None = None,
    causes: tuple[Violation, ...] = (),
) -> Violation:
    """A violation in the form's own words where it has some, else in ours."""
    words: Words = WORDS.get(code, WORDS["other"])
    message, action = fill(words, context.label, limit, instead)
    own: Text = {} if silent or (said == "invalid" and code not in _SAID_BY_FORM) else context.said(said)
    return Violation(
        pointer, code, dict(own or message), context.element, context.rule, context.article, action, causes
    )
