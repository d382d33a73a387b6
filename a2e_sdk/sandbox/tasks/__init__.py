"""Families of tasks in the sandbox: what differs between them, and the operations they share.

This package owns the prices, results and lists of the engines. Which families there are is said by
the table of the facade, ``_wire.family_table``; families with rules of their own are in
``sections``, which imports this package, as ``services`` does.
"""
