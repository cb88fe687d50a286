"""Calendars, lights, orders, and what time alone does."""

from __future__ import annotations

from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.workflow import schemas
from services.workflow.entrypoints.base import Base, only
from services.workflow.handlers import calendars, succeeding, supervising, telling, watching


class Supervision(Base):
    """Calendars, lights, orders, and what time alone does."""

    @rpc
    def publish_calendar(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.supervision.CalendarChange.read(request)
        only("admin")
        with self._room() as room:
            return calendars.publish(command, current().principal, room)

    @rpc
    def preview_calendar(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.supervision.CalendarChange.read(request)
        only("admin")
        with self._room(reading=True) as room:
            return calendars.preview(command, room)

    @rpc
    def calendar(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.supervision.CalendarYear.read(request)
        only("admin", "supervisor")
        with self._room(reading=True) as room:
            return calendars.shown(query["agency"], query["year"], room)

    @rpc
    def calendar_changes(self, request: dict[str, Any]) -> dict[str, Any]:
        limit = schemas.Limit.read(request)["limit"]
        only("admin", "supervisor")
        with self._room(reading=True) as room:
            return calendars.changes(limit, room)

    @rpc
    def lights(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        only("admin", "supervisor")
        with self._room(reading=True) as room:
            return supervising.lights(current().principal, room)

    @rpc
    def histogram(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        only("admin", "supervisor")
        with self._room(reading=True) as room:
            return supervising.histogram(current().principal, room)

    @rpc
    def board(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        only("admin", "supervisor")
        with self._room(reading=True) as room:
            return supervising.board(current().principal, room)

    @rpc
    def records(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.supervision.Page.read(request)
        with self._room(reading=True) as room:
            return supervising.listed(query, current().principal, room)

    @rpc
    def orders(self, request: dict[str, Any]) -> dict[str, Any]:
        query = schemas.supervision.Orders.read(request)
        with self._room(reading=True) as room:
            return supervising.orders(query, current().principal, room)

    @rpc
    def issue_order(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.supervision.Issue.read(request)
        only("admin", "supervisor")
        with self._room() as room:
            return supervising.issue(command, current().principal, room)

    @rpc
    def act_on_order(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.supervision.Act.read(request)
        with self._room() as room:
            return supervising.act(command, current().principal, room)

    @rpc
    def publish_succession(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.supervision.Succession.read(request)
        only("admin")
        with self._room() as room:
            return succeeding.succeed(command, room)

    @rpc
    def preview_succession(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.supervision.Succession.read(request)
        only("admin")
        with self._room(reading=True) as room:
            return succeeding.preview(command, room)

    @rpc
    def successions(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        only("admin", "supervisor")
        with self._room(reading=True) as room:
            return succeeding.successions(room)

    @rpc
    def sweep(self, request: dict[str, Any]) -> dict[str, Any]:
        telling.daily(self.told, self._room)
        return watching.sweep(schemas.Limit.read(request)["limit"], self._room)
