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


@contextmanager
def staging_folder(destination: str) -> Generator[Path, None, None]:
    """Make the folder for a destination, which is removed at the end where nothing is in it.

    Args:
        destination: The address of the folder in the store.

    Raises:
        OSError: It can't be made.
    """
    own = _own_folder()
    folder = own / hashlib.sha256(destination.encode("utf-8", "replace")).hexdigest()[:16]
    folder.mkdir(mode=0o700, exist_ok=True)
    try:
        yield folder
    finally:
        with contextlib.suppress(OSError):  # What another run needs, and what is kept, is in it.
            folder.rmdir()
        with contextlib.suppress(OSError):
            own.rmdir()


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
