"""The blocking client, written by ``nox -s generate`` from ``a2e_sdk.asynchronous``.

Edit there, never here; ``concurrency`` alone is written by hand.
"""
