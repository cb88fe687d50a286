"""Why a command could not go on."""

from __future__ import annotations

from gdbos_contracts.errors import Conflict, Fault


class Incident(Conflict):
    """The model and its data do not fit: no path open, an expression fails, an endless loop.

    Nothing of the command happened. The host keeps the incident with its cause and repeats after repair.
    """

    def __init__(self, element: str, reason: str, hans: str, hant: str, english: str) -> None:
        self.element = element
        self.reason = reason
        message = {
            "zh-Hans": f"流程节点 {element}：{hans}",
            "zh-Hant": f"流程節點 {element}：{hant}",
            "en": f"Process element {element}: {english}",
        }
        super().__init__(message, [Fault(f"/{element}", reason, message)])
