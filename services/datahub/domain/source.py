"""A source (數據源): an agency's legacy table, mapped column by column to data elements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NewType

from gdbos_contracts.errors import BadInput
from gdbos_contracts.text import Text
from services.datahub.domain.faults import Reader

KINDS = ("sql", "csv")
UNCONDITIONAL = "unconditional"
SHARING = (UNCONDITIONAL, "consent", "withheld")


@dataclass(frozen=True, slots=True)
class Source:
    """`location` is a database URL (sql) or a file path (csv); {data} stands for the data folder.

    `subject` is the element that identifies whom a row is about and `columns` maps elements to
    columns, the subject included. `sharing` follows the sharing types 1 無條件 2 有條件 3 不予共享
    of the 政務信息資源目錄 guideline (2017); `ground` is the legal basis shown beside each value.
    """

    id: str
    agency: str
    name: Text
    kind: str
    location: str
    subject: str
    columns: Mapping[str, str]
    table: str = ""
    as_of: str = ""
    sharing: str = UNCONDITIONAL
    ground: Text | str = ""
    rank: int = 100
    encoding: str = ""
    timeout: float = 2.0
    contract: int = 0
    """The version of the data contract in which the rows are written; 0 without one."""

    @classmethod
    def from_data(cls, data: Mapping[str, Any], pointer: str = "") -> Source:
        """Read one declarative adapter; BadInput lists every fault with its pointer."""
        reader = Reader(data, pointer)
        source = cls(
            id=reader.take("id", str),
            agency=reader.take("agency", str),
            name=reader.take("name", (dict, str)),
            kind=reader.choice("kind", KINDS),
            location=reader.take("location", str),
            subject=reader.take("subject", str),
            columns=reader.texts("columns"),
            table=reader.take("table", str, ""),
            as_of=reader.take("as_of", str, ""),
            sharing=reader.choice("sharing", SHARING, UNCONDITIONAL),
            ground=reader.take("ground", (dict, str), ""),
            rank=reader.take("rank", int, 100),
            encoding=reader.take("encoding", str, ""),
            timeout=reader.take("timeout", (int, float), 2.0),
            contract=reader.take("contract", int, 0),
        )
        faults = reader.finish()
        if not faults and source.subject not in source.columns:
            reader.take("columns/" + source.subject, str)
        if not faults and source.kind == "sql" and not source.table:
            reader.take("table", int)
        if reader.faults:
            raise BadInput(faults=reader.faults)
        return source

    def to_data(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "agency": self.agency,
            "name": self.name,
            "kind": self.kind,
            "location": self.location,
            "subject": self.subject,
            "columns": dict(self.columns),
            "table": self.table,
            "as_of": self.as_of,
            "sharing": self.sharing,
            "ground": self.ground,
            "rank": self.rank,
            "encoding": self.encoding,
            "timeout": self.timeout,
            "contract": self.contract,
        }

    def governed(self) -> list[str]:
        """The elements that its sharing policy (共享政策) withholds, or gives out on consent alone."""
        return sorted(self.columns) if self.sharing != UNCONDITIONAL else []

    def offers(self, elements: set[str]) -> set[str]:
        """Which of `elements` this source can supply."""
        return set() if self.sharing == "withheld" else elements & set(self.columns)


KeptSource = NewType("KeptSource", Source)
"""One that its data contract lets in."""
