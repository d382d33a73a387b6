"""Faults: what goes wrong on purpose, by which name, and for which request."""
