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
from pathlib import Path
from weakref import WeakValueDictionary

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


_shared: WeakValueDictionary[str, Locks] = WeakValueDictionary()
_sharing = threading.Lock()


def locks_of(path: Path) -> Locks:
    """Return the locks beside a file, which all of this process that name it share.

    The system gives locks to a process: one who closes the file lets go what another one holds.
    """
    place = os.path.realpath(path)
    with _sharing:
        found = _shared.get(place)
        if found is None:
            found = _shared[place] = Locks(Path(place))
        return found


class Locks(ForkAware):
    """The locks of one journal in this process; safe to share between threads.

    Args:
        journal: The journal's file; None for one in memory, which no other process sees.
    """

    def __init__(self, journal: Path | None) -> None:
        super().__init__()
        self._path = None if journal is None else journal.with_name(journal.name + "-locks")
        self._descriptor = -1
        self._drop_inherited()

    def _drop_inherited(self) -> None:
        # A forked child holds none of its parent's locks, and closing a copy does not end them.
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)
        self._lock = threading.Lock()
        self._held: set[int] = set()

    def take(self, place: int) -> bool:
        """Take a place; False where it is taken, by this process or another one.

        Raises:
            JournalError: The file of the locks can't be made.
        """
        self.renew_after_fork()
        with self._lock:
            try:
                if place in self._held or not self._lock_byte(place):
                    return False
            except OSError as error:
                raise JournalError(problem_text(self._path, error)) from None
            self._held.add(place)
            return True

    def is_taken(self, place: int) -> bool:
        """Tell whether a place is taken, by this process or another one."""
        if not self.take(place):
            return True
        self.give(place)
        return False

    def give(self, place: int) -> None:
        """Let a place go."""
        self.renew_after_fork()
        with self._lock:
            if place in self._held:
                self._held.discard(place)
                self._unlock_byte(place)

    def close(self) -> None:
        """Close the file, where nothing is held any more."""
        with self._lock:
            if not self._held and self._descriptor >= 0:
                os.close(self._descriptor)
                self._descriptor = -1

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
