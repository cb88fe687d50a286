"""Plumbing without a business noun: settings, host, broker, database, unit of work, RPC, CLI."""
