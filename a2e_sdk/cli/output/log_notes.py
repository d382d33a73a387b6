"""Warnings of the SDK's log that concern whoever typed a command.

This module owns which they are: that the counts of ``A2E_DRIFT_FILE`` could not be saved.
"""

from __future__ import annotations

import logging

from .printing import print_note


class _Notes(logging.Handler):
    """Prints warnings on standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print one."""
        print_note(f"a2e: A2E_DRIFT_FILE: {record.getMessage()}")


_NOTES = _Notes(logging.WARNING)


def show_warnings() -> None:
    """Print the warnings from now on; asking again changes nothing."""
    logging.getLogger("a2e_sdk._config.drift").addHandler(_NOTES)
