"""What the handlers need; the adapters provide it. By noun."""

from services.standards.ports.publishing import Compatibility, Schedule, Subjects, Templates, Work
from services.standards.ports.registry import CodeLists, Crosswalks, Registry
from services.standards.ports.users import Holders, Named, TwinVerdicts, Uses

__all__ = [
    "CodeLists",
    "Compatibility",
    "Crosswalks",
    "Holders",
    "Named",
    "Registry",
    "Schedule",
    "Subjects",
    "Templates",
    "TwinVerdicts",
    "Uses",
    "Work",
]
