"""The folder on this disk in which a file is until it is put whole into a store.

This module owns where that folder is. It is the same for the same destination, so that a download
that broke off goes on with what is there, and nobody else can read it or put anything there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from .part_file import PartFile

_TRIES = 100


@contextmanager
def staging_folder(destination: str) -> Generator[Path, None, None]:
    """Return the folder for a destination, which is removed at the end where nothing is in it.

    Args:
        destination: The address of the folder in the store.

    Raises:
        OSError: There can be none.
    """
    folder = _own_folder() / hashlib.sha256(destination.encode("utf-8", "replace")).hexdigest()[:16]
    try:
        yield folder
    finally:
        with contextlib.suppress(OSError):  # What another run needs, and what is kept, is in it.
            folder.rmdir()


def open_staged(part: PartFile, path: Path) -> None:
    """Open the part file of a path in a folder that another run may remove at any time.

    As long as the part file is open the folder is not empty, and so stays.

    Args:
        part: The part file.
        path: Its final path.

    Raises:
        OSError: It can't be made.
    """
    for last in (False,) * (_TRIES - 1) + (True,):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        try:
            part.open()
            return
        except FileNotFoundError:
            if last:
                raise


def _own_folder() -> Path:
    user = os.getuid() if hasattr(os, "getuid") else ""
    folder = Path(tempfile.gettempdir()) / f"a2e-sdk-{user}"
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = os.lstat(folder)
    is_ours = stat.S_ISDIR(found.st_mode) and (
        not hasattr(os, "getuid") or (found.st_uid == user and not found.st_mode & 0o077)
    )
    return folder if is_ours else Path(tempfile.mkdtemp(prefix="a2e-sdk-"))
