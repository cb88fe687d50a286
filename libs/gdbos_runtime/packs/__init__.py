"""Packs: approval items as data. Read a folder, show what it would change, install it, run its scenarios."""

from gdbos_runtime.packs.applying import Report, install, installed, installed_packs, plan
from gdbos_runtime.packs.reading import Pack, read
from gdbos_runtime.packs.verifying import verify

__all__ = ["Pack", "Report", "install", "installed", "installed_packs", "plan", "read", "verify"]
