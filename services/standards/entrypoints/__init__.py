"""Entrypoints by noun; `service.py` puts them together."""
