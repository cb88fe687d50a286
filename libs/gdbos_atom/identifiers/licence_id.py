"""电子证照标识, GB/T 36904: root OID . licence type . issuer . serial . version . check character.

Licence type: code (18) of the ministry that defined it + 3 digits; issuer: unified social credit code;
serial: digits and capitals; version: 3 digits. The check character is ISO/IEC 7064 MOD 37,36 over type,
issuer, serial and version without the dots and without the root.
"""

from __future__ import annotations

import re

from gdbos_atom.identifiers import characters, uscc
from gdbos_atom.identifiers.characters import A36, DIGITS, scan
from gdbos_atom.identifiers.check import Check
from gdbos_atom.identifiers.fault import IdentifierFault, fault, shifted

NAME = "licence_id"
ROOT = "1.2.156.3005.2"
PATTERN = (
    r"^1\.2\.156\.3005\.2\.[0-9A-HJ-NPQRTUWXY]{18}[0-9]{3}\.[0-9A-HJ-NPQRTUWXY]{18}"
    r"\.[0-9A-Z]{1,64}\.[0-9]{3}\.[0-9A-Z]$"
)
_PARTS = 5


def check_character(body: str) -> str:
    """MOD 37,36 over digits and capitals."""
    product = 36
    for char in body:
        product = ((product + _VALUE[char]) % 36 or 36) * 2 % 37
    return A36[(37 - product) % 36]


_VALUE = {char: value for value, char in enumerate(A36)}


def holds(text: str) -> bool:
    """Whether the three checks hold; `text` already matches PATTERN."""
    kind, issuer, serial, version, check = text[len(ROOT) + 1 :].split(".")
    return (
        check_character(kind + issuer + serial + version) == check
        and uscc.CHECK.valid(kind[:18])
        and uscc.CHECK.valid(issuer)
    )


def find(text: str) -> list[IdentifierFault]:
    """Why an invalid identifier is invalid."""
    if not text.strip():
        return [fault(NAME, "empty")]
    if not text.startswith(ROOT + "."):
        return [fault(NAME, "root", part="root", at=1, value=ROOT + ".")]
    parts = text[len(ROOT) + 1 :].split(".")
    if len(parts) != _PARTS:
        return [fault(NAME, "parts", expected=_PARTS, separator=".", actual=len(parts))]
    return _parts(parts) or [fault(NAME, "check_digit", part="check", at=len(text))]


def _parts(parts: list[str]) -> list[IdentifierFault]:
    kind, issuer, serial, version, check = parts
    start = len(ROOT) + 1
    faults = shifted(uscc.CHECK.check(kind[:18]), start, "licence_type")
    faults += _shape("licence_type", kind[18:], DIGITS, 3, start + 18)
    start += len(kind) + 1
    faults += shifted(uscc.CHECK.check(issuer), start, "issuer")
    start += len(issuer) + 1
    if not re.fullmatch("[0-9A-Z]{1,64}", serial):
        faults += _shape("serial", serial, A36, max(1, min(len(serial), 64)), start)
    start += len(serial) + 1
    faults += _shape("version", version, DIGITS, 3, start)
    start += len(version) + 1
    faults += _shape("check", check, A36, 1, start)
    return faults


def _shape(part: str, text: str, alphabet: str, length: int, offset: int) -> list[IdentifierFault]:
    return shifted(scan(NAME, text, (alphabet,) * length), offset, part)


def mask(text: str) -> str:
    """The serial is starred: type, issuer and version tell nothing of the holder."""
    parts = text.split(".")
    if len(parts) != _PARTS + 5:
        return characters.mask(text, 4, 2)
    parts[7] = "*" * len(parts[7])
    return ".".join(parts)


CHECK = Check(NAME, "GB/T 36904-2018", PATTERN, find, mask, holds)
