"""One typed object with every setting; the environment is read here and nowhere else."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

SERVICES = ("standards", "catalog", "datahub", "workflow", "gateway")


def _env(name: str, default: Any, doc: str) -> Any:
    return field(default=default, metadata={"env": name, "doc": doc})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, each with its environment variable, default and meaning in the field's metadata."""

    amqp_uri: str = _env("GDBOS_AMQP_URI", "embedded://", "broker; embedded:// runs inside the process")
    database_url: str = _env(
        "GDBOS_DATABASE_URL", "", "PostgreSQL URL; empty = SQLite files in the data folder"
    )
    data: Path = _env("GDBOS_DATA", Path("var"), "state folder: databases, uploads, secret")
    host: str = _env("GDBOS_HOST", "127.0.0.1", "address the HTTP server binds")
    port: int = _env("GDBOS_PORT", 8000, "port of the HTTP server; -1 = no HTTP")
    workers: int = _env("GDBOS_WORKERS", 1, "worker processes; more than one needs RabbitMQ and PostgreSQL")
    max_workers: int = _env("GDBOS_MAX_WORKERS", 20, "concurrent workers of one service in one process")
    log_level: str = _env("GDBOS_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR")
    environment: str = _env("GDBOS_ENVIRONMENT", "development", "development creates demonstration accounts")
    rpc_deadline: float = _env("GDBOS_RPC_DEADLINE", 10.0, "seconds a gateway request may take in all")
    receipt_after: float = _env(
        "GDBOS_RECEIPT_AFTER", 8.0, "seconds until an unreceipted event is published again"
    )
    retry_delays: tuple[float, ...] = _env(
        "GDBOS_RETRY_DELAYS", (1.0, 10.0, 60.0, 600.0, 3600.0), "seconds before each retry of a failed event"
    )
    max_connections: int = _env("GDBOS_MAX_CONNECTIONS", 512, "HTTP connections held at once")
    proxies: int = _env(
        "GDBOS_PROXIES", 0, "reverse proxies in front, whose X-Forwarded-For and -Proto are believed"
    )
    anonymous_per_minute: int = _env(
        "GDBOS_ANONYMOUS_PER_MINUTE",
        60_000,
        "requests of one address that is not signed in, in each gateway process; 0 = any number",
    )
    guesses_per_minute: int = _env(
        "GDBOS_GUESSES_PER_MINUTE",
        60,
        "wrong passwords, codes and numbers of one address or account, in each gateway process; 0 = any number",
    )
    secret: str = _env(
        "GDBOS_SECRET", "", "key that signs principals between services; made in the data folder if empty"
    )
    public_url: str = _env(
        "GDBOS_PUBLIC_URL", "", "address people reach the house at, on documents; empty = host and port"
    )
    signing_pem: str = _env(
        "GDBOS_SIGNING_PEM",
        "",
        "key, certificate and former certificates that sign documents; empty in development = one is made",
    )
    crash_at: str = _env(
        "GDBOS_CRASH_AT", "", "name of the crash point at which the process kills itself (tests)"
    )
    now: str = _env("GDBOS_NOW", "", "fixed start of the clock, RFC 3339 (tests and demonstrations)")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
        """Read the environment; ValueError names the variable whose value cannot be read."""
        environ = os.environ if environ is None else environ
        values: dict[str, Any] = {}
        for item in fields(cls):
            text = environ.get(item.metadata["env"])
            if text:
                values[item.name] = _convert(item.metadata["env"], item.default, text)
        return cls(**{**values, **overrides})

    @classmethod
    def current(cls) -> Settings:
        """The settings of this process: those given to `use`, else the environment's."""
        global _current
        if _current is None:
            _current = cls.from_env()
        return _current

    @property
    def embedded(self) -> bool:
        return self.amqp_uri.startswith("embedded:")

    @property
    def address(self) -> str:
        """Where people reach the house, without a slash at the end."""
        port = f":{self.port}" if self.port > 0 else ""
        return self.public_url.rstrip("/") or f"http://{self.host}{port}"

    def signing_key(self) -> bytes:
        """The shared secret; created once with mode 0600 when none is given."""
        if self.secret:
            return self.secret.encode()
        path = self.data / "secret.key"
        if not path.exists():
            self.data.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(f".{os.getpid()}")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_hex(32))
            try:
                os.link(draft, path)  # fails if another process was first: its secret stands
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_bytes()


_current: Settings | None = None


def use(settings: Settings | None) -> None:
    """Make these the settings of this process."""
    global _current
    _current = settings


def _convert(name: str, default: Any, text: str) -> Any:
    try:
        if isinstance(default, tuple):
            return tuple(float(part) for part in text.split(","))
        return type(default)(text)
    except ValueError as error:
        raise ValueError(f"{name}={text!r} is not a {type(default).__name__}") from error
