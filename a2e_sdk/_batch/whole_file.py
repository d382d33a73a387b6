"""A file that appears at its path whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from a2e_sdk._files.part_note import FLAGS, is_at, lock_file

#: How the names of unfinished files begin and end.
BEGINNING = ".a2e-"
END = ".tmp"
_IS_POSIX = os.name == "posix"


@contextmanager
def written_whole(path: Path) -> Generator[BinaryIO]:
    """Open a file that takes the place of another at the end, once all of it is on the disk.

    Where the block raises, what was at the path stays as it was.

    Args:
        path: Where it will be; its folder is made.

    Raises:
        OSError: It can't be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = _temporary(path.parent)
    try:
        with cast(BinaryIO, os.fdopen(descriptor, "w+b")) as file:
            yield file
            file.flush()
            os.fsync(descriptor)
            if _IS_POSIX:  # While it is locked: else another process may take it for left behind.
                _put(name, path)
        if not _IS_POSIX:  # What is open can't be moved there.
            _put(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    _sync_folder(path.parent)


def _put(name: str, path: Path) -> None:
    os.chmod(name, _mode_of(path))
    os.replace(name, path)


def remove_left_behind(folder: Path) -> None:
    """Remove the unfinished files of processes that were killed while they wrote into a folder."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(BEGINNING) and entry.name.endswith(END):
                with contextlib.suppress(OSError):
                    _remove_unused(entry.path)


def _remove_unused(name: str) -> None:
    descriptor = os.open(name, FLAGS)
    try:
        if lock_file(descriptor):
            os.unlink(name)
    finally:
        os.close(descriptor)


def _temporary(folder: Path) -> tuple[int, str]:
    """Return a new file that is locked, so that it is known to be written to."""
    while True:
        descriptor, name = tempfile.mkstemp(END, BEGINNING, folder)
        try:
            with contextlib.suppress(OSError):  # A file system without locks.
                lock_file(descriptor)
            # Before it was locked, another process may have taken it for one left behind.
            if is_at(Path(name), os.fstat(descriptor)):
                return descriptor, name
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _mode_of(path: Path) -> int:
    """Return the permissions of the file that is replaced, or those that a new file gets."""
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0o077)
        os.umask(mask)
        return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # Folders can't be opened there.
    with contextlib.suppress(OSError):  # Nor synced on every file system.
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
