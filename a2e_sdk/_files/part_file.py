"""A file on its way to the disk, which survives its process.

This module owns the part file beside the target and the moment in which the whole file takes its
place. Where a part file may be is told by ``_files.part_slots``; whose it is and who works on it,
by its note (``_files.part_note``). It does disk work only; what comes down and when is the
downloader's business.

The rules that keep a file at its final path whole:

* Bytes go to ``NAME.a2e-part``, and only a whole, synced file is renamed to ``NAME``, in one step.
  It is the very file that was written, by its inode, wherever another program moved or replaced
  what was at the part file's path; and it has the size that was written.
* ``NAME.a2e-part.json`` says of which file the bytes are. It says so after the old bytes are gone
  and before new ones come, so it never describes others.
* The process that writes holds a lock on that note. Another one that wants the same target works in
  ``NAME.a2e-part-2`` and so on; whoever is last to finish wins. What a killed one left is gone on
  with or removed by the next download of the target.
* A file at such a path without a note of ours is another program's: it is never opened.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from .http_rules import Kept, strong_tag
from .names import part_path
from .part_note import is_at
from .part_slots import OpenPart, make_private, slots, take_slot

_TRIES = 3
_BLOCK = 1024 * 1024


class PartFileChanged(Exception):
    """Another program changed the part file while it was written; nothing was published."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"another program changed the part file {str(path)!r}")


