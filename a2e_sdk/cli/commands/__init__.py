"""The commands of ``a2e``, one module for each section; `task_commands` serves every family.

This package owns names, arguments and help of commands. It leaves options that several commands
share to ``options`` and what is printed to ``output``.
"""
