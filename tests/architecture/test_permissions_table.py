"""Every route stands in the authorisation matrix with the permission it has; tests/e2e asks each over HTTP."""

from __future__ import annotations

from support.permissions import OWNERS, declared, routes

from gateway.auth import PERMISSIONS


def test_every_route_is_in_the_table_and_nothing_else() -> None:
    """A new route fails here until tests/support/permissions.tsv says whose object it is about."""
    table = {(line.method, line.rule, line.permission) for line in declared()}
    found = set(routes())
    assert found - table == set(), "\n".join("\t".join((*row, "-")) for row in sorted(found - table))
    assert table - found == set()


def test_the_table_speaks_of_known_permissions_and_objects() -> None:
    lines = declared()
    assert {line.permission for line in lines} <= set(PERMISSIONS)
    assert {line.object for line in lines} <= {*OWNERS, "-"}
    assert len({(line.method, line.rule) for line in lines}) == len(lines)


def test_an_object_of_somebodys_is_not_public() -> None:
    assert [x for x in declared() if x.object != "-" and x.permission == "public"] == []
