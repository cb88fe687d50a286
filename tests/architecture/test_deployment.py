"""What deploy/ starts is what the house has: its settings, its verbs, its paths."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml
from support.house import ROOT

from gdbos_runtime.cli.main import VERBS
from gdbos_runtime.settings import Settings

FILES = [ROOT / "deploy" / "compose.yaml", *sorted((ROOT / "deploy" / "k8s").glob("*.yaml"))]
NAMES = {path.name for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=sorted(NAMES))
def test_every_setting_named_is_one(path: Path) -> None:
    known = {field.metadata["env"] for field in fields(Settings)}
    assert set(re.findall(r"\bGDBOS_[A-Z_]+", path.read_text())) <= known


@pytest.mark.parametrize("path", FILES, ids=sorted(NAMES))
def test_every_role_is_a_verb(path: Path) -> None:
    named = [verb for document in yaml.safe_load_all(path.read_text()) for verb in roles(document)]
    assert named and set(named) <= {*VERBS, "migrate"}


def roles(document: object) -> list[str]:
    """The first word of every `command` (compose) and `args` (Kubernetes) anywhere in it."""
    if isinstance(document, list):
        return [verb for each in document for verb in roles(each)]
    if not isinstance(document, dict):
        return []
    own = [
        value[0] for key, value in document.items() if key in ("command", "args") and isinstance(value, list)
    ]
    return own + [verb for value in document.values() for verb in roles(value)]
