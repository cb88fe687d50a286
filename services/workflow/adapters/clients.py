"""The other services as the handlers see them, with what may be remembered of their answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from gdbos_atom.validation import Validator
from gdbos_contracts.errors import Fault, InFlight
from gdbos_runtime.cache import PublishedCache, TtlCache
from gdbos_runtime.rpc import Caller

Json = Mapping[str, Any]
SECONDS = 2.0


class Remembered:
    """What outlives a request: situations for two seconds (or until an item is published), schemas for ever."""

    def __init__(self) -> None:
        self.situations: TtlCache[Json] = TtlCache(SECONDS, 5000)
        self.schemas: PublishedCache[Json] = PublishedCache(2000)
        self.validators: PublishedCache[Validator] = PublishedCache(2000)


class CatalogClient:
    def __init__(self, caller: Caller, remembered: Remembered) -> None:
        self._caller = caller
        self._remembered = remembered

    def situation(self, code: str, region: str, situation: str) -> Json:
        request = {"code": code, "region": region, "situation": situation}
        return self._remembered.situations.get(
            ("item", code, region, situation), lambda: self._caller.call("situation", request)
        )

    def bundle_situation(self, code: str, region: str, situation: str) -> Json:
        request = {"code": code, "region": region, "situation": situation}
        return self._remembered.situations.get(
            ("bundle", code, region, situation), lambda: self._caller.call("bundle_situation", request)
        )


class StandardsClient:
    """Schemas come from standards once; validation runs here (law 7: the hot path is one RPC)."""

    def __init__(self, caller: Caller, remembered: Remembered) -> None:
        self._caller = caller
        self._remembered = remembered

    def schema(self, elements: Sequence[Json]) -> Json:
        wanted = [{k: e[k] for k in ("element", "version", "required")} for e in elements]
        return self._remembered.schemas.get(
            _key(elements), lambda: self._caller.call("schema", {"elements": wanted})["schema"]
        )

    def explain(self, elements: Sequence[Json], data: Json) -> Sequence[Fault]:
        if not elements:
            return []
        validator = self._remembered.validators.get(_key(elements), lambda: Validator(self.schema(elements)))
        return _faults(validator, data)

    def violations(self, schema: Json, data: Json) -> Sequence[Fault]:
        return _faults(Validator(schema), data)


def _key(elements: Sequence[Json]) -> tuple[tuple[Any, ...], ...]:
    return tuple((e["element"], e["version"], e["required"]) for e in elements)


def _faults(validator: Validator, data: Json) -> Sequence[Fault]:
    if validator.verdict(data):
        return []
    return [Fault(v.pointer, v.code, v.message) for v in validator.explain(data)]


class HubClient:
    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def prefill(self, subject: Json, elements: Sequence[str], consents: Sequence[str], purpose: Json) -> Json:
        request = {
            "subject": dict(subject),
            "elements": list(elements),
            "consents": list(consents),
            "purpose": dict(purpose),
        }
        return self._caller.call("prefill", request)

    def check_licences(self, claims: Sequence[Json], subject: Json) -> Sequence[Json]:
        request = {"licences": [dict(claim) for claim in claims], "subject": dict(subject)}
        checks: Sequence[Json] = self._caller.call("check_licences", request)["checks"]
        return checks

    def match(self, subject: Json, values: Json, purpose: Json) -> Json:
        request = {"subject": dict(subject), "values": dict(values), "purpose": dict(purpose)}
        return self._caller.call("match", request)


class FlightBoard:
    """Keys under way in this process; between processes the row of the key decides."""

    def __init__(self) -> None:
        self._held: set[tuple[str, str]] = set()

    @contextmanager
    def hold(self, principal: str, key: str) -> Iterator[None]:
        entry = (principal, key)
        if entry in self._held:
            raise InFlight
        self._held.add(entry)
        try:
            yield
        finally:
            self._held.discard(entry)
