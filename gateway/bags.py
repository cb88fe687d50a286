"""An archive package as one file: a bag of RFC 8493 (BagIt 1.0) in a ZIP, checked by anybody with `sha256sum -c`.

The package and the papers it tells of lie under `data/`, the digests of all of them in `manifest-sha256.txt`; the
digest of `data/package.json` is the one in the sealed log. The same case gives the same bytes, so that two copies may
be compared, as long as no paper's file was made in between.
"""

from __future__ import annotations

import base64
import hashlib
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Protocol

from flask import Response, send_file

from gateway.parts import ask, parts
from gdbos_contracts.errors import Damaged

Json = Mapping[str, Any]
ZIP = "application/zip"
IN_MEMORY = 8 * 1024 * 1024
"""Bytes of a bag that are held without a file of our own."""
_CHUNK = 1 << 16
_ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


class Folder(Protocol):
    """Where uploaded files lie, by their digest."""

    def path(self, sha256: str) -> Path: ...


def bag_of(case_no: str) -> Response:
    """The bag of an archived case, named after its number in the archive."""
    found = ask("workflow", "archive_contents", {"case_no": case_no})
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - sent after we have returned
    pack(found, parts().files, file)
    file.seek(0)
    name = f"{found['archive_no']}.zip"
    response = send_file(file, mimetype=ZIP, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def pack(contents: Json, folder: Folder, out: IO[bytes]) -> None:
    """Write the bag. Damaged when a file is gone or is not what was filed."""
    at = datetime.fromisoformat(contents["at"])
    sums: dict[str, str] = {}
    size = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bag:
        for name, chunks in _payload(contents, folder):
            sums[name], length = _put(bag, name, chunks, at)
            size += length
        _check(contents, sums)
        tags = {
            "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
            "bag-info.txt": _info(contents, size, len(sums)),
            "manifest-sha256.txt": _listed(sums),
        }
        marks = {name: _put(bag, name, [text.encode()], at)[0] for name, text in tags.items()}
        _put(bag, "tagmanifest-sha256.txt", [_listed(marks).encode()], at)


def _payload(contents: Json, folder: Folder) -> Iterator[tuple[str, Iterator[bytes] | Sequence[bytes]]]:
    yield "data/package.json", [contents["text"].encode()]
    for paper in contents["documents"]:
        name = f"data/documents/{paper['id']}-{paper['kind']}"
        yield f"{name}.html", [paper["html"].encode()]
        if paper["pdf"]:
            yield f"{name}.pdf", [base64.b64decode(paper["pdf"])]
    for number, given in enumerate(contents["files"], 1):
        yield _name(number, given), _read(folder.path(given["sha256"]))


def _name(number: int, given: Json) -> str:
    """No name that somebody typed becomes a path: those are in the package."""
    return f"data/files/{number:03d}.{_ENDINGS.get(given['media_type'], 'bin')}"


def _read(path: Path) -> Iterator[bytes]:
    if not path.exists():
        raise Damaged
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _put(bag: zipfile.ZipFile, name: str, chunks: Any, at: datetime) -> tuple[str, int]:
    """The SHA-256 and the length of what was written; every entry bears the time of archiving."""
    entry = zipfile.ZipInfo(name, at.timetuple()[:6])
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    running, length = hashlib.sha256(), 0
    with bag.open(entry, "w") as file:
        for chunk in chunks:
            running.update(chunk)
            length += len(chunk)
            file.write(chunk)
    return running.hexdigest(), length


def _check(contents: Json, sums: Mapping[str, str]) -> None:
    filed = {_name(number, each): each["sha256"] for number, each in enumerate(contents["files"], 1)}
    wanted = {"data/package.json": contents["digest"], **filed}
    if any(sums[name] != digest for name, digest in wanted.items()):
        raise Damaged


def _info(contents: Json, size: int, count: int) -> str:
    return (
        f"External-Identifier: {contents['archive_no']}\n"
        f"Internal-Sender-Identifier: {contents['case_no']}\n"
        f"Bagging-Date: {contents['at'][:10]}\n"
        f"Retention: {contents['retention']}\n"
        f"Keep-Until: {contents['keep_until'] or 'for ever'}\n"
        f"Payload-Oxum: {size}.{count}\n"
    )


def _listed(sums: Mapping[str, str]) -> str:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
