"""rich's console, as this program needs it.

This module owns its settings and its width. It is imported for a terminal only.
"""

from __future__ import annotations

import os
import shutil

from rich.console import Console


class OurConsole(Console):
    """A console that leaves a closed pipe to its caller."""

    def on_broken_pipe(self) -> None:
        """Raise what rich would end the process for, with an exit code of its own."""
        raise BrokenPipeError


def open_console(*, stderr: bool = False) -> Console:
    """Return the console of a standard stream.

    Args:
        stderr: Whether it is standard error's. Default: standard output's.
    """
    # rich takes COLUMNS=0, which some programs set, for a terminal without room for a letter.
    columns = os.environ.get("COLUMNS", "")
    is_zero = columns.isdigit() and not int(columns)
    width = shutil.get_terminal_size().columns if is_zero else None
    return OurConsole(stderr=stderr, highlight=False, markup=False, emoji=False, width=width)
