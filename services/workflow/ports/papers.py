"""What the handlers need to set the documents of a case in type, to sign them and to find them again."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from gdbos_contracts.errors import Fault

Json = Mapping[str, Any]


class CannotPrint(Exception):
    """A layout does not fit the values, or no font has a character; `args` are the code of a fault and its detail."""


class Typesetter(Protocol):
    """Sets type. The values of a case are data to a layout, never part of it."""

    @property
    def ready(self) -> bool:
        """Whether there is a font with Chinese characters."""
        ...

    def pdf(self, layout: str, paper: Json) -> bytes:
        """PDF/A-2a, the same bytes for the same layout and paper; "" is the built-in layout. CannotPrint."""
        ...

    def check(self, layout: str, names: Collection[str], pointer: str) -> list[Fault]:
        """Why a layout cannot be published: its language, a name outside of `names`, no text for those who listen."""
        ...

    def elements(self, layout: str) -> list[str]:
        """The data elements that a layout names."""
        ...


class Signer(Protocol):
    """Signs documents in the name of the house."""

    @property
    def ready(self) -> bool:
        """Whether there is a key to sign with."""
        ...

    @property
    def notice(self) -> str:
        """What has to stand on the paper about the key; "" when it is a real one."""
        ...

    def sign(self, pdf: bytes) -> bytes: ...
    def holds(self, pdf: bytes) -> bool:
        """Whether one of the keys of the house signed this file, all of it but the envelope of the signature."""
        ...


class Prints(Protocol):
    """Documents as signed files, and those that are still to be made."""

    def waits(self, now: datetime) -> bool:
        """Whether there is a file to be made."""
        ...

    def take(self, now: datetime, until: datetime, limit: int) -> Sequence[Json]:
        """The longest-waiting, for the caller alone until `until`; rows as of `source`."""
        ...

    def source(self, id: str) -> Json | None:
        """{id, case_no, kind, title, html, at, code, layout, facts} of one document."""
        ...

    def put(self, id: str, pdf: bytes, sha256: str, at: str) -> bool:
        """False when another was first: its file stands."""
        ...

    def fail(self, id: str, due: datetime | None) -> None:
        """It was tried in vain, and is to be tried again at `due`; None: when somebody says so."""
        ...

    def again(self, id: str) -> bool:
        """To be made at once; False when its file is there and stands."""
        ...

    def pdf(self, id: str) -> tuple[bytes, str] | None:
        """The file and the SHA-256 that was kept of it."""
        ...

    def known(self, id: str = "", sha256: str = "") -> Json | None:
        """{id, case_no, kind, title, at, code, sha256} by number or by what was made; sha256 None until then."""
        ...


@dataclass(frozen=True, slots=True)
class Press:
    """What turns a document into a signed file. `address` is where people reach this house."""

    typesetter: Typesetter
    signer: Signer
    address: str
