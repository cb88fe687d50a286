"""Definitions and what they import into the nodes of one graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from gdbos_feel.api import spelled
from gdbos_feel.dmn.boxed import function_of, logic
from gdbos_feel.dmn.errors import DmnError
from gdbos_feel.dmn.graph import Key, Node
from gdbos_feel.dmn.item_types import ItemTypes
from gdbos_feel.dmn.reader import Definitions, Tag
from gdbos_feel.dmn.scope import Words
from gdbos_feel.env import Env, Run
from gdbos_feel.types import FunctionOf, Type

_KINDS = ("inputData", "decision", "businessKnowledgeModel", "decisionService")
Reader = Callable[[Iterable[str], ItemTypes], Words]
_NEEDS = ("requiredInput", "requiredDecision", "requiredKnowledge")


def assemble(
    definitions: Definitions, others: Mapping[str, Definitions], reader: Reader = Words
) -> tuple[dict[Key, Node], list[str]]:
    """(nodes of the model and of all that it imports, texts that are not FEEL). reader: makes what reads the
    texts of one model."""
    nodes: dict[Key, Node] = {}
    faults: list[str] = []
    types: dict[str, Mapping[str, Type]] = {}
    names: dict[str, set[str]] = {}

    def visit(model: Definitions, path: tuple[str, ...]) -> None:
        if model.namespace in path:
            raise DmnError(f"{model.name}: imports turn in a circle")
        if model.namespace in types:
            return
        found = [(prefix, others[ns]) for ns, prefix in model.imports.items() if ns in others]
        for _, each in found:
            visit(each, (*path, model.namespace))
        imported = [(spelled(prefix), types[each.namespace]) for prefix, each in found]
        items = ItemTypes(model.of_kind("itemDefinition"), imported)
        types[model.namespace] = items.types
        names[model.namespace] = _names(model).union(*(names[each.namespace] for _, each in found))
        words = reader(names[model.namespace], items)
        for tag in model.of_kind(*_KINDS):
            node = _node(tag, model, words)
            nodes[node.key] = node
        faults.extend(words.faults)

    visit(definitions, ())
    return nodes, faults


def _names(model: Definitions) -> set[str]:
    """Every name that the model gives to anything, and the names of its imports."""
    found = {tag.get("name") for tag in model.root.walk() if tag.name != "definitions"}
    found |= {tag.get("iteratorVariable") for tag in model.root.walk()}
    return {name for name in found if name.strip()}


def _node(tag: Tag, model: Definitions, words: Words) -> Node:
    variable = tag.one("variable")
    reference = variable.get("typeRef") if variable is not None else ""
    declared = words.type_of(reference)
    prefixes = {namespace: words.spelled(prefix) for namespace, prefix in model.imports.items()}
    needs = []
    for required in (inner for child in tag.children for inner in child.children if inner.name in _NEEDS):
        key = _key(required, model)
        needs.append((prefixes.get(key[0], ""), key))
    return Node(
        key=(model.namespace, tag.get("id") or tag.get("name")),
        kind=tag.name,
        name=words.spelled((variable.get("name") if variable is not None else "") or tag.get("name")),
        declared=declared,
        needs=tuple(needs),
        run=_logic(tag, words, declared),
        outputs=_keys(tag, "outputDecision", model),
        decisions=_keys(tag, "inputDecision", model),
        data=_keys(tag, "inputData", model),
        title=words.spelled(tag.get("name")),
    )


def _logic(tag: Tag, words: Words, declared: Type | None) -> Run | None:
    name = tag.get("name")
    if tag.name == "decision":
        return logic(tag, words, name)
    encapsulated = tag.one("encapsulatedLogic")
    if encapsulated is None:
        return None
    result = declared.result if isinstance(declared, FunctionOf) else declared
    made = function_of(encapsulated, words, name, result)
    return _itself(made, words.spelled(name))


def _itself(made: Run, name: str) -> Run:
    """Knowledge may call itself by its own name."""

    def run(env: Env) -> object:
        names: dict[str, object] = {}
        names[name] = made(env.inner(names))
        return names[name]

    return run


def _key(tag: Tag, model: Definitions) -> Key:
    namespace, _, identity = tag.get("href").rpartition("#")
    return (namespace or model.namespace, identity)


def _keys(tag: Tag, kind: str, model: Definitions) -> tuple[Key, ...]:
    return tuple(_key(child, model) for child in tag.all(kind))
