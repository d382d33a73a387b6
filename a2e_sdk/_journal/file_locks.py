"""The locks of a journal that is a file, told by locks of the system that end with their process.

This module owns the file of these locks, beside the journal: one byte for each place. A lock is let
go by the system when its process dies.
"""

from __future__ import annotations

import os
import secrets
import sys
import threading
import weakref
from functools import partial
from pathlib import Path

from a2e_sdk.errors import JournalError

from .locks import Hold, Locks, Presence
from .session import Session
from .sqlite_problems import problem_text

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


#: The places of processes begin here.
_PROCESSES = 1 << 50


class FileLocks(Locks):
    """The locks of one journal in this process; safe to share between threads.

    A process must have one object for a file, which `shared_locks` sees to: closing any descriptor
    of the file would end all locks that the process has on it.

    Args:
        journal: The journal's file; None for one in memory, which no other process sees.
    """

    def __init__(self, journal: Path | None) -> None:
        self.journal = journal
        self._path = None if journal is None else journal.with_name(journal.name + "-locks")
        self._descriptor = -1
        self.users = 0
        super().__init__()

    def _drop_inherited(self) -> None:
        # A forked child holds none of its parent's locks, and closing a copy does not end them.
        self._close()
        super()._drop_inherited()

    def give(self, hold: Hold) -> None:
        """Let a place go, where this is what it was taken with."""
        super().give(hold)
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

    def presence(self, session: Session) -> Presence:
        """Take a place for this process, which it has for as long as it is there."""
        while True:
            hold = self.take(_PROCESSES + secrets.randbits(40))
            if hold is not None:
                return Presence(partial(int, hold.place), hold)

    def is_present(self, number: int, session: Session) -> bool:
        """Tell whether a process still has its place."""
        return self.is_taken(number)

    def _acquire(self, place: int, session: Session | None) -> bool:
        try:
            return self._lock_byte(place)
        except OSError as error:
            raise JournalError(problem_text(self._path, error)) from None

    def _release(self, place: int) -> None:
        self._unlock_byte(place)

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


_shared: dict[Path, FileLocks] = {}
# The collector may end a user in the middle of finding the locks for another one.
_sharing = threading.RLock()


def _renew_sharing() -> None:
    global _sharing
    _sharing = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_sharing)


def shared_locks(journal: Path | None, user: object) -> FileLocks:
    """Return the locks of a journal, the same for all of this process that use it at a time.

    Args:
        journal: The journal's file, always by the same path; None for one in memory.
        user: Who uses them; they are closed some time after the last user is gone.
    """
    if journal is None:
        return FileLocks(None)
    with _sharing:
        locks = _shared.get(journal) or FileLocks(journal)
        locks.users += 1
        _shared[journal] = locks
    weakref.finalize(user, _left, locks).atexit = False
    return locks


def _left(locks: FileLocks) -> None:
    with _sharing:
        locks.users -= 1
    close_unused(locks)


def close_unused(locks: FileLocks) -> None:
    """Close locks that nobody uses and that hold nothing."""
    with _sharing:
        if locks.users <= 0 and locks.close() and _shared.get(locks.journal or Path()) is locks:
            del _shared[locks.journal or Path()]
