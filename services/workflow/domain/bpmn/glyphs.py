"""The small signs of BPMN as SVG paths around (0, 0): events for a radius of 18, gateways for half a width of 25."""

from __future__ import annotations

EVENT_GLYPHS = {
    "message": "M-9-6h18v12h-18zM-9-6l9 7l9-7",
    "timer": "M0-10a10 10 0 1 0 .01 0zM0-6v6l4 3",
    "signal": "M0-9l9 15h-18z",
    "error": "M-8 8l4-13l6 8l6-11l-4 13l-6-8z",
    "escalation": "M0-9l7 16l-7-7l-7 7z",
    "conditional": "M-6-8h12v16h-12zM-4-5h8M-4-1h8M-4 3h8",
    "link": "M-8-3h9v-4l7 7l-7 7v-4h-9z",
    "terminate": "M0-9a9 9 0 1 0 .01 0z",
    "compensate": "M0-6v12l-8-6zM8-6v12l-8-6z",
    "cancel": "M-7-7l14 14M7-7l-14 14",
}
GATEWAY_GLYPHS = {
    "exclusiveGateway": "M-7-8l14 16M7-8l-14 16",
    "parallelGateway": "M0-11v22M-11 0h22",
    "inclusiveGateway": "M0-10a10 10 0 1 0 .01 0z",
    "eventBasedGateway": "M0-11a11 11 0 1 0 .01 0zM0-7l6 5l-2 7h-8l-2-7z",
    "complexGateway": "M0-11v22M-11 0h22M-7-7l14 14M7-7l-14 14",
}
TASK_GLYPHS = {
    "userTask": "M0-8a4 4 0 1 0 .01 0zM-8 8c0-10 16-10 16 0z",
    "manualTask": "M-8 0h10v-3h-6M2 0v6h-8z",
    "serviceTask": "M0-8a8 8 0 1 0 .01 0zM0-3a3 3 0 1 0 .01 0z",
    "sendTask": "M-9-6h18v12h-18zM-9-6l9 7l9-7",
    "receiveTask": "M-9-6h18v12h-18zM-9-6l9 7l9-7",
    "scriptTask": "M-6-8h12v16h-12zM-3-4h6M-3 0h6M-3 4h6",
    "businessRuleTask": "M-9-7h18v14h-18zM-9-3h18M-3-3v10",
}
