"""Bodies and parameters of the API, by noun; the OpenAPI document is generated from them."""

from gateway.schemas import (
    applications,
    desk,
    engine,
    items,
    reengineering,
    serving,
    sessions,
    sources,
    standards,
    supervision,
)
from gateway.schemas.shared import REGION, AnyObject, Paged, Problem, region

__all__ = [
    "AnyObject",
    "Paged",
    "Problem",
    "REGION",
    "applications",
    "desk",
    "engine",
    "items",
    "reengineering",
    "region",
    "serving",
    "sessions",
    "sources",
    "standards",
    "supervision",
]
