"""A file that appears at its path whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast


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
    descriptor, name = tempfile.mkstemp(".tmp", f".{path.name[:100]}-", path.parent)
    try:
        with cast(BinaryIO, os.fdopen(descriptor, "w+b")) as file:
            yield file
            file.flush()
            os.fsync(descriptor)
        os.chmod(name, _mode_of(path))
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    _sync_folder(path.parent)


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
