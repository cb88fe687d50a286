"""Uploaded files: content-addressed on disk, owned in the table."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa

from gateway.adapters import orm
from gdbos_contracts.errors import BadInput, Fault, NotFound, TooLarge
from gdbos_contracts.principal import Principal
from gdbos_runtime.db import Session

LIMIT = 20 * 1024 * 1024
MAGIC: Mapping[bytes, str] = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
}
"""What may be uploaded is decided by the first bytes, never by the name or the declared type."""


class FileStore:
    """Stores under <data>/files/<first two of sha256>/<sha256>, synced before it is acknowledged."""

    def __init__(self, db: Session, folder: Path) -> None:
        self._db = db
        self._folder = folder

    def save(self, stream: IO[bytes], name: str, owner: Principal) -> dict[str, Any]:
        """{id, sha256, media_type, size, name}; BadInput for a type that is not allowed."""
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._folder / f".{secrets.token_hex(8)}"
        try:
            sha256, size, media_type = self._write(stream, draft)
            target = self._folder / sha256[:2] / sha256
            target.parent.mkdir(exist_ok=True)
            os.replace(draft, target)
            _sync_folder(target.parent)
        finally:
            draft.unlink(missing_ok=True)
        row = {
            "id": secrets.token_urlsafe(18),
            "owner": owner.id,
            "sha256": sha256,
            "media_type": media_type,
            "size": size,
            "name": _named(name),
        }
        with self._db() as work:
            work.connection.execute(sa.insert(orm.file), {**row, "at": work.at})
            work.audit("file.save", str(row["id"]), sha256=sha256, size=size)
            work.commit()
        return {k: v for k, v in row.items() if k != "owner"}

    def describe(self, id: str, owner: Principal) -> dict[str, Any]:
        """The descriptor of a file of `owner`; NotFound for anybody else's."""
        with self._db.read() as work:
            row = work.connection.execute(
                sa.select(orm.file).where(orm.file.c.id == id, orm.file.c.owner == owner.id)
            ).first()
        if row is None:
            raise NotFound
        return {k: row._mapping[k] for k in ("id", "sha256", "media_type", "size", "name")}

    def path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    @staticmethod
    def _write(stream: IO[bytes], draft: Path) -> tuple[str, int, str]:
        digest, size, media_type = hashlib.sha256(), 0, ""
        with draft.open("wb") as out:
            while chunk := stream.read(1 << 16):
                if not media_type:
                    media_type = _media_type(chunk)
                size += len(chunk)
                if size > LIMIT:
                    raise TooLarge
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        if not size:
            raise _unfit("empty", "文件为空", "檔案為空", "The file is empty")
        return digest.hexdigest(), size, media_type


def _named(name: str) -> str:
    """The last part of what the client calls the file, of characters that can be shown."""
    shown = "".join(filter(str.isprintable, name.replace("\\", "/")))
    return Path(shown).name[:200] or "file"


def _media_type(head: bytes) -> str:
    for magic, media_type in MAGIC.items():
        if head.startswith(magic):
            return media_type
    raise _unfit(
        "media_type",
        "只接受 PDF、PNG、JPEG 文件",
        "只接受 PDF、PNG、JPEG 檔案",
        "Only PDF, PNG and JPEG files are accepted",
    )


def _unfit(code: str, hans: str, hant: str, en: str) -> BadInput:
    return BadInput(faults=[Fault("/file", code, {"zh-Hans": hans, "zh-Hant": hant, "en": en})])


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
