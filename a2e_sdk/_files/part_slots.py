"""The places beside a target where its part files may be, and how one of them is taken.

This module owns opening, making and removing part files. Each has a note (``_files.part_note``)
that tells whether it is ours and free; a file without one is another program's and is never opened.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs

from .http_rules import Kept
from .names import part_path
from .part_note import FLAGS, PartNote, is_at, take_note

#: So many processes can leave a part file of one target for another to go on with.
_SLOTS = 32
_TOKEN = re.compile(r"[0-9a-f]{8}")


@attrs.define
class OpenPart:
    """An open part file.

    Attributes:
        path: Where it is, as far as this process knows.
        descriptor: The open file.
        note: Its note, locked; None for one that can't be left to another process.
        kept: What is on the disk of it.
    """

    path: Path
    descriptor: int
    note: PartNote | None = None
    kept: Kept = attrs.field(factory=Kept)

    def is_in_place(self) -> bool:
        """Tell whether it is at its path, and not moved or replaced by another program."""
        return self.descriptor >= 0 and is_at(self.path, os.fstat(self.descriptor))

    def remove(self) -> None:
        """Remove it and its note from the disk."""
        try:
            in_place = self.is_in_place()
            if sys.platform == "win32":
                self.close_file()  # An open file can't be removed there.
            if in_place:
                os.unlink(self.path)
        except OSError:
            self.leave()  # The note stays, by which the next download knows the file.
            return
        self.close_file()
        if self.note is not None:
            self.note.remove()

    def leave(self) -> None:
        """Give it up, for another process to go on with."""
        self.close_file()
        if self.note is not None:
            self.note.close()

    def close_file(self) -> None:
        """Close the file, and hold its note."""
        descriptor, self.descriptor = self.descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


def remove_leftovers(target: Path) -> None:
    """Remove the part files of a target that no living process works on."""
    for path in slots(target):
        found = take_slot(target, path, create=False)
        if found is not None:
            found.remove()


def slots(target: Path) -> Iterator[Path]:
    """Yield where part files of a target may be: ``NAME.a2e-part``, ``NAME.a2e-part-2`` ..."""
    for number in range(1, _SLOTS + 1):
        yield part_path(target, "" if number == 1 else str(number))


def take_slot(target: Path, path: Path, *, create: bool) -> OpenPart | None:
    """Open the part file of one place with its note.

    Args:
        target: The final path.
        path: One of its `slots`.
        create: Whether to make it where there is none.

    Returns:
        The part file; None where there is none, or it is not ours to take.

    Raises:
        OSError: It can't be made.
    """
    note = take_note(path, create=create)
    if note is None:
        return None
    try:
        _bring_back(target, path, note)
        descriptor = _open_own(path, is_new=note.is_new)
    except BaseException:
        note.remove() if note.is_new else note.close()
        raise
    if descriptor < 0:
        note.remove() if note.is_new else note.close()
        return None
    return OpenPart(path, descriptor, note)


def _bring_back(target: Path, path: Path, note: PartNote) -> None:
    """Undo the first step of a publication, where a process died behind it."""
    token = None if note.is_new else note.read().get("aside")
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        return
    aside = part_path(target, token)
    if os.path.lexists(aside):
        if os.path.lexists(path):
            os.unlink(aside)
        else:
            os.rename(aside, path)


def _open_own(path: Path, *, is_new: bool) -> int:
    """Open or make the part file of a note of ours; return -1 where what is there is not ours."""
    try:
        return os.open(path, FLAGS | os.O_CREAT | os.O_EXCL, 0o666)
    except FileExistsError:
        if is_new:
            return -1
    try:
        descriptor = os.open(path, FLAGS)
    except OSError:
        return -1
    found = os.fstat(descriptor)
    if stat.S_ISREG(found.st_mode) and found.st_nlink <= 1 and is_at(path, found):
        return descriptor
    os.close(descriptor)
    return -1


def make_private(target: Path, token: str | None = None) -> OpenPart:
    """Make a part file of our own, of a name that nobody else has."""
    path = part_path(target, token or secrets.token_hex(4))
    return OpenPart(path, os.open(path, FLAGS | os.O_CREAT | os.O_EXCL, 0o666))
