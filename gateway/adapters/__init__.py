"""Accounts, sessions and uploaded files."""
