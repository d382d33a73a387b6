"""The progress of calls: how it is counted, how often it is shown, and where.

This package owns what ``progress=`` of a call does. It stands on the functions that calls tell
anyway, such as ``on_update``, and decides nothing for them. The clients may import it; the terminal
commands have displays of their own.
"""
