"""Entry point of `gdbos`. Patches the standard library before anything else is imported."""

from __future__ import annotations

import importlib
import sys
import warnings

warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

import eventlet  # noqa: E402

eventlet.monkey_patch(all=True, psycopg=True)

import typer  # noqa: E402

from gdbos_runtime import logs  # noqa: E402
from gdbos_runtime.cli.output import Refused, fail  # noqa: E402
from gdbos_runtime.settings import Settings, use  # noqa: E402

VERBS = (
    "run",
    "pack",
    "exchange",
    "demo",
    "dead",
    "audit",
    "doctor",
    "standards",
    "process",
    "reengineering",
    "dmn",
)
"""Modules of this package; each has `register(app)`."""

app = typer.Typer(
    add_completion=False, no_args_is_help=True, help="Operating system for government business."
)


def main() -> None:
    """Run one verb: exit 0 done, 1 found wanting, 2 bad input (one line on stderr)."""
    try:
        settings = Settings.from_env()
    except ValueError as error:
        fail(str(error))
    use(settings)
    logs.configure(settings.log_level)
    for verb in VERBS:
        importlib.import_module(f"gdbos_runtime.cli.{verb}").register(app)
    try:
        code = app(standalone_mode=False)  # where it stands alone no more, click returns what Exit carried
    except Refused as error:
        fail(str(error))
    except typer.Abort:
        sys.exit(130)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        if not error.format_message() and getattr(error, "ctx", None):  # a group without its verb
            print(error.ctx.get_help())  # type: ignore[attr-defined]
            sys.exit(2)
        fail(error.format_message())  # a usage error of click
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
