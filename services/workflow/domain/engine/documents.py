"""The document of a running instance: small JSON, versioned.

v        format of the document
process  id of the process that was started
state    active | completed | failed | cancelled
n        last number given to a token, wait or scope
vars     variables of the process
tokens   id → {e: node, s: scope, k?: task | job, loop?: progress of a loop}: what stands and waits
scopes   id → {e: process, subprocess or looped node, o: owning token, p: parent, v?: local variables,
         i?: number of the round, when the scope is one round of a loop; iso?: variables end here (a call)}
live     scope id → tokens in it, standing at a node or waiting in a join
waits    id → {k: timer | message | signal | conditional, o: owning token or scope, e: event node, …}
joins    "scope:node" → {flow: tokens that arrived}
outcome  [end event, outcome] of the last end event of the process that names one, else of the last
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Doc = dict[str, Any]
VERSION = 1
ROOT = "root"

# version → function that gives the next version's document; a function once released is never changed.
UPGRADES: dict[int, Callable[[Doc], Doc]] = {}


def fresh(process: str, variables: Mapping[str, Any]) -> Doc:
    return {
        "v": VERSION,
        "process": process,
        "state": "active",
        "n": 0,
        "vars": dict(variables),
        "tokens": {},
        "scopes": {},
        "live": {},
        "waits": {},
        "joins": {},
        "outcome": [],
    }


def upgraded(
    doc: Doc, upgrades: Mapping[int, Callable[[Doc], Doc]] = UPGRADES, version: int = VERSION
) -> Doc:
    """The document in today's format; ValueError for one from the future or with no way up."""
    while doc["v"] != version:
        step = upgrades.get(doc["v"])
        if step is None:
            raise ValueError(f"no upgrade from document version {doc['v']} to {version}")
        doc = step(doc)
    return doc
