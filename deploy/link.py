"""Makes the source roots importable in the virtual environment and puts the `gdbos` command there.

A path file and a four-line script do what an editable installation would, without building a package.
"""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMAND = """#!{python}
import sys
from gdbos_runtime.cli.main import main
sys.exit(main())
"""


def link() -> None:
    paths = Path(sysconfig.get_paths()["purelib"]) / "gdbos.pth"
    paths.write_text(f"{ROOT}\n{ROOT / 'libs'}\n")
    command = Path(sys.executable).parent / "gdbos"
    command.write_text(COMMAND.format(python=sys.executable))
    command.chmod(0o755)


if __name__ == "__main__":
    link()
