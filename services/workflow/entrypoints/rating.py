"""好差評."""

from __future__ import annotations

import secrets
from typing import Any

from gdbos_runtime.context import current
from gdbos_runtime.rpc import rpc
from services.workflow import schemas
from services.workflow.entrypoints.base import Base
from services.workflow.handlers import rating


class Rating(Base):
    """好差評: what applicants say, and what agencies do about it."""

    @rpc
    def rate(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.cases.Rate.read(request)
        with self._room() as room:
            return rating.rate(command, secrets.token_hex(8), current().principal, room)

    @rpc
    def withdraw_rating(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.cases.RatingKey.read(request)
        with self._room() as room:
            return rating.withdraw(command, current().principal, room)

    @rpc
    def bad_ratings(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        with self._room(reading=True) as room:
            return rating.bad(current().principal, room.ratings)

    @rpc
    def handle_rating(self, request: dict[str, Any]) -> dict[str, Any]:
        command = schemas.cases.HandleRating.read(request)
        with self._room() as room:
            return rating.handle(command, current().principal, room)

    @rpc
    def rating_figures(self, request: dict[str, Any]) -> dict[str, Any]:
        schemas.Nothing.read(request)
        with self._room(reading=True) as room:
            return rating.figures(room.ratings)
