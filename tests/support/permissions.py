"""The authorisation matrix: every route with its permission and whose object it is about (permissions.tsv)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("permissions.tsv")
ROLES: dict[str, str] = {
    "anonymous": "",
    "citizen": "person",
    "citizen2": "person",
    "firm": "agent",
    "clerk-yb": "clerk",
    "clerk-scjg": "clerk",
    "machine-yb": "machine",
    "supervisor": "supervisor",
    "agency-admin": "agency_admin",
    "admin": "admin",
}
"""Account → kind. `citizen` applied, `clerk-yb` is of the agency that has the case; the others are strangers to it.
`firm` applied with a file to the agency of `clerk-scjg`."""
OWNERS: dict[str, frozenset[str]] = {
    "application": frozenset({"citizen", "clerk-yb", "supervisor", "admin"}),
    "paper": frozenset({"citizen", "clerk-yb"}),
    "task": frozenset({"clerk-yb"}),
    "order": frozenset({"clerk-yb", "supervisor", "admin"}),
    "filter": frozenset({"clerk-yb"}),
    "draft": frozenset({"citizen"}),
    "licence": frozenset({"firm"}),
    "delegation": frozenset({"clerk-scjg"}),
    "filing": frozenset({"citizen"}),
    "file": frozenset({"firm", "clerk-scjg"}),
    "task file": frozenset({"clerk-scjg"}),
    "nobody's": frozenset(),
}
"""Kind of object → the accounts that may reach the one of the test; `-` is a route about no one's object."""


@dataclass(frozen=True, slots=True)
class Line:
    """One route: `permission` as in gateway.auth.PERMISSIONS, `object` a key of OWNERS or `-`."""

    method: str
    rule: str
    permission: str
    object: str

    @property
    def page(self) -> bool:
        return not self.rule.startswith("/api/")


def declared() -> list[Line]:
    rows = [row.split("\t") for row in TABLE.read_text(encoding="utf-8").splitlines()[1:]]
    return [Line(*row) for row in rows]


def routes() -> list[tuple[str, str, str]]:
    """(method, rule, permission) of every route that the gateway has."""
    from gateway.http import create_app
    from gdbos_runtime.settings import Settings

    app = create_app(Settings(), None, None, None)  # type: ignore[arg-type]
    return sorted(
        (method, rule.rule, getattr(app.view_functions[rule.endpoint], "permission", "public"))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    )
