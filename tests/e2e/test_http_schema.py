"""What the OpenAPI document promises is kept, whatever is sent: no 5xx, no undocumented answer, no bad body taken.

Short form in `make test`: the same cases each time. `make fault` (GDBOS_FAULT=long) spends five minutes of other
ones on each account.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.site import Site

SECONDS = 300
LONG = ("--max-time", str(SECONDS), "--generation-database", "none")
SHORT = ("--max-examples", "2", "--generation-deterministic")
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
CONFIG = Path(__file__).with_name("schemathesis.toml")


@pytest.mark.timeout(3 * SECONDS)
@pytest.mark.parametrize("username", ["citizen", "clerk-scjg", "agency-admin", "admin"])
def test_the_document_is_kept_by_every_operation(site: Site, username: str) -> None:
    """Left out: sessions, which would end the one in use, and streams, which do not end."""
    left_out = ("--exclude-path", "/api/v1/sessions", "--exclude-path-regex", "/events$")
    form = LONG if os.environ.get("GDBOS_FAULT") == "long" else SHORT
    manner = ("--phases", "coverage,fuzzing", *form, "--continue-on-failure")
    token = ("-H", f"Authorization: Bearer {site.sign_in(username)}")
    quiet = ("--no-color", "--warnings", "off", "-w", "1")
    document = f"{site.url}/api/v1/openapi.json"
    done = subprocess.run(
        [SCHEMATHESIS, "--config-file", CONFIG, "run", document, *token, *left_out, *manner, *quiet],
        capture_output=True,
        text=True,
        cwd=site.data,
        timeout=2 * SECONDS,
    )
    assert done.returncode == 0, done.stdout + done.stderr
