"""Where progress is shown: in the cell of a notebook, on a terminal, by a function, or nowhere.

This module owns the choice. A display of ours that fails is not used again, and says nothing: no
work ends because it can't be watched. What a function of the caller's raises is raised, as with
every other one.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, TextIO

from a2e_sdk.models.progress import Progress, ProgressOption

from .protocols import Display
from .texts import progress_html, progress_line


def display_for(progress: ProgressOption) -> Display | None:
    """Return where to show the progress of a call; None for nowhere.

    Raises:
        TypeError: It is neither a bool nor a function.
    """
    if progress is False:
        return None
    if progress is True:
        shown = _own_display()
        return None if shown is None else SafeDisplay(shown)
    if not callable(progress):
        kind = type(progress).__name__
        raise TypeError(f"progress must be True, False or a function, not {kind}.")
    return FunctionDisplay(progress)


def _own_display() -> Display | None:
    shell = _notebook_shell()
    if shell is not None:
        return NotebookDisplay()
    if sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        return TerminalDisplay(sys.stderr)
    return None


def _notebook_shell() -> Any:
    """Return IPython's shell where it is a notebook's; a terminal's has no kernel."""
    ipython = sys.modules.get("IPython")  # Where it is not loaded, this is no notebook.
    shell = None if ipython is None else ipython.get_ipython()
    return shell if getattr(shell, "kernel", None) is not None else None


class FunctionDisplay:
    """Passes progress on to a function of the caller's."""

    def __init__(self, function: Callable[[Progress], object]) -> None:
        self._function = function

    def show(self, progress: Progress) -> None:
        """Call it."""
        self._function(progress)

    def end(self) -> None:
        """Do nothing: it was told all."""


class SafeDisplay:
    """Keeps what a display raises from the work that it shows."""

    def __init__(self, display: Display) -> None:
        self._display: Display | None = display

    def show(self, progress: Progress) -> None:
        """Show it, unless that has failed before."""
        self._try(lambda display: display.show(progress))

    def end(self) -> None:
        """End it, unless it has failed before."""
        self._try(lambda display: display.end())

    def _try(self, step: Callable[[Display], None]) -> None:
        if self._display is not None:
            try:
                step(self._display)
            except Exception:
                self._display = None


class TerminalDisplay:
    """Writes one line again and again."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_begun = False

    def show(self, progress: Progress) -> None:
        """Write the line anew."""
        line = progress_line(progress, shutil.get_terminal_size().columns)
        encoding = self._stream.encoding or "ascii"
        shown = line.encode(encoding, "replace").decode(encoding)
        self._stream.write(f"\r{shown}\x1b[K")
        self._stream.flush()
        self._is_begun = True

    def end(self) -> None:
        """Leave the line as it is, and the cursor below it."""
        if self._is_begun:
            self._stream.write("\n")
            self._stream.flush()


class NotebookDisplay:
    """Shows a card below the cell, and changes it in its place."""

    def __init__(self) -> None:
        self._handle: Any = None

    def show(self, progress: Progress) -> None:
        """Show the card, or change it."""
        display: Any = import_module("IPython.display").display  # it is loaded
        line = progress_line(progress, 200)
        forms = {"text/plain": line, "text/html": progress_html(progress)}
        if self._handle is None:
            self._handle = display(forms, raw=True, display_id=True)
        else:
            self._handle.update(forms, raw=True)

    def end(self) -> None:
        """Do nothing: the card stays."""
