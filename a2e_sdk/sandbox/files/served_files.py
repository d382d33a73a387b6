"""Files as a CDN serves them.

This module owns the kinds of result files and the response to a download once it is known which
file it is about: length, entity tag and byte ranges. Who may download, and until when, is decided
in `results` and `uploads`, what the bytes are in `content`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from attrs import frozen

from a2e_sdk.sandbox.protocol.messages import SandboxReply

__all__ = [
    "JPEG",
    "MP3",
    "MP4",
    "FileKind",
    "ResultFile",
    "ServedFile",
    "entity_tag",
    "kind_like",
    "serve_file",
]


@frozen
class FileKind:
    """One kind of result file.

    Args:
        suffix: end of its name.
        content_type: media type.
    """

    suffix: str
    content_type: str


MP4 = FileKind(".mp4", "video/mp4")
JPEG = FileKind(".jpg", "image/jpeg")
MP3 = FileKind(".mp3", "audio/mpeg")

_KINDS = {
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".webp", ".gif"), JPEG),
    **dict.fromkeys((".mp3", ".wav", ".m4a"), MP3),
}


def kind_like(url: object) -> FileKind:
    """Return the kind of file that is made from another one.

    Args:
        url: address of the other file; its end tells what it is.

    Returns:
        An image or a sound where the end says so, otherwise a video.
    """
    path = str(url).partition("#")[0].partition("?")[0].lower()
    return _KINDS.get(path[path.rfind(".") :], MP4)


@frozen
class ServedFile:
    """A file that can be downloaded.

    Args:
        size: bytes it has.
        content_type: media type.
        etag: strong entity tag, quotes included.
        read: returns the bytes from one position up to another.
    """

    size: int
    content_type: str
    etag: str
    read: Callable[[int, int], bytes]


@frozen
class ResultFile:
    """The result of one task; its bytes follow from its name, size and edition alone.

    Args:
        family: name of the task's family.
        task_id: the task's id.
        kind: kind of file.
        number: which of the task's results it is, from 1.
    """

    family: str
    task_id: str
    kind: FileKind
    number: int = 1

    @property
    def path(self) -> str:
        """Path it is served under."""
        number = "" if self.number == 1 else f"-{self.number}"
        return f"/files/{self.family}/{self.task_id}/result{number}{self.kind.suffix}"

    def served(self, size: int, edition: int) -> ServedFile:
        """Return the file as it can be downloaded.

        Args:
            size: bytes it has: a picture, a sound or a video, then what players skip; the same each
                time. One that is to be smaller than its media is cut off.
            edition: another number gives other media and another entity tag.
        """
        seed = f"{self.path}#{edition}"

        def read(start: int, stop: int) -> bytes:
            from .content import part_of  # Here for the reason given in `links`.

            return part_of(self.kind.suffix, seed, size, start, stop)

        etag = entity_tag(f"{seed}#{size}".encode())
        return ServedFile(size, self.kind.content_type, etag, read)


def entity_tag(content: bytes) -> str:
    """Return a strong entity tag for some bytes, quotes included.

    Args:
        content: the bytes of a file, or whatever they follow from.
    """
    import hashlib  # Here for the reason given in `links`.

    return f'"{hashlib.blake2s(content, digest_size=16).hexdigest()}"'


def serve_file(file: ServedFile, method: str, headers: Mapping[str, str]) -> SandboxReply:
    """Serve a download.

    Args:
        file: what is downloaded.
        method: ``"GET"`` or ``"HEAD"``.
        headers: header fields of the request, names in lower case; ``Range`` and ``If-Range`` are
            heeded for one range.

    Returns:
        HTTP 200 with the whole file, 206 with a part, or 416 for a range outside it.
    """
    size = file.size
    common = {
        "content-type": file.content_type,
        "accept-ranges": "bytes",
        "etag": file.etag,
    }
    wanted = _range(headers, file.etag, size)
    status = 206
    if wanted is None:
        status, wanted = 200, range(size)
    elif not wanted:
        status = 416
        common["content-range"] = f"bytes */{size}"
    else:
        common["content-range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    common["content-length"] = str(len(wanted))
    body = file.read(wanted.start, wanted.stop) if wanted and method != "HEAD" else b""
    return SandboxReply(status, common, body)


def _range(headers: Mapping[str, str], etag: str, size: int) -> range | None:
    """Return the bytes asked for: None for all of them, an empty range for none of them."""
    match = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", headers.get("range", "").strip())
    # Whatever is not one plain range may be ignored, and so must a range of another version.
    if match is None or headers.get("if-range", etag) != etag:
        return None
    first, last = match.groups()
    if first and last and int(last) < int(first):
        return None
    if first:
        return range(int(first), min(int(last) + 1, size) if last else size)
    return range(max(0, size - int(last)), size) if last else None
