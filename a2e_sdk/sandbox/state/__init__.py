"""The state of a sandbox: clock, ids, coins, settings, records and the log of requests.

This package owns what all operations share and what a reset clears. What an operation does with it
is left to ``tasks`` and ``sections``, which import it.
"""
