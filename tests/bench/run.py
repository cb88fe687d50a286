"""`make bench`: every figure beside its floor or peer, in one run; also var/bench.json.

`python tests/bench/run.py SUBJECT…` measures only those subjects.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "libs"), str(ROOT / "tests")]

SUBJECTS = ("spine", "inbox", "compatibility", "registry", "engine", "documents")
"""Modules of this folder, each with `figures()`: prints its rows and returns them for the JSON."""


def main(subjects: list[str]) -> int:
    """2 for a subject that nobody measures."""
    unknown = sorted(set(subjects) - set(SUBJECTS))
    if unknown:
        print(f"no subject {', '.join(unknown)}; there are {', '.join(SUBJECTS)}", file=sys.stderr)
        return 2
    results: dict[str, Any] = {}
    for name in subjects or SUBJECTS:
        results[name] = importlib.import_module(f"bench.{name}").figures()
        print(f"\n{name}: {json.dumps(results[name])}", flush=True)
    target = ROOT / "var" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    held = json.loads(target.read_text()) if target.exists() else {}
    target.write_text(json.dumps({**held, **results}, indent=1))
    print(f"\nwrote {target.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
