"""The steps of commands that take minutes: submit, wait, download, and what was paid so far.

This package owns their order and what an interruption leaves behind. It leaves the names and help
of commands to ``commands``, which imports it, and every line that is printed to ``output``.
"""
