"""Options: those that several commands share, and those made from the arguments of a start.

This package owns their names, help and checks. It leaves which command has which to ``commands``,
which imports it together with ``steps``; it imports nothing of either.
"""
