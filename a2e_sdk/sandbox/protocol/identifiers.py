"""Ids in the form the server's database gives them.

This module owns the making and the checking of 24-digit hexadecimal ids that grow with time, and of
trace ids. Both follow from the clock and a counter alone: the same calls at the same times give the
same ids.
"""

from __future__ import annotations

import re
import threading
from datetime import datetime

from attrs import frozen

__all__ = ["Identifiers", "SavedIdentifiers", "is_object_id", "numbered_id"]

_OBJECT_ID = re.compile(r"[0-9a-f]{24}", re.IGNORECASE)
_MACHINE = "5a4d0b0c50"  # The middle of an ObjectId names the machine; there is only one here.


def is_object_id(text: str) -> bool:
    """Tell whether a text has the form of an id.

    Args:
        text: any text.

    Returns:
        True for exactly 24 hexadecimal digits.
    """
    return _OBJECT_ID.fullmatch(text) is not None


def numbered_id(at: datetime, number: int) -> str:
    """Return the id of what has no id of its own, such as an entry of a list.

    Args:
        at: when it was made; an aware datetime.
        number: its place, from 0.
    """
    return f"{int(at.timestamp()):08x}c01ac01ac0{number % 0x1000000:06x}"


@frozen
class SavedIdentifiers:
    """How many ids were made.

    Args:
        objects: ids of records.
        traces: ids of responses.
    """

    objects: int
    traces: int


class Identifiers:
    """Makes ids, no two alike; safe to use from several threads."""

    def __init__(self) -> None:
        self._objects = 0
        self._traces = 0
        self._lock = threading.Lock()

    def saved(self) -> SavedIdentifiers:
        """Return how many ids were made."""
        with self._lock:
            return SavedIdentifiers(self._objects, self._traces)

    def restore(self, saved: SavedIdentifiers) -> None:
        """Go on where others have stopped, so that no id is made twice.

        Args:
            saved: how many ids these had made.
        """
        with self._lock:
            self._objects, self._traces = saved.objects, saved.traces

    def object_id(self, at: datetime) -> str:
        """Make the id of a new record.

        Args:
            at: when the record is made; an aware datetime.

        Returns:
            24 hexadecimal digits: seconds, machine, counter. Later ids sort after earlier ones.
        """
        with self._lock:
            self._objects += 1
            return f"{int(at.timestamp()):08x}{_MACHINE}{self._objects % 0x1000000:06x}"

    def trace_id(self) -> str:
        """Make the id one response is traced by.

        Returns:
            A UUID in its usual written form.
        """
        with self._lock:
            self._traces += 1
            return f"00000000-0000-4000-8000-{self._traces % 0x1000000000000:012x}"
