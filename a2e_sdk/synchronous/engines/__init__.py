# Written by `nox -s generate` from asynchronous/engines/__init__.py: edit there, not here.
"""One module for each generation engine."""
