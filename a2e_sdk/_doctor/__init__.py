"""Examination of a set-up: why the SDK can't do its work here, and what to do about it.

This package owns the checks that ``a2e doctor`` prints. What is read of the environment is judged
by pure modules (``settings``, ``packages``, ``certificates``, ``checks``); the network is probed in
``network`` and ``account``, the computer in ``computer``, and ``examination`` has the order and the
deadline. It sends the key by the client alone, which sends it to the API only, and leaves printing
to the command, which alone imports it.
"""
