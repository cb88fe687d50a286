"""Which incoming flows of an OR-join a token elsewhere can still reach: computed once, read at run time.

BPMN 2.0 §13.4.3: a token that can reach an empty incoming flow without passing the join holds the join back,
unless it can also reach a flow where a token already waits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from services.workflow.domain.engine.graph import Node


def with_reach(scope: str, nodes: dict[str, Node]) -> None:
    """Gives each OR-join of the scope its table {node id: [incoming flow ids]}."""
    inside = [node for node in nodes.values() if node.scope == scope]
    joins = [node for node in inside if node.kind == "or" and len(node.incoming) > 1]
    if not joins:
        return
    into: dict[str, list[str]] = {}
    source_of: dict[str, str] = {}
    for node in inside:
        for flow in node.out:
            into.setdefault(flow.target, []).append(node.id)
            source_of[flow.id] = node.id
        if node.host:
            into.setdefault(node.id, []).append(node.host)
    for join in joins:
        nodes[join.id] = replace(join, reach=_table(join, into, source_of))


def _table(
    join: Node, into: Mapping[str, Iterable[str]], source_of: Mapping[str, str]
) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for flow in join.incoming:
        pending, seen = [source_of[flow]], {join.id}
        while pending:
            node = pending.pop()
            if node in seen:
                continue
            seen.add(node)
            table.setdefault(node, []).append(flow)
            pending.extend(into.get(node, ()))
    return table
