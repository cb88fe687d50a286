"""What is wrong with a decision model."""

from __future__ import annotations


class DmnError(ValueError):
    """The file is no DMN model, or names a decision that it does not have."""
