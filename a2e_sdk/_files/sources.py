"""Local content that is to be uploaded: found, checked and opened before anything is sent.

This module owns what may be given in the place of a URL, and the messages about what is wrong with
it. It reads files but sends nothing; asking where to upload to is the uploader's business.
"""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path, PosixPath, WindowsPath
from typing import Any, BinaryIO, Protocol, TypeAlias, cast

import attrs

from .cloud_urls import is_cloud, place_of
from .media_types import HEAD_BYTES, MediaKind, MediaType, media_type_of


class Openable(Protocol):
    """Anything that opens for reading bytes, such as a ``UPath`` or a ``zipfile.Path``."""

    @property
    def open(self) -> Callable[..., Any]:
        """Opens it, with the mode ``"rb"``; without one where it has a ``mode`` of its own."""
        ...


#: What the SDK takes wherever the API wants the address of a file: a URL, a path or the address of
#: an object (``s3://bucket/name``) as a str, a path, anything with ``open("rb")``, the bytes
#: themselves, or a file that is open for reading bytes. A path must be that of a regular file; a
#: pipe can be given as an open file, and is read to its end first.
FileInput: TypeAlias = str | os.PathLike[str] | Openable | bytes | bytearray | memoryview | BinaryIO

_CHUNK = 256 * 1024
#: Paths of the standard library, which are opened as a str is; others open by themselves.
_PATHS = (PosixPath, WindowsPath)


def is_url(value: object) -> bool:
    """Tell whether a value is meant as a URL, well formed or not, that A2E is to fetch.

    Paths are none, and neither are the addresses of objects, which are read here.
    """
    return isinstance(value, str) and "://" in value and not is_cloud(value)


@attrs.frozen
class UploadSource:
    """Checked content that is ready to be read, as often as needed.

    Attributes:
        name: The argument it was given for.
        media: Its type.
        size: Its bytes, above 0.
        label: The file's name or path; None where it has none.
        expected: The SHA-256 that what is sent must have; None for any.
        identity: What stands for the SHA-256 where reading all of it for that would cost too much;
            None where nothing does. What has one refuses by itself to be read after a change.
        link: Returns a link by which A2E reads it, in the place of an upload; None for an upload.
    """

    name: str
    media: MediaType
    size: int
    label: str | None
    _stream: BinaryIO = attrs.field(repr=False)
    _start: int = attrs.field(repr=False)
    _ours: bool = attrs.field(repr=False)
    expected: str | None = None
    identity: str | None = None
    link: Callable[[], str] | None = attrs.field(default=None, repr=False)

    @property
    def is_uploaded(self) -> bool:
        """Whether its bytes are sent from here."""
        return self.link is None

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

    def digest(self) -> str:
        """Return what tells the content from others: its SHA-256, or what stands for that.

        Raises:
            OSError, ValueError: As `sha256` does.
        """
        return self.identity or self.sha256()

    def expecting(self, digest: str) -> UploadSource:
        """Return the same source, which refuses to send content of another `digest`."""
        return self if self.identity is not None else attrs.evolve(self, expected=digest)

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
        identity: What stands for the digest of its content; None where nothing does.
        link: Returns a link by which A2E reads it; None where it is uploaded.
    """

    stream: BinaryIO
    label: str | None
    ours: bool
    identity: str | None = None
    link: Callable[[], str] | None = None

    @property
    def is_read_once(self) -> bool:
        """Whether it can't be read again, like a pipe, and so must be copied first."""
        seekable = getattr(self.stream, "seekable", None)
        return not (seekable() if callable(seekable) else hasattr(self.stream, "seek"))


def open_input(value: FileInput, name: str, *, sign: bool = False) -> OpenedInput:
    """Open local content.

    Args:
        value: A path, the address of an object, what opens for reading bytes, bytes, or a file open
            for reading bytes.
        name: The argument's name, for the messages.
        sign: Whether A2E is to read objects by a link, so that none of their bytes come here.

    Raises:
        FileNotFoundError: There is no such file.
        ConfigurationError, APIConnectionError: The store of an object can't be used.
        IsADirectoryError: It is a directory.
        OSError: It can't be read.
        TypeError: It is nothing of the kind, or a file open for text.
        ValueError: The path is none of a regular file.
    """
    if isinstance(value, bytes | bytearray | memoryview):
        return OpenedInput(io.BytesIO(value), None, ours=True)
    if isinstance(value, str) and is_cloud(value):
        return _open_object(value, name, sign=sign)
    opens: Any = getattr(value, "open", None)
    if callable(opens) and not isinstance(value, _PATHS):
        return _opened(value, opens, name)
    if isinstance(value, str | os.PathLike):
        path = os.fsdecode(cast("str | os.PathLike[str]", value))
        _check_path(path, name)
        return OpenedInput(_open_regular(path, name), path, ours=True)
    if isinstance(value, io.TextIOBase):
        raise TypeError(f"{name} is a file open for text; open it with mode 'rb'.")
    _require_bytes(value, name)
    label = getattr(value, "name", None)
    stream = cast(BinaryIO, value)
    return OpenedInput(stream, label if isinstance(label, str) else None, ours=False)


def _require_bytes(value: object, name: str) -> None:
    """Refuse what can't be read for bytes."""
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


def _open_object(url: str, name: str, *, sign: bool) -> OpenedInput:
    from .object_store import ObjectFile, signed_link

    place = place_of(url, name)
    if place.is_folder:
        raise IsADirectoryError(f"{name}: {_shown(url)!r} is a folder of objects, not an object.")
    stream = ObjectFile(place, name)
    link = partial(signed_link, place, name) if sign else None
    identity = stream.facts.identity(place)
    return OpenedInput(cast(BinaryIO, stream), url, ours=True, identity=identity, link=link)


def _opened(value: object, opens: Callable[..., Any], name: str) -> OpenedInput:
    """Open what opens by itself."""
    # The files of fsspec were given their mode before.
    stream = opens() if isinstance(getattr(value, "mode", None), str) else opens("rb")
    try:
        _require_bytes(stream, name)
    except BaseException:
        close = getattr(stream, "close", None)
        if callable(close):
            close()
        raise
    label = getattr(value, "name", None)
    if not isinstance(label, str):
        label = getattr(value, "path", None)
    return OpenedInput(stream, label if isinstance(label, str) else None, ours=True)


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
        # What is read by a link is told by its name alone: nothing of it comes here.
        head = stream.read(HEAD_BYTES) if opened.link is None else None
        stream.seek(start)
        media = _checked_type(head, size, opened.label, name, accepts)
        return UploadSource(
            name,
            media,
            size,
            opened.label,
            stream,
            start,
            opened.ours,
            identity=opened.identity,
            link=opened.link,
        )
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
    head: bytes | None, size: int, label: str | None, name: str, accepts: Collection[MediaKind]
) -> MediaType:
    shown = name if label is None else f"{name} ({os.path.basename(label)[:120]!r})"
    wanted = " or ".join(kind.value for kind in MediaKind if kind in accepts)
    if size <= 0:
        raise ValueError(f"{shown} is empty.")
    media = media_type_of(head or b"", label, accepts)
    if media is None:
        why = "neither its bytes nor a name tell it."
        if head is None:
            why = "its name does not tell it, and cloud_inputs='sign' reads nothing of it."
        raise ValueError(f"{shown} is of an unknown type, and must be of type {wanted}; {why}")
    if media.kind not in accepts:
        raise ValueError(f"{shown} is {media.content_type}, and must be of type {wanted}.")
    return media
