"""Faults: what goes wrong on purpose, and for which request.

This package owns the kinds of faults and the queue of those that wait. A fault changes a reply; it
is acted out by ``http`` or the transport. The sandbox, its
handling of requests and ``control`` import it.
"""
