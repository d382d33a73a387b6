"""A file on its way to the disk, which survives its process.

This module owns the part file beside the target, the small note about it that lets another process
go on, and the moment in which the whole file takes its place. It does disk work only; what comes
down and when is the downloader's business.

The rules that keep a file at its final path whole:

* Bytes go to ``NAME.part``, and only a whole, synced file is renamed to ``NAME``, in one step.
* ``NAME.part.json`` says of which file the bytes are. It is written after the old bytes are gone
  and before new ones come, so it never describes others. It holds no link, only a digest.
* The process that writes holds a lock on the part file. Another one that wants the same target
  takes a part file of its own, which it can't leave to a third; whoever is last to finish wins.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import sys
from pathlib import Path

import attrs

from .file_rules import Kept, strong_tag

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_FLAGS = (
    os.O_RDWR
    | os.O_CREAT
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
_HASH_BLOCK = 1024 * 1024


class PartFile:
    """The part file of one target, locked while it is open.

    Args:
        target: The final path, or the beginning of it.
        identity: What names the file that is downloaded whatever its link: a text that is digested.

    Attributes:
        kept: What is on the disk of it.
    """

    def __init__(self, target: Path, identity: str) -> None:
        self._identity = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()
        self._path = target.with_name(target.name + ".part")
        self._note = target.with_name(target.name + ".part.json")
        self._unshared = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
        self._shared = True
        self._descriptor = -1
        self.kept = Kept()

    def open(self) -> None:
        """Open it, or one of our own where another process has it, and see what is there.

        Raises:
            OSError: It can't be made or opened.
        """
        self._descriptor = _open_locked(self._path)
        if self._descriptor >= 0:
            self.kept = self._read_note()
            return
        self._shared, self._path = False, self._unshared
        self._descriptor = os.open(self._path, _FLAGS | os.O_EXCL, 0o666)

    def begin(self, file: Kept) -> None:
        """Drop what is there, and note of which file the coming bytes are."""
        self.restart()
        if file.etag is not None and self._shared:
            note = attrs.asdict(file) | {"identity": self._identity}
            del note["position"]
            self._note.write_text(json.dumps(note), encoding="utf-8")
        self.kept = attrs.evolve(file, position=0)

    def restart(self) -> None:
        """Drop what is there."""
        if os.fstat(self._descriptor).st_size:
            os.ftruncate(self._descriptor, 0)
            os.fsync(self._descriptor)  # Or a failing machine could keep them under a new note.
        self._remove_note()
        self.kept = Kept()

    def append(self, content: bytes) -> None:
        """Write bytes behind those that are there."""
        rest = memoryview(content)
        os.lseek(self._descriptor, self.kept.position, os.SEEK_SET)
        while rest:
            written = os.write(self._descriptor, rest)
            rest = rest[written:]
            self.kept = attrs.evolve(self.kept, position=self.kept.position + written)

    def finish(self) -> None:
        """Note that the file ends here."""
        self.kept = attrs.evolve(self.kept, total=self.kept.position)

    def sha256(self) -> str:
        """Return the digest of what is on the disk, in hexadecimal."""
        digest = hashlib.sha256()
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        while block := os.read(self._descriptor, _HASH_BLOCK):
            digest.update(block)
        return digest.hexdigest()

    def publish(self, path: Path) -> None:
        """Put the whole file to its final path, on the disk and in one step."""
        os.fsync(self._descriptor)
        self._remove_note()
        if sys.platform == "win32":
            self._close()  # An open file can't be renamed there.
        os.replace(self._path, path)
        _sync_directory(path.parent)
        # The lock ends here and not before, so that nobody takes the finished file for a part.
        self._close()

    def discard(self) -> None:
        """Remove it from the disk."""
        self.kept = Kept()
        self.close()

    def close(self) -> None:
        """Leave it to another process, or remove it where none could go on with it."""
        if self._descriptor < 0:
            return
        if not (self._shared and self.kept.usable().position):
            with contextlib.suppress(OSError):
                self._remove_note()
                if sys.platform == "win32":
                    self._close()
                self._path.unlink(missing_ok=True)
        self._close()

    def _remove_note(self) -> None:
        if self._shared:
            self._note.unlink(missing_ok=True)

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def _read_note(self) -> Kept:
        position = os.fstat(self._descriptor).st_size
        try:
            note = json.loads(self._note.read_bytes())
            if note.pop("identity") != self._identity:
                return Kept()
            kept = Kept(position, note["etag"], note["total"], note["content_type"])
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return Kept()
        sound = strong_tag({"etag": str(kept.etag)}) and isinstance(kept.total, int | None)
        return kept.usable() if sound and position else Kept()


def is_file_there(path: Path) -> bool:
    """Tell whether there is a file at a path.

    Raises:
        FileExistsError: There is something that is no plain file, such as a device.
    """
    if not path.exists():
        return False
    if not path.is_file():
        raise FileExistsError(f"{str(path)!r} exists and is no plain file.")
    return True


def file_sha256(path: Path) -> str:
    """Return the digest of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _open_locked(path: Path) -> int:
    """Open a part file and lock it; return -1 where another process has it."""
    while True:
        descriptor = os.open(path, _FLAGS, 0o666)
        try:
            if not _lock(descriptor):
                os.close(descriptor)
                return -1
            mine = os.fstat(descriptor)
            try:
                present = os.stat(path, follow_symlinks=False)
            except FileNotFoundError:
                present = None
        except BaseException:
            os.close(descriptor)
            raise
        # Between opening and locking, its owner may have finished: then this is the final file.
        if present is not None and os.path.samestat(mine, present):
            return descriptor
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # Taken, or a file system without locks: not ours in either case.
        return False
    return True


def _sync_directory(directory: Path) -> None:
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):  # Not every file system can.
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
