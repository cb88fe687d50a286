"""The editors' packages in the vendor folder; `make assets` puts them there, and every page works without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

FOLDER = Path(__file__).with_name("static") / "vendor"
PARTS: Mapping[str, Sequence[str]] = {
    "bpmn-js": (
        "dist/assets/diagram-js.css",
        "dist/assets/bpmn-js.css",
        "dist/assets/bpmn-font/css/bpmn.css",
        "dist/bpmn-modeler.production.min.js",
    ),
    "dmn-js": (
        "dist/assets/diagram-js.css",
        "dist/assets/dmn-js-shared.css",
        "dist/assets/dmn-js-drd.css",
        "dist/assets/dmn-js-decision-table.css",
        "dist/assets/dmn-js-decision-table-controls.css",
        "dist/assets/dmn-js-literal-expression.css",
        "dist/assets/dmn-js-boxed-expression.css",
        "dist/assets/dmn-js-boxed-expression-controls.css",
        "dist/assets/dmn-font/css/dmn.css",
        "dist/dmn-modeler.production.min.js",
    ),
}
"""Package → what a page links, in that order."""


def assets(package: str) -> list[str]:
    """Their names under /static; [] when any of them is absent."""
    names = [f"vendor/{package}/{part}" for part in PARTS[package]]
    return names if all((FOLDER.parent / name).is_file() for name in names) else []
