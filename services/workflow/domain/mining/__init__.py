"""Process mining 流程挖掘: the log of what happened, its variants and bottlenecks, and its export."""

from services.workflow.domain.mining.arrivals import YEAR, profile
from services.workflow.domain.mining.exporting import ocel, xes
from services.workflow.domain.mining.log import Entry, Trace
from services.workflow.domain.mining.variants import variants

__all__ = ["YEAR", "Entry", "Trace", "ocel", "profile", "variants", "xes"]
