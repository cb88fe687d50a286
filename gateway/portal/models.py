"""Model files, BPMN or DMN, as a form brings them: uploaded, or as the text of a field."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request

from gdbos_contracts.errors import BadInput, Fault, GdbosError, TooLarge
from gdbos_contracts.text import LANGUAGES

LARGEST = 10 * 1024 * 1024


def uploaded(name: str) -> str:
    """The text of a file: BadInput when it is none or not UTF-8, TooLarge over 10 MB."""
    file = request.files.get(name)
    content = file.stream.read(LARGEST + 1) if file else b""
    if len(content) > LARGEST:
        raise TooLarge
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(faults=[_fault(name, "encoding", *_ENCODING)]) from error
    if not text.strip():
        raise BadInput(faults=[_fault(name, "required", *_EMPTY)])
    return text


def given(name: str) -> str:
    """The file of `name`_file when one was chosen, else the text of the field `name`."""
    file = request.files.get(f"{name}_file")
    if file and file.filename:
        return uploaded(f"{name}_file")
    text = request.form.get(name, "")
    if not text.strip():
        raise BadInput(faults=[_fault(name, "required", *_EMPTY)])
    return text


def told(error: GdbosError) -> Sequence[Fault]:
    """What is wrong, each at its place; an error that names no place is a fault of the whole."""
    detail = error.detail
    whole = Fault("", error.code, dict.fromkeys(LANGUAGES, detail) if isinstance(detail, str) else detail)
    return error.faults or [whole]


_ENCODING = ("文件不是 UTF-8", "檔案不是 UTF-8", "The file is not UTF-8")
_EMPTY = ("请选择文件", "請選擇檔案", "Choose a file")


def _fault(name: str, code: str, hans: str, hant: str, english: str) -> Fault:
    return Fault(f"/{name}", code, {"zh-Hans": hans, "zh-Hant": hant, "en": english})
