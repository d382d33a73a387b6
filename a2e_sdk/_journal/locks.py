"""Who is at work on what in a journal: places that are taken and given back.

This module owns what a process remembers of the places it has taken: one for each entry that is
being started and for each content that is being uploaded. How other processes are told is the
matter of ``file_locks`` and ``postgres_locks``; in both a place is free as soon as the process that
took it is gone, however it went, and no clock has a part in it.
"""

from __future__ import annotations

import hashlib
import threading
from abc import abstractmethod
from collections.abc import Callable
from typing import Any

import attrs

from a2e_sdk._runtime.closed_loops import asyncio_loop, is_closed
from a2e_sdk._runtime.forks import ForkAware

from .session import Session

#: The places of contents begin here; those of entries are their numbers.
_CONTENTS = 1 << 48


def place_of_content(content: str) -> int:
    """Return the place of a content.

    Args:
        content: Its digest.
    """
    digest = hashlib.sha256(content.encode()).digest()
    return _CONTENTS + int.from_bytes(digest[:5], "big")


class Owner:
    """Whoever holds a place.

    Attributes:
        loop: The event loop of asyncio that its task runs in; None for any other.
        has_left: Whether others were told already that the place is let go.
    """

    def __init__(self) -> None:
        self.loop: Any = None
        self.has_left = False


class Hold:
    """A place that was taken; it is let go at the latest when nobody refers to this any more.

    So an exception that comes between two steps, such as Ctrl-C, leaves nothing held for ever.

    Args:
        locks: Where it was taken.
        place: The place.
    """

    def __init__(self, locks: Locks, place: int) -> None:
        self._locks = locks
        self.place = place
        self.owner = Owner()

    def belongs_here(self) -> None:
        """Note that the running task holds it: it ends when the task's event loop is closed."""
        self.owner.loop = asyncio_loop()

    def give(self) -> None:
        """Let it go; nothing where it was already."""
        self._locks.give(self)

    def leave(self, session: Session) -> None:
        """Let others know with a transaction that it is let go; `give` follows."""
        self._locks.leave(session, self)

    def __del__(self) -> None:
        self._locks.give(self)


@attrs.frozen
class Presence:
    """How a process is told from others of a journal, as long as this is referred to.

    Attributes:
        number: Returns its number, which changes where its connection was lost.
        hold: What is held for it; None where the connection is enough.
    """

    number: Callable[[], int]
    hold: Hold | None = None


class Locks(ForkAware):
    """The places that this process has taken in one journal; safe to share between threads."""

    def __init__(self) -> None:
        super().__init__()
        #: Called, at any moment, when a place was let go that others are still to be told of.
        self.on_release: Callable[[], object] = _nothing
        self._drop_inherited()

    def _drop_inherited(self) -> None:
        # The collector may let a place go in the middle of taking one.
        self._lock = threading.RLock()
        self._held: dict[int, Owner] = {}

    def take(self, place: int, session: Session | None = None) -> Hold | None:
        """Take a place; None where it is taken, by this process or another one.

        Args:
            place: The place.
            session: The transaction it is taken in, where the journal's locks need one.

        Raises:
            JournalError: It can't be told to others.
        """
        self.renew_after_fork()
        with self._lock:
            held = self._held.get(place)
            if held is not None:
                if not is_closed(held.loop):
                    return None
                return self._hold(place)
            if not self._acquire(place, session):
                return None
            return self._hold(place)

    def _hold(self, place: int) -> Hold:
        hold = Hold(self, place)
        self._held[place] = hold.owner
        return hold

    def is_taken(self, place: int, session: Session | None = None) -> bool:
        """Tell whether a place is taken, by this process or another one."""
        hold = self.take(place, session)
        if hold is None:
            return True
        hold.give()
        return False

    def is_held(self, hold: Hold) -> bool:
        """Tell whether a place is still held by what it was taken with."""
        return self._held.get(hold.place) is hold.owner

    def give(self, hold: Hold) -> None:
        """Let a place go, where this is what it was taken with."""
        self.renew_after_fork()
        with self._lock:
            if self.is_held(hold):
                del self._held[hold.place]
                if not hold.owner.has_left:
                    self._release(hold.place)

    def leave(self, session: Session, hold: Hold) -> None:
        """Let others know with a transaction that a place is let go."""

    @abstractmethod
    def presence(self, session: Session) -> Presence:
        """Return what others know this process by."""

    @abstractmethod
    def is_present(self, number: int, session: Session) -> bool:
        """Tell whether a process is still there.

        Args:
            number: Its number.
            session: The transaction.
        """

    @abstractmethod
    def _acquire(self, place: int, session: Session | None) -> bool:
        """Take a place that this process has not; return whether no other process has it."""

    @abstractmethod
    def _release(self, place: int) -> None:
        """Let other processes have a place."""


def _nothing() -> None:
    """Do nothing: others see it by themselves."""
