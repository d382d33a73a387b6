"""Results as real bytes.

Owns the content of result files and the answers to downloads: length, entity tag and byte ranges,
as a CDN gives them. No token is asked for. Expiry and uploads will live here too.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Mapping

from attrs import frozen

from .answers import not_found_page
from .messages import SandboxReply

__all__ = ["JPEG", "MP4", "MediaKind", "ResultFile", "serve_file"]


@frozen
class MediaKind:
    """One kind of result file.

    Args:
        suffix: end of its name.
        content_type: media type.
        head: the first bytes, by which other programs know it.
    """

    suffix: str
    content_type: str
    head: bytes


MP4 = MediaKind(".mp4", "video/mp4", b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp42")
JPEG = MediaKind(".jpg", "image/jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00")


@frozen
class ResultFile:
    """The result of one task; its bytes follow from its name alone.

    Args:
        family: name of the task's family.
        task_id: the task's id.
        kind: kind of file.
    """

    family: str
    task_id: str
    kind: MediaKind

    @property
    def path(self) -> str:
        """Path it is served under."""
        return f"/files/{self.family}/{self.task_id}/result{self.kind.suffix}"

    def content(self, size: int) -> bytes:
        """Return the bytes.

        Args:
            size: how many.

        Returns:
            The kind's first bytes, then noise that is the same each time.
        """
        noise = random.Random(self.path).randbytes(max(0, size - len(self.kind.head)))
        return (self.kind.head + noise)[:size]


def serve_file(
    file: ResultFile | None, size: int, method: str, path: str, headers: Mapping[str, str]
) -> SandboxReply:
    """Answer a download.

    Args:
        file: what is at the path; None where nothing is.
        size: size of the file in bytes.
        method: ``"GET"`` or ``"HEAD"``.
        path: the path asked for.
        headers: header fields of the request, names in lower case; ``Range`` and ``If-Range`` are
            heeded for one range.

    Returns:
        HTTP 200 with the whole file, 206 with a part, 416 for a range outside it, or an HTML 404.
    """
    if file is None or path != file.path:
        return not_found_page(method, path)
    content = file.content(size)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    common = {"content-type": file.kind.content_type, "accept-ranges": "bytes", "etag": etag}
    wanted = _range(headers, etag, size)
    if wanted is None:
        status, part = 200, content
    elif not wanted:
        status, part = 416, b""
        common["content-range"] = f"bytes */{size}"
    else:
        status, part = 206, content[wanted.start : wanted.stop]
        common["content-range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    common["content-length"] = str(len(part))
    return SandboxReply(status, common, b"" if method == "HEAD" else part)


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
