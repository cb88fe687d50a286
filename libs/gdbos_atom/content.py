"""What a text carries: its encoding undone, its content told by media type (JSON Schema Validation §8).

Encodings are those that JSON Schema refers to: RFC 4648 (base16, base32, base64, base64url), each in its one
canonical spelling, and RFC 2045 (7bit, 8bit, binary, quoted-printable). JSON is parsed; of pictures and files the
signature is looked at (WHATWG MIME Sniffing §6). What nobody here can read is not confirmed to be anything.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

import jsonschema_rs

_DRAFT7 = {"$schema": "http://json-schema.org/draft-07/schema#"}
_IS_JSON = jsonschema_rs.Draft7Validator({**_DRAFT7, "contentMediaType": "application/json"}).is_valid
"""The engine that asserts draft 7 schemas: two readers of JSON would be one too many."""
_PRINTED = re.compile(r"(?:[\t -<>-~]|=[0-9A-F]{2}|=?\r?\n)*", re.ASCII)


def _plain(text: str) -> bytes:
    """A text whose characters are bytes, as binary content has them; any other in UTF-8."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode()


def _canonical(decode: Callable[[str], bytes], encode: Callable[[bytes], bytes]) -> Callable[[str], bytes]:
    """Only what encoding gives again: no spaces, no stray bits."""

    def read(text: str) -> bytes:
        content = decode(text)
        if encode(content).decode() != text:
            raise ValueError
        return content

    return read


def _unpadded(text: str) -> bytes:
    content = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if base64.urlsafe_b64encode(content).decode().rstrip("=") != text.rstrip("="):
        raise ValueError
    return content


def _quoted(text: str) -> bytes:
    if not _PRINTED.fullmatch(text):
        raise ValueError
    return binascii.a2b_qp(text)


_READ: Mapping[str, Callable[[str], bytes]] = MappingProxyType(
    {
        "": _plain,
        "8bit": _plain,
        "binary": _plain,
        "7bit": lambda text: text.encode("ascii"),
        "quoted-printable": _quoted,
        "base16": _canonical(base64.b16decode, base64.b16encode),
        "base32": _canonical(base64.b32decode, base64.b32encode),
        "base64": _canonical(base64.b64decode, base64.b64encode),
        "base64url": _unpadded,
    }
)
_WRITE: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType(
    {
        "quoted-printable": lambda content: binascii.b2a_qp(content, istext=False),
        "base16": base64.b16encode,
        "base32": base64.b32encode,
        "base64": base64.b64encode,
        "base64url": base64.urlsafe_b64encode,
    }
)
_SIGNATURES: Mapping[str, bytes] = MappingProxyType(
    {
        "image/png": b"\x89PNG\r\n\x1a\n",
        "image/jpeg": b"\xff\xd8\xff",
        "image/gif": b"GIF8",
        "image/bmp": b"BM",
        "application/pdf": b"%PDF-",
        "application/zip": b"PK\x03\x04",
        "application/gzip": b"\x1f\x8b\x08",
        "audio/mpeg": b"ID3",
        "video/webm": b"\x1a\x45\xdf\xa3",
    }
)


def normal_content(encoding: object, media_type: object) -> list[str]:
    """[encoding, media type] as they are compared: lower case, without parameters; "" where nothing is asked."""
    return [
        each.partition(";")[0].strip().lower() if isinstance(each, str) else ""
        for each in (encoding, media_type)
    ]


def holds_content(text: str, encoding: str, media_type: str) -> bool:
    """Whether the text is so encoded, and its content is of the media type. Both as `normal_content` gives them."""
    try:
        content = _READ[encoding](text)
    except (KeyError, ValueError):
        return False
    return not media_type or _is(media_type, content)


def example_of(encoding: str, media_type: str) -> str:
    """The least text that is so encoded and of that media type; of what nobody reads, any."""
    content = b"{}" if _json(media_type) else _SIGNATURES.get(media_type, b"a")
    return _WRITE[encoding](content).decode() if encoding in _WRITE else content.decode("latin-1")


def _json(media_type: str) -> bool:
    return media_type == "application/json" or media_type.endswith("+json")


def _is(media_type: str, content: bytes) -> bool:
    if media_type in _SIGNATURES:
        return content.startswith(_SIGNATURES[media_type])
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    return bool(_IS_JSON(text)) if _json(media_type) else media_type.startswith("text/")
