"""The catalogue's tables and queries."""
