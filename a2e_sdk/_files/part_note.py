"""The note beside a part file: whose that file is, who works on it, and what is in it.

This module owns the note's format, the lock on it, and the rule by which a part file is known to be
of this SDK: there is a note of ours beside it. Without one it is another program's, and left alone.

The lock on the note is that on the part file: who holds it may write, rename and remove that file.
A lock ends with its process, so a note that can be locked is one that nobody works with. The note
holds no link, only a digest of what names the file that is downloaded.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

#: How part files and notes are opened: never through a symbolic link, never waiting for a pipe.
FLAGS = (
    os.O_RDWR
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
)

# Each note begins with this and is JSON when it is complete, so a torn one is still known as ours.
_BEGINNING = b'{"made_by": "a2e-sdk"'
_LONGEST = 64 * 1024
_TAKEN = frozenset({errno.EAGAIN, errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK})
_TRIES = 100


class PartNote:
    """The note of one part file, locked until it is closed.

    Args:
        path: Where it is.
        descriptor: The open and locked file.

    Attributes:
        is_new: Whether it was made just now, or by a process that died before it wrote all of the
            beginning; so there is no part file of ours yet.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path = path
        self._descriptor = descriptor
        self._written = False
        self.is_new = not self.is_ours and _BEGINNING.startswith(self._content())

    @property
    def is_ours(self) -> bool:
        """Whether this SDK wrote it."""
        return self._content().startswith(_BEGINNING)

    def read(self) -> dict[str, Any]:
        """Return what is noted; nothing where it is torn or spoilt."""
        self._written = True
        try:
            noted: dict[str, Any] = json.loads(self._content())
        except (ValueError, RecursionError):
            return {}
        return noted

    def write(self, values: Mapping[str, Any]) -> None:
        """Replace what is noted."""
        behind = json.dumps(dict(values)).removeprefix("{")
        self._replace(f", {behind}".encode() if values else b"}")

    def clear(self) -> None:
        """Note nothing, on the disk before this returns where there was something."""
        self._replace(b"}")
        if self._written:
            os.fsync(self._descriptor)  # Or a failing machine could keep it beside other bytes.
            self._written = False

    def remove(self) -> None:
        """Remove it from the disk, and give up the lock."""
        if self._descriptor < 0:
            return
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                self.close()  # An open file can't be removed there.
                os.unlink(self._path)
            elif is_at(self._path, os.fstat(self._descriptor)):
                os.unlink(self._path)
        self.close()

    def close(self) -> None:
        """Give up the lock, and leave the note where it is."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def _content(self) -> bytes:
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        return os.read(self._descriptor, _LONGEST)

    def _replace(self, behind: bytes) -> None:
        # Never without its beginning, by which it is known.
        if self.is_ours:
            os.ftruncate(self._descriptor, len(_BEGINNING))
            os.lseek(self._descriptor, len(_BEGINNING), os.SEEK_SET)
            os.write(self._descriptor, behind)
        else:
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, _BEGINNING + behind)
        self._written = self._written or behind != b"}"


def take_note(part: Path, *, create: bool) -> PartNote | None:
    """Lock the note of a part file.

    Args:
        part: The part file's path.
        create: Whether to make the note where there is neither it nor a part file.

    Returns:
        The note; None where there is none, where another process has it, or where it or the part
        file beside it is not ours.

    Raises:
        OSError: It can't be made.
    """
    path = part.with_name(part.name + ".json")
    for _ in range(_TRIES):
        if not os.path.lexists(path) and (not create or os.path.lexists(part)):
            return None
        opened = _open(path, create=create)
        if opened is None:
            continue
        descriptor, made = opened
        if descriptor < 0:
            return None
        try:
            if not lock_file(descriptor):
                os.close(descriptor)
                return None
            found = os.fstat(descriptor)
            present = is_at(path, found)
        except OSError:  # A file system without locks.
            os.close(descriptor)
            if made:
                os.unlink(path)
            return None
        except BaseException:
            os.close(descriptor)
            raise
        if not present:  # Between opening and locking, its owner has finished.
            os.close(descriptor)
            continue
        if not stat.S_ISREG(found.st_mode):
            os.close(descriptor)
            return None
        note = PartNote(path, descriptor)
        if not (note.is_ours or note.is_new):
            note.close()
            return None
        if note.is_new:
            if os.path.lexists(part):
                note.remove() if made else note.close()
                return None
            note.clear()
        return note
    return None


def is_at(path: Path, file: os.stat_result) -> bool:
    """Tell whether it is this very file that is at a path."""
    try:
        return os.path.samestat(os.stat(path, follow_symlinks=False), file)
    except OSError:
        return False


def _open(path: Path, *, create: bool) -> tuple[int, bool] | None:
    """Open a note; return its descriptor and whether it was made, None where it is worth a retry.

    The descriptor is -1 where what is there can't be opened, and so is not ours.
    """
    if create:
        try:
            return os.open(path, FLAGS | os.O_CREAT | os.O_EXCL, 0o666), True
        except FileExistsError:
            pass
    try:
        return os.open(path, FLAGS), False
    except FileNotFoundError:
        return None
    except OSError:
        return -1, False


def lock_file(descriptor: int) -> bool:
    """Lock an open file until it is closed; return False where another process has it.

    Raises:
        OSError: The file system has no locks.
    """
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, 1 << 30, os.SEEK_SET)  # A locked byte can't be read there.
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _TAKEN:
            return False
        raise
    return True
