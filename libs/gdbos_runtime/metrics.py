"""Prometheus metrics of one process."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

REGISTRY = CollectorRegistry()
_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

RPC_SECONDS = Histogram(
    "gdbos_rpc_seconds",
    "Time to serve a call",
    ["service", "method", "outcome"],
    buckets=_SECONDS,
    registry=REGISTRY,
)
RPC_EXPIRED = Counter(
    "gdbos_rpc_expired", "Calls dropped after their deadline", ["service"], registry=REGISTRY
)
EVENTS_PUBLISHED = Counter("gdbos_events_published", "Outbox rows published", ["service"], registry=REGISTRY)
EVENTS_HANDLED = Counter(
    "gdbos_events_handled", "Inbox messages by outcome", ["service", "outcome"], registry=REGISTRY
)
PARKED = Counter("gdbos_parked", "Messages put into the parking lot", ["service"], registry=REGISTRY)
BREAKER_OPEN = Gauge(
    "gdbos_breaker_open", "1 while calls to the service are refused", ["service"], registry=REGISTRY
)
HTTP_CONNECTIONS = Gauge("gdbos_http_connections", "Connections held now", registry=REGISTRY)
SHELF_READS = Counter(
    "gdbos_shelf_reads", "Immutable answers given without the application", registry=REGISTRY
)
HUB_LAG = Gauge("gdbos_hub_lag_seconds", "How late the event loop woke a sleeper", registry=REGISTRY)


def exposition() -> bytes:
    return generate_latest(REGISTRY)