class PartFile:
    """The part file of one target, locked while it is open.

    Args:
        target: The final path, or the beginning of it.
        identity: What names the file that is downloaded whatever its link: a text that is digested.
    """

    def __init__(self, target: Path, identity: str) -> None:
        self._identity = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()
        self._target = target
        self._file = OpenPart(target, -1)

    @property
    def kept(self) -> Kept:
        """What is on the disk of the file."""
        return self._file.kept

    def open(self) -> None:
        """Open it, or one of our own where another process has it, and see what is there.

        Of several that were left behind, the one with most bytes is gone on with, and the others
        are removed.

        Raises:
            OSError: It can't be made or opened.
        """
        best: OpenPart | None = None
        try:
            for path in slots(self._target):
                found = take_slot(self._target, path, create=best is None)
                if found is None:
                    continue
                found.kept = self._read(found)
                if best is None or found.kept.position > best.kept.position:
                    best, found = found, best
                if found is not None:
                    found.remove()
        except BaseException:
            if best is not None:
                best.leave()
            raise
        self._file = best or make_private(self._target)

    def begin(self, file: Kept) -> None:
        """Drop what is there, and note of which file the coming bytes are."""
        self.restart()
        part = self._file
        part.kept = attrs.evolve(file, position=0)
        if part.note is not None and part.kept.etag is not None:
            part.note.write(self._noted(part.kept))

    def go_on(self, file: Kept) -> None:
        """Keep what is there, of which a response told how long the whole file is."""
        self._file.kept = attrs.evolve(self.kept, total=file.total)

    def restart(self) -> None:
        """Drop what is there."""
        part = self._file
        if os.fstat(part.descriptor).st_size:
            os.ftruncate(part.descriptor, 0)
            os.fsync(part.descriptor)  # Or a failing machine could keep them under a new note.
        if part.note is not None:
            part.note.clear()
        part.kept = Kept()

    def append(self, chunks: Iterable[bytes]) -> None:
        """Write bytes behind those that are there.

        They come in pieces because joining them would cost more than writing each.

        Raises:
            PartFileChanged: Another program wrote to it, or cut it.
        """
        part = self._file
        self._check_size()
        position = os.lseek(part.descriptor, part.kept.position, os.SEEK_SET)
        try:
            for chunk in chunks:
                rest = memoryview(chunk)
                while rest:
                    written = os.write(part.descriptor, rest)
                    position += written
                    rest = rest[written:]
        finally:
            part.kept = attrs.evolve(part.kept, position=position)

    def read(self, position: int, size: int) -> bytes:
        """Return bytes of what is on the disk; empty where there are no more."""
        os.lseek(self._file.descriptor, position, os.SEEK_SET)
        return os.read(self._file.descriptor, size)

    def require_whole(self) -> None:
        """Refuse a file that is not what was written.

        Raises:
            PartFileChanged: Another program wrote to it, or cut it.
        """
        self._check_size()

    def finish(self) -> None:
        """Note that the file ends here."""
        self._file.kept = attrs.evolve(self.kept, total=self.kept.position)

    def sha256(self) -> str:
        """Return the digest of what is on the disk, in hexadecimal."""
        digest = hashlib.sha256()
        for block in _blocks(self._file.descriptor):
            digest.update(block)
        return digest.hexdigest()

    def publish(self, path: Path) -> None:
        """Put the whole file to its final path, on the disk and in one step.

        Raises:
            PartFileChanged: Another program wrote to it, or put something else in its place, again
                and again.
            OSError: The disk refused.
        """
        part = self._file
        os.fsync(part.descriptor)
        self._check_size()
        if sys.platform == "win32":
            self._publish_closed(path)
        else:
            self._publish_inode(path)
        _sync_directory(path.parent)
        # The lock ends here and not before, so that nobody takes the finished file for a part.
        part.close_file()
        if part.note is not None:
            part.note.remove()

    def discard(self) -> None:
        """Remove it from the disk."""
        self._file.remove()

    def close(self) -> None:
        """Leave it to another process, or remove it where none could go on with it."""
        part = self._file
        useful = part.note is not None and part.kept.usable().position
        if useful and part.is_in_place():
            part.leave()
        else:
            part.remove()

    def _publish_inode(self, path: Path) -> None:
        """Rename what was written, and make sure that it was that, wherever a path leads."""
        part = self._file
        mine = os.fstat(part.descriptor)
        for _ in range(_TRIES):
            # First to a name that no other program knows: nobody can put anything there between
            # the look at it and the last step.
            if self._moved_aside(mine):
                with contextlib.suppress(FileNotFoundError):
                    os.replace(part.path, path)
                    if is_at(path, mine):
                        return
            self._copy()
            mine = os.fstat(part.descriptor)
        raise PartFileChanged(part_path(self._target))

    def _moved_aside(self, mine: os.stat_result) -> bool:
        """Move the part file to a name of its own; return False where it was not at its path."""
        part = self._file
        if not is_at(part.path, mine):
            return False
        token = secrets.token_hex(4)
        aside = part_path(self._target, token)
        self._note_aside(token)
        try:
            os.rename(part.path, aside)
        except FileNotFoundError:
            return False
        if is_at(aside, mine):
            part.path = aside
            return True
        _give_back(aside, part.path)
        return False

    def _copy(self) -> None:
        """Go on with a copy of what was written, where its path leads elsewhere."""
        part = self._file
        token = secrets.token_hex(4)
        self._note_aside(token)
        copy = make_private(self._target, token)
        try:
            for block in _blocks(part.descriptor):
                rest = memoryview(block)
                while rest:
                    rest = rest[os.write(copy.descriptor, rest) :]
            os.fsync(copy.descriptor)
        except BaseException:
            copy.remove()
            raise
        if part.is_in_place():
            os.unlink(part.path)
        os.close(part.descriptor)
        part.path, part.descriptor = copy.path, copy.descriptor
        self._check_size()

    def _note_aside(self, token: str) -> None:
        """Note a name of our own before it is used, so that it is found after a crash."""
        part = self._file
        if part.note is not None:
            noted = self._noted(part.kept) if part.kept.etag is not None else {}
            part.note.write(noted | {"aside": token})

    def _publish_closed(self, path: Path) -> None:
        """Do the same where an open file can't be renamed, and so not be replaced either."""
        part = self._file
        mine = os.fstat(part.descriptor)
        part.close_file()
        if not is_at(part.path, mine):
            raise PartFileChanged(part.path)
        os.replace(part.path, path)
        if not is_at(path, mine):
            raise PartFileChanged(part.path)

    def _check_size(self) -> None:
        part = self._file
        if os.fstat(part.descriptor).st_size != part.kept.position:
            raise PartFileChanged(part.path)

    def _noted(self, kept: Kept) -> dict[str, object]:
        values: dict[str, object] = attrs.asdict(kept)
        del values["position"]
        return values | {"identity": self._identity}

    def _read(self, found: OpenPart) -> Kept:
        """Return what an open part file is, by its note."""
        noted = {} if found.note is None else found.note.read()
        try:
            if noted["identity"] != self._identity:
                return Kept()
            position = os.fstat(found.descriptor).st_size
            kept = Kept(position, noted["etag"], noted["total"], noted["content_type"])
        except KeyError:
            return Kept()
        sound = (
            strong_tag({"etag": str(kept.etag)})
            and isinstance(kept.total, int | None)
            and isinstance(kept.content_type, str | None)
        )
        return kept.usable() if sound and position else Kept()


def is_file_there(path: Path) -> bool:
    """Tell whether there is a file at a path.

    Raises:
        FileExistsError: There is something that is no plain file, such as a device.
        OSError: There can't be one: its name is too long, for example.
    """
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(mode):
        raise FileExistsError(f"{str(path)!r} exists and is no plain file.")
    return True


def file_sha256(path: Path) -> str:
    """Return the digest of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _give_back(aside: Path, path: Path) -> None:
    """Put another program's file back to where it was, unless there is a newer one."""
    with contextlib.suppress(OSError):
        os.link(aside, path, follow_symlinks=False)
        os.unlink(aside)


def _blocks(descriptor: int) -> Iterator[bytes]:
    os.lseek(descriptor, 0, os.SEEK_SET)
    while block := os.read(descriptor, _BLOCK):
        yield block


def _sync_directory(directory: Path) -> None:
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):  # Not every file system can.
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
