"""The one folder that an agent's files are in: which names it may use, and how they are opened.

This module owns the rule of names, which is pure, and opening and placing beneath the folder in
ways that no symbolic link leads out of, also one that is made in between.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
import unicodedata
from pathlib import Path
from typing import BinaryIO

_LONGEST_NAME = 200
_MOST_PARTS = 8
_FORBIDDEN = frozenset('\\:*?"<>|')
#: Names that Windows takes for devices, with any ending.
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)
#: Where a download is until it is whole; agents can't name what begins with a dot.
_STAGING = ".a2e-mcp-"


class RefusedName(ValueError):
    """A name does not stand for a file beneath the folder."""


def parts_of(name: str) -> tuple[str, ...]:
    """Return the parts of a name of a file beneath the folder, such as ``shots/me.jpg``.

    Args:
        name: Folders and file, with ``/`` between them.

    Raises:
        RefusedName: It could lead out of the folder, or be another file on another system.
    """
    parts = tuple(name.split("/"))
    if len(parts) > _MOST_PARTS:
        raise RefusedName(f"it has more than {_MOST_PARTS} parts")
    for part in parts:
        problem = _problem(part)
        if problem:
            raise RefusedName(problem)
    return parts


def file_name_of(name: str) -> str:
    """Return the name of a new file in the folder itself.

    Raises:
        RefusedName: It is no such name.
    """
    parts = parts_of(name)
    if len(parts) != 1:
        raise RefusedName("a new file is put into the folder itself: give a name without /")
    return parts[0]


def _problem(part: str) -> str | None:
    if not part:
        return "it is empty, begins or ends with /, or has // in it"
    if part.startswith("."):
        return "a part begins with a dot"
    if part.endswith((" ", ".")):
        return "a part ends with a space or a dot"
    if len(part.encode("utf-8", "surrogatepass")) > _LONGEST_NAME:
        return f"a part is longer than {_LONGEST_NAME} bytes"
    if _FORBIDDEN & set(part) or not part.isprintable():
        return "it has a character that names here must not have"
    if unicodedata.normalize("NFKC", part) != part:
        return "it has a character that another one can stand for"
    if part.partition(".")[0].strip().lower() in _DEVICES:
        return "it is the name of a device"
    return None


class Folder:
    """The folder.

    Args:
        root: Where it is. It is made where there is none.

    Raises:
        OSError: It can't be made, or is no folder.
    """

    def __init__(self, root: str | os.PathLike[str]) -> None:
        Path(root).mkdir(parents=True, exist_ok=True)
        # A link that the user gave is followed once; what it leads to later is of no matter.
        self.root = Path(root).resolve(strict=True)

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading.

        Args:
            name: Its name beneath the folder.

        Raises:
            RefusedName: The name, or what is there, leads out of the folder.
            OSError: It is not there, or can't be read.
        """
        parts = parts_of(name)
        number = self._opened(parts)
        try:
            if not stat.S_ISREG(os.fstat(number).st_mode):
                raise RefusedName("it is no regular file")
            return os.fdopen(number, "rb")
        except BaseException:
            os.close(number)
            raise

    def _opened(self, parts: tuple[str, ...]) -> int:
        # O_NONBLOCK: a pipe without a writer would hold us here.
        flags = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
        flags |= getattr(os, "O_BINARY", 0)
        if os.open not in os.supports_dir_fd or not hasattr(os, "O_NOFOLLOW"):
            return self._opened_by_path(parts, flags)
        folders = flags | os.O_DIRECTORY | os.O_NOFOLLOW
        place = os.open(self.root, flags | os.O_DIRECTORY)
        try:
            for part in parts[:-1]:
                below = self._step(part, folders, place)
                os.close(place)
                place = below
            return self._step(parts[-1], flags | os.O_NOFOLLOW, place)
        finally:
            os.close(place)

    def _step(self, part: str, flags: int, place: int) -> int:
        try:
            return os.open(part, flags, dir_fd=place)
        except OSError as problem:
            if problem.errno == errno.ELOOP or self._is_link(part, place):
                raise RefusedName("a part of it is a symbolic link") from None
            raise

    def _is_link(self, part: str, place: int) -> bool:
        try:
            return stat.S_ISLNK(os.lstat(part, dir_fd=place).st_mode)
        except OSError:
            return False

    def _opened_by_path(self, parts: tuple[str, ...], flags: int) -> int:
        """Open where the system has no way to open step by step: what was opened is compared."""
        path = self.root.joinpath(*parts)
        if path.resolve(strict=True) != path:
            raise RefusedName("a part of it is a link")
        number = os.open(path, flags)
        # Whoever exchanged a folder for a link in between opened another file than is there now.
        if path.resolve(strict=True) != path or not os.path.samestat(
            os.fstat(number), os.lstat(path)
        ):
            os.close(number)
            raise RefusedName("it was exchanged while it was opened")
        return number

    def size_of(self, name: str) -> int | None:
        """Return the size of a file; None where there is nothing of this name.

        Raises:
            RefusedName: There is something that is no regular file.
        """
        try:
            found = os.lstat(self.root / file_name_of(name))
        except FileNotFoundError:
            return None
        if not stat.S_ISREG(found.st_mode):
            raise RefusedName("there is something of this name that is no regular file")
        return found.st_size

    def staging(self) -> Path:
        """Return a new folder, where the results of one download are until they are whole.

        Its name can't be foreseen: nothing is in it, and no other download uses it.

        Raises:
            OSError: It can't be made.
        """
        return Path(tempfile.mkdtemp(prefix=_STAGING, dir=self.root))

    def place(self, staged: Path, name: str) -> bool:
        """Put a whole file into the folder, in one step; what is there is never overwritten.

        Args:
            staged: The file.
            name: Its name in the folder.

        Returns:
            False where there is something of this name.
        """
        target = self.root / file_name_of(name)
        try:
            os.link(staged, target, follow_symlinks=False)
        except FileExistsError:
            return False
        except (OSError, NotImplementedError):
            # A file system without hard links: an empty file of this name keeps the place.
            try:
                with target.open("xb"):
                    pass
            except FileExistsError:
                return False
            os.replace(staged, target)
            return True
        staged.unlink()
        return True

    def clear(self, staging: Path) -> None:
        """Remove a folder of staging, with what was not placed."""
        shutil.rmtree(staging, ignore_errors=True)
