"""四川省事项编码: catalogue code – division 12 – 000 – agency – n – nn.

`511A0148600000-511602000000-000-11511301008778255F-1-00`. The catalogue code comes in several shapes
(province + letter + digits, digits alone, letter-number-number); the agency should be a unified social
credit code, but real lists also hold organisation codes, cut codes and placeholders: those are faults.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gdbos_atom.identifiers import org_code, uscc
from gdbos_atom.identifiers.catalog_code import mask
from gdbos_atom.identifiers.check import Check
from gdbos_atom.identifiers.fault import IdentifierFault, fault, shifted

NAME = "sichuan_item"
_CATALOG = r"(?:51[0-9][A-Z][0-9]{8}(?:[0-9]{2})?|51[0-9]{10}(?:[0-9]{2})?|[A-Z]-[0-9]{6}-[0-9]{3,4}|[0-9][A-Z]-[0-9]{4}-[0-9]{5})"
PATTERN = rf"^{_CATALOG}-[0-9]{{12}}-[0-9]{{3}}-{uscc.PATTERN.strip('^$')}-[0-9]-[0-9]{{2}}$"

_FORM = re.compile(
    rf"(?P<catalog>{_CATALOG})-(?P<division>\d{{12}})-(?P<fixed>\d{{3}})-(?P<agency>.*)-(?P<kind>\d)-(?P<serial>\d\d)",
    re.ASCII,
)
_EXAMPLE = "511A0148600000-511602000000-000-11511301008778255F-1-00"


@dataclass(frozen=True, slots=True)
class SichuanItem:
    """The parts of one code, as written; `agency` may be faulty."""

    catalog: str
    division: str
    fixed: str
    agency: str
    kind: str
    serial: str


def parse(text: str) -> SichuanItem | None:
    """The parts of a code of this scheme, None when it is not one. The agency is not judged."""
    match = _FORM.fullmatch(text)
    return SichuanItem(**match.groupdict()) if match else None


def holds(text: str) -> bool:
    """Whether the agency's code holds; `text` already matches PATTERN."""
    item = parse(text)
    return item is not None and uscc.holds(item.agency)


def find(text: str) -> list[IdentifierFault]:
    """Why an invalid code is invalid."""
    if not text.strip():
        return [fault(NAME, "empty")]
    match = _FORM.fullmatch(text)
    if match is None:
        return [fault(NAME, "shape", rule=_EXAMPLE)]
    return _agency(match["agency"], match.start("agency"))


def _agency(agency: str, offset: int) -> list[IdentifierFault]:
    if org_code.CHECK.valid(agency):
        return [fault(NAME, "old_org_code", part="agency", at=offset + 1)]
    return shifted(uscc.CHECK.check(agency), offset, "agency")


CHECK = Check(NAME, "四川省一体化政务服务平台", PATTERN, find, mask, holds)
