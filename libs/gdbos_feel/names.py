"""Words with a meaning of their own, and names that hold blanks and are known everywhere."""

from __future__ import annotations

RESERVED = frozenset(
    {
        "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "between",
        "instance", "of", "function", "external",
    }
)  # fmt: skip
BUILTIN_NAMES = frozenset(
    {
        "date and time", "years and months duration", "string length", "upper case", "lower case",
        "substring before", "substring after", "starts with", "ends with", "list contains", "distinct values",
        "insert before", "index of", "list replace", "get value", "get entries", "context put", "context merge",
        "day of year", "day of week", "month of year", "week of year", "met by", "overlaps before",
        "overlaps after", "finished by", "started by", "string join", "round up", "round down", "round half up",
        "round half down", "is defined",
    }
)  # fmt: skip
PROPERTY_NAMES = frozenset({"time offset", "start included", "end included"})
