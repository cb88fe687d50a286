"""The table of settings in deploy/README.md is the one that the settings make."""

from __future__ import annotations

import importlib.util

from support.house import ROOT


def test_the_table_is_current() -> None:
    spec = importlib.util.spec_from_file_location("settings_table", ROOT / "deploy" / "settings.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text = (ROOT / "deploy" / "README.md").read_text(encoding="utf-8")
    assert text == module.with_table(text), "run python deploy/settings.py"
