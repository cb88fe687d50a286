"""Administration, read only: what is installed, who may sign in, whether the house is well."""

from __future__ import annotations

from flask import Response

from gateway.auth import permit
from gateway.parts import ask, parts
from gateway.portal import view
from gateway.portal.blueprint import portal
from gateway.portal.pages.session import demonstration
from gdbos_contracts.errors import GdbosError
from gdbos_runtime import pulse
from gdbos_runtime.packs import installed_packs


@portal.get("/admin")
@permit("admin")
def admin() -> Response:
    """Packs, demonstration accounts, health."""
    try:
        ready = bool(ask("workflow", "ready")["ready"])
    except GdbosError:
        ready = False
    settings = parts().settings
    return view.render(
        "admin.html",
        packs=installed_packs(settings.data),
        accounts=demonstration(),
        alive=pulse.alive(),
        ready=ready,
        environment=settings.environment,
        embedded=settings.embedded,
        database="PostgreSQL" if settings.database_url else "SQLite",
    )
