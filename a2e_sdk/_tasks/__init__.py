"""Decisions about tasks: which page to read, when to poll, how to recover a lost start.

This package owns pagination, polling, recovery and what a client has learnt. It is pure except for
the locks of `client_state`; the clients do what it decides.
"""
