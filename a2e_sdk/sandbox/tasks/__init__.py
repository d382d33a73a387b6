"""Families of tasks in the sandbox: their table, their operations, their progress."""
