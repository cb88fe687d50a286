"""The command `gdbos`: one file per verb."""
