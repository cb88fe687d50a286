"""Writes gateway/openapi.yaml anew; `make openapi`."""

from __future__ import annotations

import warnings

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

from gateway.spec import FILE, generated  # noqa: E402

if __name__ == "__main__":
    FILE.write_text(generated(), encoding="utf-8")
    print(f"wrote {FILE.name}")
