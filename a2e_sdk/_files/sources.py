"""Local content that is to be uploaded: found, checked and opened before anything is sent.

This module owns what may be given in the place of a URL, and the messages about what is wrong with
it. It reads files but sends nothing; asking where to upload to is the uploader's business.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import attrs

from .media_types import HEAD_BYTES, MediaKind, MediaType, media_type_of

#: What the SDK takes wherever the API wants the address of a file: a URL or a path as a str, a
#: path, the bytes themselves, or a file that is open for reading bytes. A path must be that of a
#: regular file; a pipe can be given as an open file, and is read to its end first.
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
        label: The file's name or path; None where it has none.
        expected: The SHA-256 that what is sent must have; None for any.
    """

    name: str
    media: MediaType
    size: int
    label: str | None
    _stream: BinaryIO = attrs.field(repr=False)
    _start: int = attrs.field(repr=False)
    _ours: bool = attrs.field(repr=False)
    expected: str | None = None

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
            raise ValueError(f"{self.name} became shorter while it was read.")
        return chunk

    def sha256(self) -> str:
        """Return the SHA-256 of the content, in hexadecimal.

        Raises:
            OSError: It can't be read.
            ValueError: It became shorter since it was checked.
        """
        import hashlib  # Here, because it loads OpenSSL, which not every call has to wait for.

        digest, read = hashlib.sha256(), 0
        self.rewind()
        while chunk := self.read(read):
            digest.update(chunk)
            read += len(chunk)
        return digest.hexdigest()

    def sending(self) -> Callable[[bytes], None]:
        """Return what is told the bytes that are sent, in order, and refuses other content.

        It is told of the end by empty bytes, before the last of the request is sent.

        Raises:
            ValueError: It raises this where the file was changed since it was read.
        """
        if self.expected is None:
            return _ignore
        import hashlib  # It loads OpenSSL, which not every upload needs.

        digest = hashlib.sha256()

        def sent(chunk: bytes) -> None:
            digest.update(chunk)
            if not chunk and digest.hexdigest() != self.expected:
                raise ValueError(
                    f"{self.name} was changed while it was read, so that nothing was started with "
                    "it. Leave it alone, and start again."
                )

        return sent

    def close(self) -> None:
        """Close what was opened here; a file that the caller opened stays open."""
        if self._ours:
            self._stream.close()


def _ignore(_chunk: bytes) -> None:
    pass


@attrs.frozen
class OpenedInput:
    """Local content that is open, and not looked at yet.

    Attributes:
        stream: The content, from where it stands.
        label: The file's name; None where it has none.
        ours: Whether the stream is ours to close.
    """

    stream: BinaryIO
    label: str | None
    ours: bool

    @property
    def is_read_once(self) -> bool:
        """Whether it can't be read again, like a pipe, and so must be copied first."""
        seekable = getattr(self.stream, "seekable", None)
        return not (seekable() if callable(seekable) else hasattr(self.stream, "seek"))


def open_input(value: FileInput, name: str) -> OpenedInput:
    """Open local content.

    Args:
        value: A path, bytes, or a file open for reading bytes.
        name: The argument's name, for the messages.

    Raises:
        FileNotFoundError: There is no such file.
        IsADirectoryError: It is a directory.
        OSError: It can't be read.
        TypeError: It is nothing of the kind, or a file open for text.
        ValueError: The path is none of a regular file.
    """
    if isinstance(value, bytes | bytearray | memoryview):
        return OpenedInput(io.BytesIO(value), None, ours=True)
    if isinstance(value, str | os.PathLike):
        path = os.fsdecode(value)
        _check_path(path, name)
        return OpenedInput(_open_regular(path, name), path, ours=True)
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
    return OpenedInput(value, label if isinstance(label, str) else None, ours=False)


def check_input(opened: OpenedInput, name: str, accepts: Collection[MediaKind]) -> UploadSource:
    """Look at content that was opened; it is closed where it is ours and of no use.

    Args:
        opened: The content, which can be read again.
        name: The argument's name, for the messages.
        accepts: The kinds of file that are of use.

    Raises:
        OSError: It can't be read.
        ValueError: It is empty, of an unknown type, or of a kind that is not accepted.
    """
    stream = opened.stream
    try:
        start = stream.tell()
        size = stream.seek(0, os.SEEK_END) - start
        stream.seek(start)
        head = stream.read(HEAD_BYTES)
        stream.seek(start)
        media = _checked_type(head, size, opened.label, name, accepts)
        return UploadSource(name, media, size, opened.label, stream, start, opened.ours)
    except BaseException:
        if opened.ours:
            stream.close()
        raise


def _check_path(path: str, name: str) -> None:
    shown = _shown(path)
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


def _open_regular(path: str, name: str) -> BinaryIO:
    """Open a file that is no pipe and no device, which may have no end or never begin."""
    if stat.S_ISREG(os.stat(path).st_mode):
        # Nor may it have become one meanwhile: opening a pipe would wait for its other end.
        file = open(path, "rb", opener=_open_without_waiting)  # noqa: SIM115
        if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return file
        file.close()
    raise ValueError(
        f"{name}: {_shown(path)!r} is a pipe or a device, not a regular file; pass a file, or the "
        "bytes that you read from it."
    )


def _open_without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _shown(path: str) -> str:
    return path if len(path) <= 120 else path[:119] + "\u2026"


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
