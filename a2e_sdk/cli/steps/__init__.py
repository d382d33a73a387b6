"""The steps of commands that take minutes: submit, wait, download, and what was paid so far."""
