"""Bodies and parameters of the API, by noun; the OpenAPI document is generated from them."""

from gateway.schemas import applications, desk, items, sessions, sources, standards, supervision
from gateway.schemas.shared import REGION, AnyObject, Paged, Problem, region

__all__ = [
    "AnyObject",
    "Paged",
    "Problem",
    "REGION",
    "applications",
    "desk",
    "items",
    "region",
    "sessions",
    "sources",
    "standards",
    "supervision",
]
