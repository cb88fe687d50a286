"""The bag of an archived case: what it holds is checked by anybody, without us; nothing that does not fit leaves."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from gateway.bags import pack
from gdbos_contracts.errors import Damaged

TEXT = '{"case":"N1"}'
PDF, SCAN = b"%PDF-1.7 paper", b"\x89PNG scan"


class Folder:
    def __init__(self, path: Path) -> None:
        self._path = path

    def path(self, sha256: str) -> Path:
        return self._path / sha256

    def keep(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        self.path(digest).write_bytes(content)
        return digest


def contents(folder: Folder) -> dict[str, Any]:
    return {
        "archive_no": "A-2026-10_years-000001", "case_no": "N1", "at": "2026-12-07T10:00:00+08:00",
        "retention": "10_years", "keep_until": "2036-12-31",
        "digest": hashlib.sha256(TEXT.encode()).hexdigest(), "text": TEXT,
        "documents": [
            {"id": "7", "kind": "denial", "html": "<p>不予</p>", "pdf": base64.b64encode(PDF).decode()},
            {"id": "8", "kind": "receipt", "html": "<p>收件</p>", "pdf": ""},
        ],
        "files": [{"material": "../../etc/passwd", "sha256": folder.keep(SCAN), "media_type": "image/png"}],
    }  # fmt: skip


def packed(given: dict[str, Any], folder: Folder) -> bytes:
    out = io.BytesIO()
    pack(given, folder, out)
    return out.getvalue()


def test_every_payload_file_is_in_the_manifest_with_its_digest_and_nothing_else_is_there(
    tmp_path: Path,
) -> None:
    folder = Folder(tmp_path)
    with zipfile.ZipFile(io.BytesIO(packed(contents(folder), folder))) as bag:
        held = {name: bag.read(name) for name in bag.namelist()}
    payload = {name: each for name, each in held.items() if name.startswith("data/")}
    lines = [line.split("  ", 1) for line in held["manifest-sha256.txt"].decode().splitlines()]
    listed = {name: digest for digest, name in lines}
    assert listed == {name: hashlib.sha256(each).hexdigest() for name, each in payload.items()}
    assert set(payload) == {
        "data/package.json", "data/documents/7-denial.html", "data/documents/7-denial.pdf",
        "data/documents/8-receipt.html", "data/files/001.png",
    }  # fmt: skip
    marks = held["tagmanifest-sha256.txt"].decode()
    for name in ("bagit.txt", "bag-info.txt", "manifest-sha256.txt"):
        assert f"{hashlib.sha256(held[name]).hexdigest()}  {name}\n" in marks
    size = sum(map(len, payload.values()))
    assert f"Payload-Oxum: {size}.{len(payload)}\n" in held["bag-info.txt"].decode()


def test_the_same_case_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert packed(contents(folder), folder) == packed(contents(folder), folder)


def test_nothing_leaves_that_is_gone_or_altered(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    given = contents(folder)
    with pytest.raises(Damaged):
        packed({**given, "text": '{"case":"N2"}'}, folder)
    scan = folder.path(given["files"][0]["sha256"])
    scan.write_bytes(b"another")
    with pytest.raises(Damaged):
        packed(given, folder)
    scan.unlink()
    with pytest.raises(Damaged):
        packed(given, folder)
