"""The other services as one item needs them, for cases moved by the handlers without a broker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gdbos_contracts.errors import Fault
from services.workflow.adapters.clients import StandardsClient
from services.workflow.ports import Others

Json = Mapping[str, Any]
AGENCY = "11440305MB2X01023X"
OWED = {"id": "owed", "name": {"zh-Hans": "后补材料"}, "necessity": "deferrable", "licence_type": None}
VERSION = {
    "code": "item",
    "version": 1,
    "name": {"zh-Hans": "事项"},
    "agency": {"code": AGENCY, "name": {"zh-Hans": "部门"}},
    "audience": [],
    "correction": {"days": 15},
    "documents": [],
    "handling": {"deferral": {"days": 3}},
    "result": {"kind": "document", "name": {"zh-Hans": "结果"}, "licence_type": None, "valid_months": None, "face": []},
}  # fmt: skip
LIMITS = {"statutory": {"days": 20, "unit": "working_day"}, "promised": {"days": 10, "unit": "working_day"}}


class OneItem:
    """catalog, standards and hub in one: an item `item` of one deferrable material, run by `process`; `handling`
    beside what every such item has."""

    def __init__(self, process: str, **handling: Any) -> None:
        base = {"deferral": {"days": 3}, **handling}
        self._version = {**VERSION, "process": {"id": process}, "handling": base}

    def others(self) -> Others:
        return Others(self, self, self)

    def situation(self, code: str, region: str, situation: str) -> Json:
        return {
            "version": self._version,
            "situation": "",
            "choices": [],
            "elements": [],
            "materials": [{**OWED, "max_files": 1, "accept": ["application/pdf"]}],
            "clocks": LIMITS,
        }

    def bundle_situation(self, code: str, region: str, situation: str) -> Json:
        raise NotImplementedError

    def schema(self, elements: Sequence[Json]) -> Json:
        return {"properties": {}, "required": []}

    def explain(self, elements: Sequence[Json], data: Json) -> Sequence[Fault]:
        return []

    def violations(self, schema: Json, data: Json) -> Sequence[Fault]:
        return StandardsClient.violations(self, schema, data)  # type: ignore[arg-type]

    def prefill(self, subject: Json, elements: Sequence[str], consents: Sequence[str], purpose: Json) -> Json:
        return {"values": {}, "unreachable": []}

    def check_licences(self, claims: Sequence[Json], subject: Json) -> Sequence[Json]:
        return []

    def match(self, subject: Json, values: Json, purpose: Json) -> Json:
        return {"mismatches": [], "sources": {}}
