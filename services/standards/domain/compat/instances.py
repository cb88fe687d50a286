"""Documents that somebody may have written by a schema: at its edges, and at the edges of the one that comes after."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from services.standards.domain.compat import sampling
from services.standards.domain.compat.sides import Side

Json = Any
MOST = 200
"""Instances that are tried: with the steps that each may take, what bounds the time."""


def instances(schema: Json, beside: Json = True, member: str = "") -> list[Json]:
    """Distinct instances of `schema` that say nothing which it does not name; the same ones every time, at most MOST.

    `member`: the schema is of a document of one value, and so are the instances.
    """
    return list(islice(_valid(schema, beside, member), MOST))


def _valid(schema: Json, beside: Json, member: str) -> Iterator[Json]:
    verdict = Side(schema, lenient=True).closed().verdict
    sides = [Side(_part(each, member), lenient=True).read for each in (schema, beside)]
    for value in sampling.values([(side.root, side) for side in sides]):
        document = {member: value} if member else value
        if verdict(document):
            yield document


def _part(schema: Json, member: str) -> Json:
    """The schema of the member, with what it may refer to beside it."""
    if not member or not isinstance(schema, dict):
        return schema
    own = schema.get("properties", {}).get(member, True)
    return {"$defs": schema["$defs"], **own} if "$defs" in schema and isinstance(own, dict) else own
