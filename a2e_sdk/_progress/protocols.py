"""What a display of progress does.

This module owns the protocol between what counts and what shows.
"""

from __future__ import annotations

from typing import Protocol

from a2e_sdk.models.progress import Progress


class Display(Protocol):
    """Where progress is shown."""

    def show(self, progress: Progress) -> None:
        """Show how far a call is."""
        ...

    def end(self) -> None:
        """Leave what was shown last."""
        ...
