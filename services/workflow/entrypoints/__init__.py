"""Nameko entrypoints by noun; service.py puts them together."""
