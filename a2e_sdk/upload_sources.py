"""Local content that is to be uploaded: found, checked and opened before anything is sent.

This module owns what may be given in the place of a URL, and the messages about what is wrong with
it. It reads files but sends nothing; asking where to upload to is the uploader's business.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias, cast

import attrs

from .media_types import HEAD_BYTES, MediaKind, MediaType, media_type_of

#: What the SDK takes wherever the API wants the address of a file: a URL or a path as a str, a
#: path, the bytes themselves, or a file that is open for reading bytes.
FileInput: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO

_CHUNK = 256 * 1024


def is_url(value: object) -> bool:
    """Tell whether a value is meant as a URL, well formed or not, and not as a path."""
    return isinstance(value, str) and "://" in value


@attrs.frozen
class UploadSource:
    """Checked content that is ready to be read, as often as needed.

    Attributes:
        name: The argument it was given for.
        media: Its type.
        size: Its bytes, above 0.
    """

    name: str
    media: MediaType
    size: int
    _stream: BinaryIO = attrs.field(repr=False)
    _start: int = attrs.field(repr=False)
    _ours: bool = attrs.field(repr=False)

    def rewind(self) -> None:
        """Go back to the beginning of the content."""
        self._stream.seek(self._start)

    def read(self, sent: int) -> bytes:
        """Return the next bytes, up to 256 KiB; empty where ``sent`` is all of the size.

        Raises:
            ValueError: The file became shorter since it was checked.
        """
        chunk = self._stream.read(min(_CHUNK, self.size - sent))
        if not chunk and sent < self.size:
            raise ValueError(f"{self.name} became shorter while it was uploaded.")
        return chunk

    def close(self) -> None:
        """Close what was opened here; a file that the caller opened stays open."""
        if self._ours:
            self._stream.close()


def open_source(value: FileInput, name: str, accepts: Collection[MediaKind]) -> UploadSource:
    """Check local content and open it.

    Args:
        value: A path, bytes, or a file open for reading bytes, which is taken from where it stands.
        name: The argument's name, for the messages.
        accepts: The kinds of file that are of use.

    Raises:
        FileNotFoundError: There is no such file.
        IsADirectoryError: It is a directory.
        OSError: It can't be read.
        TypeError: It is nothing of the kind, or a file open for text.
        ValueError: It is empty, of an unknown type, or of a kind that is not accepted.
    """
    stream, label, ours = _open(value, name)
    try:
        if not _is_seekable(stream):
            stream, ours = _spool(stream, name), True
        start = stream.tell()
        size = stream.seek(0, os.SEEK_END) - start
        stream.seek(start)
        head = stream.read(HEAD_BYTES)
        stream.seek(start)
        media = _checked_type(head, size, label, name, accepts)
        return UploadSource(name, media, size, stream, start, ours)
    except BaseException:
        if ours:
            stream.close()
        raise


def _open(value: FileInput, name: str) -> tuple[BinaryIO, str | None, bool]:
    """Return a stream, the file's name if it has one, and whether the stream is ours to close."""
    if isinstance(value, bytes | bytearray | memoryview):
        return io.BytesIO(value), None, True
    if isinstance(value, str | os.PathLike):
        path = os.fsdecode(value)
        _check_path(path, name)
        return open(path, "rb"), path, True
    if isinstance(value, io.TextIOBase):
        raise TypeError(f"{name} is a file open for text; open it with mode 'rb'.")
    read: Any = getattr(value, "read", None)
    if not callable(read):
        raise TypeError(
            f"{name} must be a URL, a path, bytes or an open file, not {type(value).__name__}."
        )
    nothing = read(0)
    if not isinstance(nothing, bytes):
        close = getattr(nothing, "close", None)
        if callable(close):
            close()  # A coroutine that nobody waits for would complain.
        raise TypeError(f"{name} must be a file open for reading bytes (mode 'rb').")
    label = getattr(value, "name", None)
    return value, label if isinstance(label, str) else None, False


def _check_path(path: str, name: str) -> None:
    shown = path if len(path) <= 120 else path[:119] + "\u2026"
    if not path:
        raise ValueError(f"{name} is an empty text, neither a URL nor a path.")
    if path.startswith("data:"):
        raise ValueError(f"{name} is a data URL, which the API does not take; pass the bytes.")
    if "\0" in path:
        raise ValueError(f"{name} is a str with the content of a file; pass bytes for that.")
    file = Path(path)
    if not os.path.lexists(file):
        raise FileNotFoundError(f"{name}: there is no file {shown!r} (and it is no URL).")
    if file.is_dir():
        raise IsADirectoryError(f"{name}: {shown!r} is a directory, not a file.")


def _is_seekable(stream: BinaryIO) -> bool:
    seekable = getattr(stream, "seekable", None)
    return bool(seekable()) if callable(seekable) else hasattr(stream, "seek")


def _spool(stream: BinaryIO, name: str) -> BinaryIO:
    """Copy what can be read only once to a temporary file, which goes away when it is closed."""
    copy = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115
    try:
        while True:
            chunk = cast("bytes | None", stream.read(_CHUNK))
            if chunk is None:
                raise ValueError(f"{name} is a file that does not wait for its bytes.")
            if not chunk:
                break
            copy.write(chunk)
        copy.seek(0)
        return copy
    except BaseException:
        copy.close()
        raise


def _checked_type(
    head: bytes, size: int, label: str | None, name: str, accepts: Collection[MediaKind]
) -> MediaType:
    shown = name if label is None else f"{name} ({os.path.basename(label)[:120]!r})"
    wanted = " or ".join(kind.value for kind in MediaKind if kind in accepts)
    if size <= 0:
        raise ValueError(f"{shown} is empty.")
    media = media_type_of(head, label, accepts)
    if media is None:
        raise ValueError(
            f"{shown} is of an unknown type, and must be of type {wanted}; "
            "neither its bytes nor a name tell it."
        )
    if media.kind not in accepts:
        raise ValueError(f"{shown} is {media.content_type}, and must be of type {wanted}.")
    return media
