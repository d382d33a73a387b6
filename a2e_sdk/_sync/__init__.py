"""The blocking client, written by ``nox -s generate`` from ``_async``.

Edit there, never here; ``concurrency`` alone is written by hand.
"""
