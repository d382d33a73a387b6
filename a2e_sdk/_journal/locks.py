"""Who is at work on what in a journal, told by locks that end with their process.

This module owns the file of these locks, beside the journal: one byte for each entry that is being
started and for each content that is being uploaded. A lock is let go by the system when its process
dies, however it dies, and no clock has a part in it.
"""

from __future__ import annotations

import hashlib
import os
import sys
import threading
import weakref
from pathlib import Path
from typing import Any

from a2e_sdk._runtime.closed_loops import asyncio_loop, is_closed
from a2e_sdk._runtime.forks import ForkAware
from a2e_sdk.errors import JournalError

from .database import problem_text

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

#: The places of contents begin here; those of entries are their numbers.
_CONTENTS = 1 << 48


def place_of_content(content: str) -> int:
    """Return the place of a content's lock.

    Args:
        content: Its digest.
    """
    digest = hashlib.sha256(content.encode()).digest()
    return _CONTENTS + int.from_bytes(digest[:5], "big")


class Owner:
    """Whoever holds a place.

    Attributes:
        loop: The event loop of asyncio that its task runs in; None for any other.
    """

    def __init__(self) -> None:
        self.loop: Any = None


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

    def __del__(self) -> None:
        self._locks.give(self)


class Locks(ForkAware):
    """The locks of one journal in this process; safe to share between threads.

    A process must have one object for a file, which `shared_locks` sees to: closing any descriptor
    of the file would end all locks that the process has on it.

    Args:
        journal: The journal's file; None for one in memory, which no other process sees.
    """

    def __init__(self, journal: Path | None) -> None:
        super().__init__()
        self.journal = journal
        self._path = None if journal is None else journal.with_name(journal.name + "-locks")
        self._descriptor = -1
        self.users = 0
        self._drop_inherited()

    def _drop_inherited(self) -> None:
        # A forked child holds none of its parent's locks, and closing a copy does not end them.
        self._close()
        # The collector may let a place go in the middle of taking one.
        self._lock = threading.RLock()
        self._held: dict[int, Owner] = {}

    def take(self, place: int) -> Hold | None:
        """Take a place; None where it is taken, by this process or another one.

        Raises:
            JournalError: The file of the locks can't be made.
        """
        self.renew_after_fork()
        with self._lock:
            try:
                held = self._held.get(place)
                if held is None and not self._lock_byte(place):
                    return None
                if held is not None and not is_closed(held.loop):
                    return None
            except OSError as error:
                raise JournalError(problem_text(self._path, error)) from None
            hold = Hold(self, place)
            self._held[place] = hold.owner
            return hold

    def is_taken(self, place: int) -> bool:
        """Tell whether a place is taken, by this process or another one."""
        hold = self.take(place)
        if hold is None:
            return True
        hold.give()
        return False

    def give(self, hold: Hold) -> None:
        """Let a place go, where this is what it was taken with."""
        self.renew_after_fork()
        with self._lock:
            if self._held.get(hold.place) is hold.owner:
                del self._held[hold.place]
                self._unlock_byte(hold.place)
        if self.users <= 0:
            close_unused(self)

    def close(self) -> bool:
        """Close the file where nothing is held any more; return whether that is so."""
        self.renew_after_fork()
        with self._lock:
            if self._held:
                return False
            self._close()
            return True

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def _file(self) -> int:
        if self._descriptor < 0 and self._path is not None:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
            self._descriptor = os.open(self._path, flags, 0o666)
        return self._descriptor

    if sys.platform == "win32":

        def _lock_byte(self, place: int) -> bool:
            if self._path is None:
                return True
            file = self._file()
            os.lseek(file, place, os.SEEK_SET)
            try:
                msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            except OSError:
                return False
            return True

        def _unlock_byte(self, place: int) -> None:
            if self._path is not None:
                os.lseek(self._descriptor, place, os.SEEK_SET)
                msvcrt.locking(self._descriptor, msvcrt.LK_UNLCK, 1)

    else:

        def _lock_byte(self, place: int) -> bool:
            if self._path is None:
                return True
            try:
                fcntl.lockf(self._file(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
            except (BlockingIOError, PermissionError):
                return False
            return True

        def _unlock_byte(self, place: int) -> None:
            if self._path is not None:
                fcntl.lockf(self._descriptor, fcntl.LOCK_UN, 1, place)


_shared: dict[Path, Locks] = {}
# The collector may end a user in the middle of finding the locks for another one.
_sharing = threading.RLock()


def _renew_sharing() -> None:
    global _sharing
    _sharing = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_sharing)


def shared_locks(journal: Path | None, user: object) -> Locks:
    """Return the locks of a journal, the same for all of this process that use it at a time.

    Args:
        journal: The journal's file, always by the same path; None for one in memory.
        user: Who uses them; they are closed some time after the last user is gone.
    """
    if journal is None:
        return Locks(None)
    with _sharing:
        locks = _shared.get(journal) or Locks(journal)
        locks.users += 1
        _shared[journal] = locks
    weakref.finalize(user, _left, locks).atexit = False
    return locks


def _left(locks: Locks) -> None:
    with _sharing:
        locks.users -= 1
    close_unused(locks)


def close_unused(locks: Locks) -> None:
    """Close locks that nobody uses and that hold nothing."""
    with _sharing:
        if locks.users <= 0 and locks.close() and _shared.get(locks.journal or Path()) is locks:
            del _shared[locks.journal or Path()]
